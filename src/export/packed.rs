//! Files as one zip archive, the same bytes for the same files.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::Day;

/// Packs named files in the order given; every file bears the day of the statistics.
///
/// # Errors
/// When a name stands twice or cannot be written, in the packer's own words.
pub fn zip(files: &[(String, Vec<u8>)], as_of: Day) -> Result<Vec<u8>, String> {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(as_of.year()).unwrap_or(1980);
    // A zip knows no day before 1980.
    let day =
        DateTime::from_date_and_time(year, part(as_of.month().month), part(as_of.day()), 0, 0, 0).unwrap_or_default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(day)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).map_err(|error| format!("{name}：{error}"))?;
        writer.write_all(bytes).map_err(|error| format!("{name}：{error}"))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}
