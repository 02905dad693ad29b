//! `SHA256SUMS`, as `sha256sum` writes and checks it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::output::check_path;

/// The list of sums of a release or a pack.
pub(super) const SUMS: &str = "SHA256SUMS";

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;

/// The sum of each file by its path from the list's folder on.
pub(super) type Sums = BTreeMap<String, String>;

/// A sum as it is written: 64 digits.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    in_digits(&Sha256::digest(bytes))
}

/// The sum of what a reader gives.
pub(super) fn of_reader(reader: &mut dyn Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(in_digits(&hash.finalize())),
            Ok(length) => hash.update(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The sum of a file.
pub(super) fn of_file(path: &Path) -> io::Result<String> {
    of_reader(&mut File::open(path)?)
}

fn in_digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The list as text.
pub(super) fn written(sums: &Sums) -> String {
    sums.iter().map(|(path, sum)| format!("{sum}  {path}\n")).collect()
}

/// Reads a list; the number of the first line that is none of ours otherwise. A mark at
/// the beginning and the line ends of Windows are what editors leave behind.
pub(super) fn read(text: &str) -> Result<Sums, usize> {
    let mut sums = Sums::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let (sum, path) = entry(line).ok_or(at + 1)?;
        sums.insert(path.to_owned(), sum.to_ascii_lowercase());
    }
    Ok(sums)
}

/// `sum  path`, or `sum *path` from a program that thinks of binary files.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (sum, rest) = line.split_at_checked(64)?;
    let path = rest.strip_prefix("  ").or_else(|| rest.strip_prefix(" *"))?;
    let is_sum = sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_sum && check_path(path).is_ok()).then_some((sum, path))
}

/// What people compare by telephone: the first digits of the sum of the list, by fours.
pub(super) fn check_code(list: &[u8]) -> String {
    let sum = of_bytes(list);
    [&sum[..4], &sum[4..8], &sum[8..12], &sum[12..16]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_back() {
        let sums = Sums::from([
            ("index.html".to_owned(), of_bytes(b"")),
            ("units/a b/课件.pptx".to_owned(), of_bytes(b"abc")),
        ]);
        let text = written(&sums);
        assert!(text.starts_with("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  index.html\n"));
        assert_eq!(read(&text), Ok(sums.clone()));
        assert_eq!(read(&format!("\u{feff}{}", text.replace('\n', "\r\n").replace("  ", " *"))), Ok(sums));
    }

    #[test]
    fn what_is_no_list_is_told_by_its_line() {
        let sum = of_bytes(b"");
        for bad in ["x", &format!("{sum} a"), &format!("{sum}  ../a"), &format!("{sum}  /a"), &sum[..60]] {
            assert_eq!(read(&format!("{sum}  a\n{bad}\n")), Err(2), "{bad}");
        }
        assert_eq!(read("汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字汉字"), Err(1));
    }
}
