//! The file to which values are appended.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::index::{Index, Slot};
use crate::base::is_plain;

/// The name of the file that the build holds which may write.
const LOCK: &str = "lock";
/// How the names of stores begin.
const NAME: &str = "values-";
/// How much is gathered before it is written.
const BUFFER: usize = 1 << 20;

/// Values one behind the other, without anything between them.
#[derive(Debug)]
pub(super) struct Store {
    open: Mutex<Open>,
    /// Held as long as this process may write.
    lock: Option<File>,
}

#[derive(Debug)]
struct Open {
    file: Arc<File>,
    /// How much of the file is written.
    written: u64,
    /// What comes behind it.
    waiting: Vec<u8>,
    /// The number in its name.
    number: u64,
}

impl Store {
    /// Opens the store of that name, or a new one when there is none.
    pub fn open(folder: &Path, name: &str) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        if fs::symlink_metadata(folder.join(LOCK)).is_ok() && !is_plain(&folder.join(LOCK)) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let lock = File::options().create(true).append(true).open(folder.join(LOCK))?;
        let lock = lock.try_lock().is_ok().then_some(lock);
        let is_plain = is_plain(&folder.join(name));
        let number = name.strip_prefix(NAME).and_then(|number| number.parse().ok());
        let known = number
            .filter(|_| is_plain)
            .and_then(|number| Some((File::options().read(true).append(true).open(folder.join(name)).ok()?, number)));
        let (file, number) = match (known, &lock) {
            (Some(known), _) => known,
            (None, Some(_)) => fresh(folder, number.unwrap_or(0) + 1)?,
            // Somebody else is making one.
            (None, None) => return Err(io::ErrorKind::WouldBlock.into()),
        };
        let written = file.metadata()?.len();
        if lock.is_some() {
            clear(folder, number);
        }
        Ok(Self { open: Mutex::new(Open { file: file.into(), written, waiting: Vec::new(), number }), lock })
    }

    /// Whether this process is the one that may write.
    pub fn may_write(&self) -> bool {
        self.lock.is_some()
    }

    /// How long the store is.
    pub fn length(&self) -> u64 {
        let open = self.file();
        open.written + open.waiting.len() as u64
    }

    /// Adds a value; `None` when it cannot be kept.
    pub fn append(&self, bytes: &[u8]) -> Option<Slot> {
        self.lock.as_ref()?;
        let checksum = crc32fast::hash(bytes);
        let mut open = self.file();
        let offset = open.written + open.waiting.len() as u64;
        open.waiting.extend_from_slice(bytes);
        if open.waiting.len() > BUFFER {
            open.flush().ok()?;
        }
        Some(Slot { offset, length: u32::try_from(bytes.len()).ok()?, checksum, age: 0 })
    }

    /// A value, if it is whole.
    pub fn read(&self, slot: Slot) -> Option<Vec<u8>> {
        let (file, waiting) = self.file().find(slot).ok()?;
        // The disk is asked by all cores at once.
        let bytes = waiting.map_or_else(|| read(&file, slot.offset, slot.length.into()), Ok).ok()?;
        (crc32fast::hash(&bytes) == slot.checksum).then_some(bytes)
    }

    /// Writes what waits.
    pub fn flush(&self) -> io::Result<()> {
        self.file().flush()
    }

    /// Moves the values of an index to a new store and says what the old one is called. What
    /// is damaged moves as well, and is forgotten later, by its checksum.
    ///
    /// # Errors
    /// When the disk refuses; then everything is where it was.
    pub fn move_on(&self, folder: &Path, index: &mut Index) -> io::Result<String> {
        let mut open = self.file();
        open.flush()?;
        let (file, number) = fresh(folder, open.number + 1)?;
        let mut next = Open { file: file.into(), written: 0, waiting: Vec::new(), number };
        let mut slots = index.slots();
        // Where each of them comes to be, which is true only when all have moved.
        let mut moved = Vec::with_capacity(slots.len());
        let mut rest = slots.iter().peekable();
        while let Some(first) = rest.next() {
            // Neighbours move together.
            let (start, place) = (first.offset, next.written + next.waiting.len() as u64);
            let mut end = start + u64::from(first.length);
            moved.push(place);
            while let Some(slot) = rest.next_if(|slot| slot.offset == end && end - start < BUFFER as u64) {
                moved.push(place + (end - start));
                end += u64::from(slot.length);
            }
            next.waiting.extend_from_slice(&read(&open.file, start, end - start)?);
            if next.waiting.len() > BUFFER {
                next.flush()?;
            }
        }
        next.flush()?;
        slots.iter_mut().zip(moved).for_each(|(slot, place)| slot.offset = place);
        let old = std::mem::replace(&mut *open, next);
        index.store = name(number);
        Ok(name(old.number))
    }

    /// The name of the store.
    pub fn name(&self) -> String {
        name(self.file().number)
    }

    /// A fault elsewhere must not end remembering.
    fn file(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn flush(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        (&*self.file).write_all(&waiting)?;
        self.written += waiting.len() as u64;
        Ok(())
    }

    /// The file, or a value that is not written yet.
    fn find(&self, slot: Slot) -> io::Result<(Arc<File>, Option<Vec<u8>>)> {
        let length = slot.length as usize;
        let waiting = match slot.offset.checked_sub(self.written) {
            Some(at) => {
                let at = usize::try_from(at).map_err(io::Error::other)?;
                let bytes = at.checked_add(length).and_then(|end| self.waiting.get(at..end));
                Some(bytes.ok_or(io::ErrorKind::UnexpectedEof)?.to_vec())
            }
            None if slot.offset + u64::from(slot.length) > self.written => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            None => None,
        };
        Ok((Arc::clone(&self.file), waiting))
    }
}

/// What is written at some place.
fn read(file: &File, offset: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    read_at(file, &mut bytes, offset)?;
    Ok(bytes)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    // The file was opened for appending, so that where it stands does not matter.
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[count..];
        offset += count as u64;
    }
    Ok(())
}

fn name(number: u64) -> String {
    format!("{NAME}{number}")
}

/// A store that was not there before.
fn fresh(folder: &Path, from: u64) -> io::Result<(File, u64)> {
    let mut number = from;
    loop {
        match File::options().read(true).append(true).create_new(true).open(folder.join(name(number))) {
            Ok(file) => return Ok((file, number)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Removes the stores that dead builds left behind.
fn clear(folder: &Path, kept: u64) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file_name = entry.file_name();
        let other = |name: &str| name.strip_prefix(NAME).is_some_and(|number| number != kept.to_string());
        if file_name.to_str().is_some_and(other) {
            // Somebody may still be reading it; then the next build removes it.
            let _ = fs::remove_file(entry.path());
        }
    }
}
