//! Takes out of a picture what it tells beside what it shows: camera, program, person
//! and place. The pixels stay as they are, bit for bit.

use super::head::{Format, chunks, riff, segments};

/// The picture without traces; `None` when its form is broken, or holds none.
pub fn bare(bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::WebP => webp(bytes),
        Format::Gif | Format::Bmp => None,
    }
}

/// Without the segments of Exif, XMP, IPTC and comments; colour profiles stay.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut end = 2;
    for (marker, at, length) in segments(bytes) {
        if !matches!(marker, 0xe1 | 0xed | 0xfe) {
            out.extend_from_slice(bytes.get(end.max(at)..at + length)?);
        }
        end = at + length;
    }
    out.extend_from_slice(bytes.get(end..)?);
    Some(out)
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    for (name, at, length) in chunks(bytes) {
        if !matches!(name, b"eXIf" | b"tEXt" | b"iTXt" | b"zTXt" | b"tIME") {
            out.extend_from_slice(bytes.get(at..at + length)?);
        }
        if name == b"IEND" {
            return Some(out);
        }
    }
    None
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    for (name, at, length) in riff(bytes) {
        if matches!(name, b"EXIF" | b"XMP ") {
            continue;
        }
        let from = out.len();
        out.extend_from_slice(bytes.get(at..at + length)?);
        if name == b"VP8X"
            && let Some(flags) = out.get_mut(from + 8)
        {
            // Says no longer that there are Exif and XMP.
            *flags &= !0b1100;
        }
    }
    let length = u32::try_from(out.len().checked_sub(8)?).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;

    use crate::courseware::picture::{look, stand_in};
    use crate::source::Bytes;

    /// A photograph with an Exif block that has a way up and a place.
    fn photograph(orientation: u8) -> Vec<u8> {
        let mut plain = Vec::new();
        let picture = image::RgbImage::from_fn(64, 32, |x, y| image::Rgb([x as u8, y as u8, 9]));
        image::codecs::jpeg::JpegEncoder::new(&mut plain).encode_image(&picture).expect("a picture");
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
        exif.extend_from_slice(&[0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        exif.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, (exif.len() + 2) as u8];
        bytes.extend_from_slice(&exif);
        bytes.extend_from_slice(&plain[2..]);
        bytes
    }

    fn held(bytes: &Bytes) -> Vec<u8> {
        match bytes {
            Bytes::Held(bytes) => bytes.to_vec(),
            Bytes::Kept(_) => Vec::new(),
        }
    }

    #[test]
    fn a_photograph_loses_its_place_and_keeps_its_pixels() {
        let bytes = photograph(1);
        let seen = look(&bytes).expect("a picture");
        assert!(seen.has_location && seen.has_traces);
        let bare = held(&stand_in(&bytes, &seen, 1600).expect("one without traces").bytes);
        let now = look(&bare).expect("a picture");
        assert!(!now.has_location && !now.has_traces);
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("pixels").into_rgb8().into_raw();
        assert_eq!(pixels(&bytes), pixels(&bare));
    }

    #[test]
    fn a_photograph_that_lies_on_its_side_is_put_upright() {
        let bytes = photograph(6);
        let seen = look(&bytes).expect("a picture");
        assert_eq!(seen.orientation, Orientation::Rotate90);
        let made = stand_in(&bytes, &seen, 1600).expect("an upright one");
        assert_eq!((made.width, made.height), (32, 64));
        assert!(!look(&held(&made.bytes)).expect("a picture").has_traces);
    }

    #[test]
    fn a_wide_picture_is_made_smaller() {
        let bytes = photograph(1);
        let seen = look(&bytes).expect("a picture");
        let made = stand_in(&bytes, &seen, 16).expect("a smaller one");
        assert_eq!((made.width, made.height), (16, 8));
    }
}
