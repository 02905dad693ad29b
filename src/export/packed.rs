//! Files as one zip archive, the same bytes for the same files.

use std::io::{self, Cursor, Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::Day;

/// A zip archive while it is written; files are not kept in memory.
pub struct Packer<W: Write + Seek> {
    writer: ZipWriter<W>,
    options: SimpleFileOptions,
}

impl<W: Write + Seek> Packer<W> {
    /// Begins an archive; every file bears the day of the statistics.
    pub fn new(to: W, as_of: Day) -> Self {
        let part = |number: u32| u8::try_from(number).unwrap_or(1);
        let year = u16::try_from(as_of.year()).unwrap_or(1980);
        // A zip knows no day before 1980.
        let day = DateTime::from_date_and_time(year, part(as_of.month().month), part(as_of.day()), 0, 0, 0)
            .unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(day)
            .unix_permissions(0o644);
        Self { writer: ZipWriter::new(to), options }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When the name stands there already, or what is read or written refuses.
    pub fn add(&mut self, name: &str, bytes: &mut dyn Read) -> io::Result<()> {
        self.writer.start_file(name, self.options)?;
        io::copy(bytes, &mut self.writer).map(|_| ())
    }

    /// Ends the archive and gives back what it was written to.
    ///
    /// # Errors
    /// When what is written to refuses.
    pub fn finish(self) -> io::Result<W> {
        Ok(self.writer.finish()?)
    }
}

/// Packs named files in the order given.
///
/// # Errors
/// When a name stands twice or cannot be written, in the packer's own words.
pub fn zip(files: &[(String, Vec<u8>)], as_of: Day) -> Result<Vec<u8>, String> {
    let mut packer = Packer::new(Cursor::new(Vec::new()), as_of);
    for (name, bytes) in files {
        packer.add(name, &mut bytes.as_slice()).map_err(|error| format!("{name}：{error}"))?;
    }
    packer.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}
