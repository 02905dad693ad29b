//! The heads of picture files: size, way up, and what else they tell.

use image::metadata::Orientation;

/// The kinds of picture that browsers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Photographs.
    Jpeg,
    /// Drawings and screens.
    Png,
    /// Drawings, moving ones too.
    Gif,
    /// Either, in a newer form.
    WebP,
    /// What Paint saves.
    Bmp,
}

impl Format {
    /// The usual extension.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Gif => "gif",
            Format::WebP => "webp",
            Format::Bmp => "bmp",
        }
    }
}

/// What the head of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its kind.
    pub format: Format,
    /// In pixels, as stored.
    pub width: u32,
    /// In pixels, as stored.
    pub height: u32,
    /// How it must be turned to stand upright.
    pub orientation: Orientation,
    /// Whether it tells of camera, program, person or place.
    pub has_traces: bool,
    /// Whether it tells the place where it was taken.
    pub has_location: bool,
}

/// Reads the head of a picture.
pub fn read(bytes: &[u8]) -> Option<Seen> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'G', b'I', b'F', b'8', ..] => {
            Some(plain(Format::Gif, u32::from(le16(bytes, 6)?), u32::from(le16(bytes, 8)?)))
        }
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        [b'B', b'M', ..] => {
            let height = i32::from_le_bytes(bytes.get(22..26)?.try_into().ok()?).unsigned_abs();
            Some(plain(Format::Bmp, u32::from_le_bytes(bytes.get(18..22)?.try_into().ok()?), height))
        }
        _ => None,
    }
}

fn plain(format: Format, width: u32, height: u32) -> Seen {
    let orientation = Orientation::NoTransforms;
    Seen { format, width, height, orientation, has_traces: false, has_location: false }
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2)?.try_into().ok().map(|pair| usize::from(u16::from_be_bytes(pair)))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

/// The segments of a JPEG up to its pixels: marker, place and length with the marker.
pub fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, usize, usize)> + '_ {
    let mut at = 2;
    std::iter::from_fn(move || {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xff))?;
        if matches!(marker, 0xd9 | 0xda) {
            return None;
        }
        let length = 2 + be16(bytes, at + 2)?;
        let found = (marker, at, length);
        bytes.get(at..at + length)?;
        at += length;
        Some(found)
    })
}

fn jpeg(bytes: &[u8]) -> Option<Seen> {
    let mut seen = plain(Format::Jpeg, 0, 0);
    for (marker, at, length) in segments(bytes) {
        let body = bytes.get(at + 4..at + length).unwrap_or_default();
        match marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                seen.height = u32::try_from(be16(body, 1)?).ok()?;
                seen.width = u32::try_from(be16(body, 3)?).ok()?;
            }
            0xe1 => {
                seen.has_traces = true;
                if let Some(exif) = body.strip_prefix(b"Exif\0\0") {
                    seen.orientation = orientation(exif);
                    seen.has_location |= has_location(exif);
                }
                seen.has_location |= body.windows(7).any(|part| part == b"exif:GP");
            }
            0xed | 0xfe => seen.has_traces = true,
            _ => {}
        }
    }
    Some(seen)
}

/// The pieces of a PNG: name, place and length with head and check.
pub fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], usize, usize)> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let length = usize::try_from(be32(bytes, at)?).ok()?.checked_add(12)?;
        let name = bytes.get(at + 4..at + 8)?;
        bytes.get(at..at.checked_add(length)?)?;
        let found = (name, at, length);
        at += length;
        Some(found)
    })
}

fn png(bytes: &[u8]) -> Option<Seen> {
    let mut seen = plain(Format::Png, be32(bytes, 16)?, be32(bytes, 20)?);
    for (name, at, length) in chunks(bytes) {
        let body = bytes.get(at + 8..at + length - 4).unwrap_or_default();
        match name {
            b"eXIf" => {
                seen.has_traces = true;
                seen.orientation = orientation(body);
                seen.has_location |= has_location(body);
            }
            b"tEXt" | b"iTXt" | b"zTXt" => {
                seen.has_traces = true;
                seen.has_location |= body.windows(7).any(|part| part == b"exif:GP");
            }
            _ => {}
        }
    }
    Some(seen)
}

/// The pieces of a WebP behind its head: name, place and length with head.
pub fn riff(bytes: &[u8]) -> impl Iterator<Item = (&[u8], usize, usize)> {
    let mut at = 12;
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let whole = length.checked_add(8 + length % 2)?.min(bytes.len().checked_sub(at)?);
        let found = (bytes.get(at..at + 4)?, at, whole);
        at += whole;
        Some(found)
    })
}

fn webp(bytes: &[u8]) -> Option<Seen> {
    (bytes.get(8..12)? == b"WEBP").then_some(())?;
    let mut seen = plain(Format::WebP, 0, 0);
    let three = |at: usize| {
        bytes.get(at..at + 3).map(|part| u32::from(part[0]) | u32::from(part[1]) << 8 | u32::from(part[2]) << 16)
    };
    for (name, at, length) in riff(bytes) {
        match name {
            b"VP8X" => (seen.width, seen.height) = (three(at + 12)? + 1, three(at + 15)? + 1),
            b"VP8 " if seen.width == 0 => {
                seen.width = u32::from(le16(bytes, at + 14)? & 0x3fff);
                seen.height = u32::from(le16(bytes, at + 16)? & 0x3fff);
            }
            b"VP8L" if seen.width == 0 => {
                let bits = u32::from_le_bytes(bytes.get(at + 9..at + 13)?.try_into().ok()?);
                (seen.width, seen.height) = ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
            }
            b"EXIF" => {
                let body = bytes.get(at + 8..at + length).unwrap_or_default();
                let body = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                seen.has_traces = true;
                seen.has_location |= has_location(body);
            }
            b"XMP " => seen.has_traces = true,
            _ => {}
        }
    }
    Some(seen)
}

fn orientation(exif: &[u8]) -> Orientation {
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// Whether the first list of an Exif block leads to one of the place.
fn has_location(exif: &[u8]) -> bool {
    let is_little = exif.starts_with(b"II");
    let word = |at: usize| {
        let pair: [u8; 2] = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let place = exif.get(4..8).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    let place = place.map_or(0, |bytes| if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) });
    let Some(start) = usize::try_from(place).ok().filter(|start| *start < exif.len()) else { return false };
    let count = usize::from(word(start).unwrap_or(0));
    (0..count).any(|entry| word(start + 2 + 12 * entry) == Some(0x8825))
}
