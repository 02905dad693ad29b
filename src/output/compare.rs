//! Whether a file already has the bytes it should have.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// How much is read at a time.
const CHUNK: usize = 32 * 1024;

/// Whether the file at `path` holds exactly these bytes. A file that is not there
/// does not.
pub fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let Some(mut file) = open(path)? else { return Ok(false) };
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut buffer = [0; CHUNK];
    for expected in bytes.chunks(CHUNK) {
        let found = &mut buffer[..expected.len()];
        if !fill(&mut file, found)? || found != expected {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether two files hold the same bytes; `length` is what the first one has.
pub fn same(source: &mut File, length: u64, path: &Path) -> io::Result<bool> {
    let Some(mut file) = open(path)? else { return Ok(false) };
    if file.metadata()?.len() != length {
        return Ok(false);
    }
    let (mut one, mut other) = (vec![0; CHUNK], vec![0; CHUNK]);
    let mut left = length;
    while left > 0 {
        let size = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let (one, other) = (&mut one[..size], &mut other[..size]);
        if !fill(source, one)? || !fill(&mut file, other)? || one != other {
            return Ok(false);
        }
        left -= size as u64;
    }
    Ok(true)
}

fn open(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Fills the buffer; false when the file ends before it, because somebody cut it
/// short meanwhile.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_counts() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        let mut bytes = vec![7; CHUNK * 2 + 5];
        std::fs::write(&one, &bytes)?;
        std::fs::write(&other, &bytes)?;
        let length = bytes.len() as u64;
        assert!(holds(&one, &bytes)?);
        assert!(same(&mut File::open(&one)?, length, &other)?);
        bytes[CHUNK * 2 + 4] = 8;
        assert!(!holds(&one, &bytes)?);
        std::fs::write(&other, &bytes)?;
        assert!(!same(&mut File::open(&one)?, length, &other)?);
        assert!(!holds(&folder.path().join("none"), b"")?);
        Ok(())
    }
}
