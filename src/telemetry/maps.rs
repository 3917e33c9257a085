//! Feature maps of one image, as plain numbers.

/// Feature maps of one image.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureMaps {
    /// How many there are.
    pub channels: usize,
    /// Rows of each.
    pub height: usize,
    /// Columns of each.
    pub width: usize,
    /// Their values, `[channel][row][column]`.
    pub values: Vec<f32>,
}

impl FeatureMaps {
    /// The values of one channel, `[row][column]`.
    ///
    /// # Panics
    ///
    /// When there is no such channel.
    pub fn channel(&self, index: usize) -> &[f32] {
        let pixels = self.height * self.width;
        &self.values[index * pixels..(index + 1) * pixels]
    }
}
