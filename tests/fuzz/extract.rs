//! Throws bytes at the readers of courseware. The first byte chooses the name under which
//! the rest is sent in.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;

const EXTENSIONS: [&str; 14] =
    ["pptx", "docx", "xlsx", "ppt", "doc", "xls", "odt", "odp", "pdf", "rtf", "csv", "jpg", "png", "webp"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let extension = EXTENSIONS[usize::from(*first) % EXTENSIONS.len()];
    let mut reader = Cursor::new(rest.to_vec());
    let inside = jiangtai::courseware::extract(&mut reader, extension, rest.len() as u64, 1600);
    let length: usize = inside.everything().map(|(_, text)| text.chars().count()).sum();
    assert!(length <= 2 * jiangtai::courseware::limits::CHARACTERS, "{length} characters");
});
