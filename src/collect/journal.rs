//! Several files changed as one: everything is written aside first, then a journal
//! says what is to be put in place and what is to be moved, and only then is it done.
//! Interrupted before the journal, nothing has happened; after it, the next run
//! finishes what the journal says. So no ballot is added twice and none is lost.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// How names of files that are written aside begin. The library passes over them.
const ASIDE: &str = ".jiangtai-collect-";
/// The journal, in the folder of what was collected.
const JOURNAL: &str = ".journal.json";

/// What is to be done. Paths are relative to the folder of the year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Journal {
    writes: Vec<Put>,
    moves: Vec<Move>,
}

/// A file that was written aside and its place; `before` is what its place held.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Put {
    aside: String,
    place: String,
    before: Option<String>,
    after: String,
}

/// A file that goes to another place, if it is still the one that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Move {
    from: String,
    to: String,
    hash: String,
}

/// A new content for a file.
pub(super) struct Change {
    /// Relative to the folder of the year.
    pub place: String,
    pub bytes: Vec<u8>,
}

/// Writes everything aside and then the journal. From then on it is decided.
pub(super) fn stage(
    year: &Path,
    collected: &str,
    changes: &[Change],
    moves: &[(String, String)],
) -> io::Result<Journal> {
    fs::create_dir_all(year.join(collected))?;
    let mut journal = Journal::default();
    for (at, change) in changes.iter().enumerate() {
        let aside = format!("{ASIDE}{at}");
        write(&year.join(&aside), &change.bytes)?;
        let before = hash_of(&year.join(&change.place))?;
        let after = hash(&change.bytes);
        journal.writes.push(Put { aside, place: change.place.clone(), before, after });
    }
    for (from, to) in moves {
        let Some(hash) = hash_of(&year.join(from))? else { continue };
        journal.moves.push(Move { from: from.clone(), to: to.clone(), hash });
    }
    let path = year.join(collected).join(JOURNAL);
    let aside = path.with_extension("new");
    write(&aside, journal.to_json().to_string().as_bytes())?;
    fs::rename(&aside, &path)?;
    Ok(journal)
}

/// Does what the journal says, as far as it is not done yet, and takes the journal
/// away. Gives the tables that somebody changed meanwhile: their content is kept
/// beside what was collected, under the names given with them.
pub(super) fn finish(year: &Path, collected: &str, journal: &Journal) -> io::Result<Vec<(String, String)>> {
    let mut kept = Vec::new();
    for put in &journal.writes {
        let (aside, place) = (year.join(&put.aside), year.join(&put.place));
        if hash_of(&aside)?.as_deref() != Some(&put.after) {
            continue;
        }
        let now = hash_of(&place)?;
        if now != put.before && now.as_deref() != Some(&put.after) && now.is_some() {
            let copy = free_name(&year.join(collected), &format!("{}.bak", name_of(&put.place)));
            fs::copy(&place, year.join(collected).join(&copy))?;
            kept.push((put.place.clone(), format!("{collected}/{copy}")));
        }
        fs::rename(&aside, &place)?;
    }
    for going in &journal.moves {
        let (from, to) = (year.join(&going.from), year.join(&going.to));
        // A file that was replaced since it was read is left for the next run.
        if hash_of(&from)?.as_deref() == Some(&going.hash) && !to.exists() {
            fs::rename(&from, &to)?;
        }
    }
    fs::remove_file(year.join(collected).join(JOURNAL))?;
    Ok(kept)
}

/// The journal of a run that was interrupted.
pub(super) fn pending(year: &Path, collected: &str) -> io::Result<Option<Journal>> {
    match fs::read(year.join(collected).join(JOURNAL)) {
        Ok(bytes) => {
            let value: Option<Value> = serde_json::from_slice(&bytes).ok();
            let journal = value.as_ref().and_then(Journal::from_json);
            journal.map(Some).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, JOURNAL))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes away what a run left aside that was interrupted before its journal stood.
pub(super) fn sweep(year: &Path) -> io::Result<()> {
    for entry in fs::read_dir(year)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A name that no file of a folder has: the wanted one, or with a number before its
/// extension.
pub(super) fn free_name(folder: &Path, wanted: &str) -> String {
    let (stem, extension) = match wanted.rfind('.') {
        Some(dot) if dot > 0 => wanted.split_at(dot),
        _ => (wanted, ""),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}{extension}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !folder.join(name).exists()).unwrap_or_default()
}

/// The last part of a relative path.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn write(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn hash_of(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(hash(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Journal {
    fn to_json(&self) -> Value {
        let writes = self
            .writes
            .iter()
            .map(|put| json!({"aside": put.aside, "place": put.place, "before": put.before, "after": put.after}));
        let moves = self.moves.iter().map(|going| json!({"from": going.from, "to": going.to, "hash": going.hash}));
        json!({"writes": writes.collect::<Vec<_>>(), "moves": moves.collect::<Vec<_>>()})
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |value: &Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
        let put = |value: &Value| {
            let (aside, place) = (text(value, "aside")?, text(value, "place")?);
            Some(Put { aside, place, before: text(value, "before"), after: text(value, "after")? })
        };
        let going = |value: &Value| {
            Some(Move { from: text(value, "from")?, to: text(value, "to")?, hash: text(value, "hash")? })
        };
        Some(Self {
            writes: value.get("writes")?.as_array()?.iter().map(put).collect::<Option<_>>()?,
            moves: value.get("moves")?.as_array()?.iter().map(going).collect::<Option<_>>()?,
        })
    }
}
