//! Pictures: how large they are, what they tell beside what they show, and how they are
//! published.

mod head;
mod strip;

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageReader};
use sha2::{Digest, Sha256};

use super::limits::{self, Trouble};
use crate::source::{Bytes, Picture};

pub use head::{Format, Seen};

/// How well photographs are kept when they are written anew.
const QUALITY: u8 = 84;

/// Looks at a picture without unfolding it.
pub fn look(bytes: &[u8]) -> Result<Seen, Trouble> {
    head::read(bytes).filter(|seen| seen.width > 0 && seen.height > 0).ok_or(Trouble::Damaged)
}

/// What is published in the place of a picture: a smaller one when it is wider than
/// `width` (zero: never), one that stands upright, one without traces of who took it and
/// where. `None` when it may be published as it is.
pub fn stand_in(bytes: &[u8], seen: &Seen, width: u32) -> Option<Picture> {
    let limit = if width == 0 { u32::MAX } else { width };
    let is_wide = seen.upright().0 > limit;
    let is_turned = seen.orientation != Orientation::NoTransforms;
    if (is_wide || is_turned || seen.format == Format::Bmp) && seen.can_be_unfolded() {
        // A drawing of few colours may grow when its edges are blurred.
        let made = remade(bytes, seen, limit).filter(|made| is_turned || made.length < bytes.len() as u64);
        if made.is_some() {
            return made;
        }
    }
    let bare = seen.has_traces.then(|| strip::bare(bytes, seen.format)).flatten()?;
    Some(named(bare, seen.format.extension(), seen.width, seen.height))
}

/// A small picture to show beside text.
pub fn reduced(bytes: &[u8], seen: &Seen, width: u32) -> Option<Picture> {
    if !seen.can_be_unfolded() {
        return None;
    }
    let picture = flattened(unfold(bytes)?.0);
    let picture = if picture.width() > width { resized(&picture, width) } else { picture };
    jpeg(&picture, None, 78)
}

/// The same picture upright, no wider than `width`, written anew.
fn remade(bytes: &[u8], seen: &Seen, width: u32) -> Option<Picture> {
    let (mut picture, profile) = unfold(bytes)?;
    picture.apply_orientation(seen.orientation);
    let picture = if picture.width() > width { resized(&picture, width) } else { picture };
    match seen.format {
        Format::Jpeg => jpeg(&picture, profile, QUALITY),
        _ => png(&picture, profile),
    }
}

fn unfold(bytes: &[u8]) -> Option<(DynamicImage, Option<Vec<u8>>)> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    Some((DynamicImage::from_decoder(decoder).ok()?, profile))
}

fn resized(picture: &DynamicImage, width: u32) -> DynamicImage {
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
    let height = u32::try_from(height).unwrap_or(1).max(1);
    // The mean of what falls into a pixel: when pictures only become smaller it is as
    // good to the eye as costlier filters, at a tenth of their time.
    picture.thumbnail_exact(width, height)
}

/// On white ground, as paper has it.
fn flattened(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let mut ground = picture.into_rgba8();
    for pixel in ground.pixels_mut() {
        let opacity = u32::from(pixel.0[3]);
        for channel in &mut pixel.0[..3] {
            let mixed = (u32::from(*channel) * opacity + 255 * (255 - opacity)) / 255;
            *channel = u8::try_from(mixed).unwrap_or(255);
        }
        pixel.0[3] = 255;
    }
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(ground).into_rgb8())
}

fn jpeg(picture: &DynamicImage, profile: Option<Vec<u8>>, quality: u8) -> Option<Picture> {
    let picture = if picture.color().has_color() {
        DynamicImage::ImageRgb8(picture.to_rgb8())
    } else {
        DynamicImage::ImageLuma8(picture.to_luma8())
    };
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).ok()?;
    }
    picture.write_with_encoder(encoder).ok()?;
    Some(named(bytes, "jpg", picture.width(), picture.height()))
}

fn png(picture: &DynamicImage, profile: Option<Vec<u8>>) -> Option<Picture> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).ok()?;
    }
    picture.write_with_encoder(encoder).ok()?;
    Some(named(bytes, "png", picture.width(), picture.height()))
}

/// A picture with a name by its content.
fn named(bytes: Vec<u8>, extension: &str, width: u32, height: u32) -> Picture {
    let name = super::hex(&Sha256::digest(&bytes));
    let name = format!("{}.{extension}", &name[..16]);
    Picture { name, width, height, length: bytes.len() as u64, bytes: Bytes::Held(Arc::from(bytes)) }
}

impl Seen {
    /// Its size as it is shown.
    pub fn upright(&self) -> (u32, u32) {
        use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
        match self.orientation {
            Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }

    /// Whether it is of a kind and of a size that may be unfolded.
    fn can_be_unfolded(&self) -> bool {
        let pixels = u64::from(self.width) * u64::from(self.height);
        matches!(self.format, Format::Jpeg | Format::Png | Format::Bmp) && pixels <= limits::PIXELS
    }
}
