//! Files of the office programs before 2007, and of WPS: compound files with binary
//! streams.

pub mod doc;
pub mod ppt;
pub mod rtf;
mod summary;
pub mod xls;

use std::io::{Read, Seek};

use cfb::CompoundFile;

use super::limits::{self, Trouble};
use crate::source::Nature;

pub use summary::properties;

/// A compound file that is open.
pub struct Compound<R>(CompoundFile<R>);

impl<R: Read + Seek> Compound<R> {
    /// Reads the list of streams.
    pub fn open(reader: R) -> Result<Self, Trouble> {
        CompoundFile::open(reader).map(Self).map_err(|_| Trouble::Damaged)
    }

    /// What kind of file it is, by its streams.
    pub fn nature(&self) -> Nature {
        let has = |name: &str| self.0.is_stream(name);
        match () {
            () if has("/EncryptedPackage") => Nature::Locked,
            () if has("/WordDocument") => Nature::Doc,
            () if has("/Workbook") || has("/Book") => Nature::Xls,
            () if has("/PowerPoint Document") => Nature::Ppt,
            () => Nature::Other,
        }
    }

    /// The bytes of a stream; `None` when there is none.
    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        if !self.0.is_stream(name) {
            return Ok(None);
        }
        let stream = self.0.open_stream(name).map_err(|_| Trouble::Damaged)?;
        let mut bytes = Vec::new();
        stream.take(limits::WHOLE_FILE + 1).read_to_end(&mut bytes).map_err(|_| Trouble::Damaged)?;
        if bytes.len() as u64 > limits::WHOLE_FILE { Err(Trouble::Beyond) } else { Ok(Some(bytes)) }
    }
}

/// Numbers out of a stream, the lower byte first.
pub trait Numbers {
    /// Two bytes.
    fn u16_at(&self, at: usize) -> Option<u16>;
    /// Four bytes.
    fn u32_at(&self, at: usize) -> Option<u32>;
    /// Four bytes, as a place or a length.
    fn place_at(&self, at: usize) -> Option<usize> {
        self.u32_at(at).and_then(|number| usize::try_from(number).ok())
    }
}

impl Numbers for [u8] {
    fn u16_at(&self, at: usize) -> Option<u16> {
        self.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        self.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
    }
}

/// Text in two bytes a unit.
pub fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}
