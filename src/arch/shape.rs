//! What enters a network: the size of an image and the number of classes.

use std::fmt;
use std::str::FromStr;

/// Channels × height × width of one image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImageShape {
    /// 1 for grey images, 3 for colour.
    pub channels: usize,
    /// Rows, in pixels.
    pub height: usize,
    /// Columns, in pixels.
    pub width: usize,
}

impl ImageShape {
    /// The shape with these sides.
    pub const fn new(channels: usize, height: usize, width: usize) -> Self {
        Self { channels, height, width }
    }

    /// The numbers in one image: channels × height × width.
    pub const fn values(self) -> usize {
        self.channels * self.pixels()
    }

    /// The numbers in one channel of an image: height × width.
    pub const fn pixels(self) -> usize {
        self.height * self.width
    }
}

impl fmt::Display for ImageShape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}x{}x{}", self.channels, self.height, self.width)
    }
}

/// A text that is no image shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no image shape; allowed: CHANNELSxHEIGHTxWIDTH, such as 3x32x32, channels from 1 to {max_channels}, sides from 1 to {max_side}",
    max_channels = ImageShape::MAX_CHANNELS,
    max_side = ImageShape::MAX_SIDE
)]
pub struct InvalidImageShape(String);

impl ImageShape {
    /// The most channels an image may have.
    pub const MAX_CHANNELS: usize = 64;
    /// The longest side an image may have, in pixels.
    pub const MAX_SIDE: usize = 4096;
}

impl FromStr for ImageShape {
    type Err = InvalidImageShape;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidImageShape(text.to_owned());
        let sides = text.split('x').map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| invalid())?;
        match sides[..] {
            [channels, height, width]
                if (1..=Self::MAX_CHANNELS).contains(&channels)
                    && (1..=Self::MAX_SIDE).contains(&height)
                    && (1..=Self::MAX_SIDE).contains(&width) =>
            {
                Ok(Self::new(channels, height, width))
            }
            _ => Err(invalid()),
        }
    }
}

/// Everything about the data that shapes a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Input {
    /// One image.
    pub image: ImageShape,
    /// Classes to tell apart, the outputs of the classifier.
    pub classes: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_reads_back_what_it_writes() {
        let shape = ImageShape::new(3, 32, 28);
        assert_eq!(shape.to_string(), "3x32x28");
        assert_eq!(shape.to_string().parse(), Ok(shape));
        assert_eq!((shape.values(), shape.pixels()), (2688, 896));
    }

    #[test]
    fn a_text_that_is_no_shape_is_refused_with_an_example() {
        for text in ["", "32", "3x32", "3x32x", "0x32x32", "3x32x32x1", "3x-1x2", "axbxc", "3x99999x3"] {
            let message = text.parse::<ImageShape>().unwrap_err().to_string();
            assert!(message.contains(&format!("'{text}'")) && message.contains("3x32x32"), "{message}");
        }
    }
}
