//! An archive whose entries are read within limits.

use std::collections::HashMap;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{self, Trouble};
use crate::source::decode;

/// An archive that is open.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    /// Entries by their names in lower case, as offices compare them.
    names: HashMap<String, usize>,
    left: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the list of entries.
    pub fn open(reader: R) -> Result<Self, Trouble> {
        let zip = ZipArchive::new(reader).map_err(|_| Trouble::Damaged)?;
        if zip.len() > limits::COUNT {
            return Err(Trouble::Beyond);
        }
        let mut names = HashMap::with_capacity(zip.len());
        for at in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(at) {
                names.insert(key(&name), at);
            }
        }
        Ok(Self { zip, names, left: limits::ENTRIES })
    }

    /// Whether there is an entry.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name))
    }

    /// The bytes of an entry; `None` when there is none.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let Some(at) = self.names.get(&key(name)) else { return Ok(None) };
        let entry = self.zip.by_index(*at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Trouble::Locked,
            _ => Trouble::Damaged,
        })?;
        let packed = entry.compressed_size().max(1);
        let most = limits::ENTRY.min(self.left).min(packed.saturating_mul(limits::RATIO).max(limits::SMALL));
        let mut bytes = Vec::new();
        // The size that the archive states is the sender's word; what comes out counts.
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|_| Trouble::Damaged)?;
        if bytes.len() as u64 > most {
            return Err(Trouble::Beyond);
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The text of an entry; `None` when there is none.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        decode(&bytes).map(|decoded| Some(decoded.text)).ok_or(Trouble::Damaged)
    }

    /// Reads through entries without keeping them, for readers of others that have no
    /// limits of their own.
    pub fn probe(&mut self, wanted: impl Fn(&str) -> bool) -> Result<(), Trouble> {
        let names: Vec<String> = self.names.keys().filter(|name| wanted(name)).cloned().collect();
        for name in names {
            self.bytes(&name)?;
        }
        self.left = limits::ENTRIES;
        Ok(())
    }
}

/// A name as names are compared: some programs write backslashes.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, Vec<u8>)]) -> Cursor<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            writer.write_all(bytes).expect("bytes");
        }
        writer.finish().expect("an archive")
    }

    #[test]
    fn entries_are_found_however_their_names_are_written() {
        let mut archive = Archive::open(archive(&[("Word\\Document.xml", b"<a/>".to_vec())])).expect("an archive");
        assert_eq!(archive.text("/word/document.xml"), Ok(Some("<a/>".to_owned())));
        assert_eq!(archive.text("word/styles.xml"), Ok(None));
    }

    #[test]
    fn what_unfolds_too_far_is_refused() {
        let bomb = vec![b'0'; 8 << 20];
        let mut archive = Archive::open(archive(&[("a.xml", bomb), ("b.xml", b"small".to_vec())])).expect("an archive");
        assert_eq!(archive.bytes("a.xml"), Err(Trouble::Beyond));
        assert_eq!(archive.bytes("b.xml"), Ok(Some(b"small".to_vec())));
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let whole = archive(&[("a.xml", b"<a/>".to_vec())]).into_inner();
        assert!(matches!(Archive::open(Cursor::new(&whole[..whole.len() - 20])), Err(Trouble::Damaged)));
    }
}
