//! What is inside the files that colleagues send in: text, places, properties and
//! pictures of presentations, documents, workbooks and PDF.
//!
//! [`open`] is a stage of its own between reading the sources and everything else: it
//! opens one attachment after another, as many at a time as there are processors,
//! [`extract`](extract()) looks into each within limits, and the sources learn what was
//! found. What was found once is remembered by the content of the file ([`Memory`]), so
//! that a build without new attachments reads none of them.
//!
//! Files come from anywhere. Archives unfold within limits ([`limits`]), documents with
//! a document type are refused, and each file is looked into on a thread of its own with
//! a large stack, so that one that breaks its reader costs its own text and nothing else.

mod archive;
mod cover;
mod extract;
mod legacy;
pub mod limits;
mod memory;
mod nature;
mod office;
pub mod paper;
mod parts;
mod pdf;
mod picture;
mod take;

use std::io::{self, SeekFrom};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};
use std::thread;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::source::{Content, Inside, Nature, ReadError, ReadSeek, Reading, SourceFile, Sources};

pub use extract::extract;
pub use memory::Memory;
pub use nature::{expected, fits};
pub use take::{Media, Taken, take};

/// The name of the threads on which files are looked into.
const THREAD: &str = "courseware";
/// How large their stack is. Only what is used of it is taken from the machine.
const STACK: usize = 256 << 20;

/// Looks into every file that is no text, and lets the sources know. Pictures wider than
/// `picture_width` are made smaller (zero: none).
///
/// # Errors
/// When a file cannot be read from the disk: nothing is passed over in silence.
pub fn open(sources: &mut Sources, memory: &Memory, picture_width: u32) -> Result<(), ReadError> {
    open_telling(sources, memory, picture_width, &|_, _| {})
}

/// As [`open`], and tells after each file how many are done, of how many.
///
/// # Errors
/// As [`open`].
pub fn open_telling(
    sources: &mut Sources,
    memory: &Memory,
    picture_width: u32,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), ReadError> {
    let total = sources.files.iter().filter(|file| matches!(file.content, Content::Blob { .. })).count();
    let done = AtomicUsize::new(0);
    let inside = |file: &SourceFile| match &file.content {
        Content::Blob { size, disk, .. } => {
            let found = look(file, *size, memory, picture_width);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            found.map(Some).map_err(|error| ReadError { path: disk.clone(), cause: error.to_string() })
        }
        _ => Ok(None),
    };
    let found: Vec<Option<Arc<Inside>>> = sources.files.par_iter().map(inside).collect::<Result<_, _>>()?;
    for (file, inside) in sources.files.iter_mut().zip(found) {
        if let Some(inside) = inside {
            file.learn(inside);
        }
    }
    memory.settle();
    Ok(())
}

fn look(file: &SourceFile, size: u64, memory: &Memory, picture_width: u32) -> io::Result<Arc<Inside>> {
    let extension = file.path.extension();
    let sha256 = memory.sha256(file, || hash(&mut *file.open()?))?;
    let key = hex(&Sha256::digest(format!("{sha256} {extension} {picture_width}")));
    if let Some(known) = memory.recall(&key) {
        return Ok(known);
    }
    let mut reader = file.open()?;
    let mut inside = safely(|| extract(&mut *reader, &extension, size, picture_width)).unwrap_or_else(|| {
        // The reader of this kind gave up in a way that nobody foresaw.
        let nature = expected(&extension).unwrap_or(Nature::Other);
        Inside { nature, reading: Reading::Damaged, ..Inside::default() }
    });
    inside.sha256 = sha256;
    Ok(memory.keep(&key, inside, file.is_secret()))
}

/// The SHA-256 of a file, read in pieces.
fn hash(reader: &mut dyn ReadSeek) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 128 << 10];
    reader.seek(SeekFrom::Start(0))?;
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            length => hash.update(&buffer[..length]),
        }
    }
}

/// Bytes in hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Does something on a thread with a large stack; `None` when it breaks off.
pub(crate) fn safely<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    hush();
    thread::scope(|scope| {
        let builder = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
        builder.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// A reader that breaks off must not write to people's terminals.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(THREAD) {
                before(info);
            }
        }));
    });
}
