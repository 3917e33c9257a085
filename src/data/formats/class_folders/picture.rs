//! One picture file: what its header says, and its pixels as bytes of the size that training uses.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use image::imageops::{self, FilterType};
use image::{
    DynamicImage, GrayImage, ImageBuffer, ImageDecoder, ImageError, ImageReader, Limits, Luma, Pixel, Rgb, RgbImage,
};

use crate::data::error::Impostor;
use crate::data::image::ImageShape;
use crate::data::left_out::WhyLeftOut;

/// The most pixels of a picture, about those of the largest photographs. More are refused before memory is taken.
const MOST_PIXELS: u64 = 100_000_000;
/// The most bytes that a decoder may take for itself.
const MOST_BYTES: u64 = 1 << 30;
/// From here on pictures are decoded one at a time, so that memory does not grow with the number of cores.
const LARGE: u64 = 16_000_000;
/// Bytes that show what a file is.
const FIRST_BYTES: u64 = 64;

static ONE_LARGE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What a picture says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether its form has colours; its pixels may be grey all the same.
    pub(super) has_colours: bool,
}

/// Reads the header only.
pub(super) fn header(path: &Path) -> Result<Header, WhyLeftOut> {
    header_of(&decoder(path)?)
}

fn header_of(decoder: &impl ImageDecoder) -> Result<Header, WhyLeftOut> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(WhyLeftOut::Empty);
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(WhyLeftOut::TooLarge { width, height, most: MOST_PIXELS });
    }
    Ok(Header { width, height, has_colours: decoder.color_type().has_color() })
}

fn decoder(path: &Path) -> Result<impl ImageDecoder, WhyLeftOut> {
    let unreadable = |error: std::io::Error| WhyLeftOut::Unreadable(error.to_string());
    let mut file = File::open(path).map_err(unreadable)?;
    let mut first = Vec::new();
    file.by_ref().take(FIRST_BYTES).read_to_end(&mut first).map_err(unreadable)?;
    if first.is_empty() {
        return Err(WhyLeftOut::Empty);
    }
    let Ok(format) = image::guess_format(&first) else {
        return Err(Impostor::of(&first).map_or(WhyLeftOut::NoPicture, WhyLeftOut::Impostor));
    };
    if !format.reading_enabled() {
        return Err(WhyLeftOut::NoPicture);
    }
    file.rewind().map_err(unreadable)?;
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    reader.into_decoder().map_err(why)
}

fn why(error: ImageError) -> WhyLeftOut {
    match error {
        ImageError::Limits(_) => WhyLeftOut::TooMuchMemory,
        ImageError::Unsupported(_) => WhyLeftOut::OtherKind,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => WhyLeftOut::CutShort,
        ImageError::IoError(error) => WhyLeftOut::Unreadable(error.to_string()),
        ImageError::Decoding(_) | ImageError::Encoding(_) | ImageError::Parameter(_) => {
            WhyLeftOut::Damaged(error.to_string().chars().take(200).collect())
        }
    }
}

/// Whether the first bytes are those of a picture that is read.
pub(super) fn looks_like_one(path: &Path) -> bool {
    let mut first = Vec::new();
    let read = File::open(path).and_then(|file| file.take(FIRST_BYTES).read_to_end(&mut first));
    read.is_ok() && image::guess_format(&first).is_ok_and(|format| format.reading_enabled())
}

/// Whether a pixel of the picture is not grey; a picture that cannot be read has none.
pub(super) fn is_coloured(path: &Path) -> bool {
    let opaque = decoder(path).and_then(decoded).map(over_paper);
    opaque.is_ok_and(|picture| picture.pixels().any(|Rgb([red, green, blue])| red != green || green != blue))
}

/// The pixels of a picture file, upright, over white, fitted to a shape: `[channel, height, width]`.
pub(in crate::data) fn read(path: &Path, shape: ImageShape) -> Result<Vec<u8>, WhyLeftOut> {
    let picture = decoded(decoder(path)?)?;
    // Only the middle is left in the end, so nothing else is converted.
    let (x, y, width, height) = middle(picture.width(), picture.height(), shape);
    let opaque = over_paper(picture.crop_imm(x, y, width, height));
    let mut result = Vec::with_capacity(shape.values());
    if shape.channels == 1 {
        planes(&fitted(&grey(&opaque), shape), &mut result);
    } else {
        planes(&fitted(&opaque, shape), &mut result);
    }
    Ok(result)
}

/// A picture, upright.
fn decoded(mut decoder: impl ImageDecoder) -> Result<DynamicImage, WhyLeftOut> {
    let Header { width, height, has_colours: _ } = header_of(&decoder)?;
    let is_large = u64::from(width) * u64::from(height) > LARGE;
    let _alone = is_large.then(|| ONE_LARGE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let orientation = decoder.orientation().map_err(why)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(why)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Where red, green and blue are equal they are the grey; elsewhere they are weighed as the eye does.
fn grey(picture: &RgbImage) -> GrayImage {
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let colour = picture.get_pixel(x, y);
        if colour.0.iter().all(|part| *part == colour.0[0]) { Luma([colour.0[0]]) } else { colour.to_luma() }
    })
}

/// The colours of a picture over white paper. 16-bit values are divided by 257.
fn over_paper(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let clear = picture.into_rgba8();
    RgbImage::from_fn(clear.width(), clear.height(), |x, y| {
        let [red, green, blue, alpha] = clear.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|value| over_white(value, alpha)))
    })
}

/// 255 − α/255·(255 − v), rounded.
fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let sum = value * alpha + 255 * (255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
}

/// The largest part in the middle of a picture that has the proportions of a shape: x, y, width, height.
fn middle(width: u32, height: u32, shape: ImageShape) -> (u32, u32, u32, u32) {
    let (across, down) = (shape.width as u64, shape.height as u64);
    let (wide, high) = (u64::from(width), u64::from(height));
    let narrow = |length: u64| u32::try_from(length.max(1)).unwrap_or(u32::MAX);
    let (cut_width, cut_height) = if wide * down > high * across {
        (narrow(high * across / down), height)
    } else {
        (width, narrow(wide * down / across))
    };
    ((width - cut_width) / 2, (height - cut_height) / 2, cut_width, cut_height)
}

/// The middle of a picture, brought to a shape's height and width. One that has them goes through untouched.
pub(in crate::data::formats) fn fitted<P>(
    picture: &ImageBuffer<P, Vec<u8>>,
    shape: ImageShape,
) -> ImageBuffer<P, Vec<u8>>
where
    P: Pixel<Subpixel = u8> + 'static,
{
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let (across, down) = (side(shape.width), side(shape.height));
    let (x, y, width, height) = middle(picture.width(), picture.height(), shape);
    let part = imageops::crop_imm(picture, x, y, width, height);
    if (width, height) == (across, down) {
        part.to_image()
    } else {
        imageops::resize(&*part, across, down, FilterType::Triangle)
    }
}

/// Appends a picture channel by channel.
pub(in crate::data::formats) fn planes<P>(picture: &ImageBuffer<P, Vec<u8>>, pixels: &mut Vec<u8>)
where
    P: Pixel<Subpixel = u8>,
{
    for channel in 0..usize::from(P::CHANNEL_COUNT) {
        pixels.extend(picture.pixels().map(|pixel| pixel.channels()[channel]));
    }
}
