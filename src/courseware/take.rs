//! Takes a document apart for those who make a lesson of it.

use std::collections::BTreeMap;
use std::io::Read;

use super::archive::Archive;
use super::legacy::{self, Compound};
use super::limits::{self, Trouble};
use super::nature;
use super::office::{self, docx, pptx};
use super::paper::{Paper, Slide};
use crate::source::{Nature, Properties, ReadSeek};

/// A document or a presentation in its parts.
#[derive(Debug)]
pub enum Taken {
    /// A document.
    Paper(Paper, Properties, Media),
    /// A presentation.
    Slides(Vec<Slide>, Properties, Media),
    /// Neither.
    Other(Nature),
}

/// Pictures by the names of their entries.
pub type Media = BTreeMap<String, Vec<u8>>;

/// Takes a file apart.
///
/// # Errors
/// When it is locked, broken or unfolds too far.
pub fn take(reader: &mut dyn ReadSeek, extension: &str) -> Result<Taken, Trouble> {
    let nature = nature::of(reader, extension)?;
    match nature {
        Nature::Docx => {
            let mut archive = Archive::open(reader)?;
            let paper = docx::read(&mut archive)?;
            let mut names = Vec::new();
            let notes = paper.notes.values().flatten();
            paper.blocks.iter().chain(notes).for_each(|block| block.pictures(&mut names));
            let media = media(&mut archive, names)?;
            Ok(Taken::Paper(paper, office::properties(&mut archive)?.0, media))
        }
        Nature::Pptx => {
            let mut archive = Archive::open(reader)?;
            let slides = pptx::read(&mut archive)?;
            let names = slides.iter().flat_map(|slide| slide.pictures.clone()).collect();
            let media = media(&mut archive, names)?;
            Ok(Taken::Slides(slides, office::properties(&mut archive)?.0, media))
        }
        Nature::Doc => {
            let mut file = Compound::open(reader)?;
            let paper = legacy::doc::read(&mut file)?;
            Ok(Taken::Paper(paper, legacy::properties(&mut file).0, Media::new()))
        }
        Nature::Rtf => {
            let mut bytes = Vec::new();
            reader.take(limits::WHOLE_FILE).read_to_end(&mut bytes).map_err(|_| Trouble::Damaged)?;
            Ok(Taken::Paper(legacy::rtf::read(&bytes)?, Properties::default(), Media::new()))
        }
        Nature::Locked => Err(Trouble::Locked),
        other => Ok(Taken::Other(other)),
    }
}

fn media(archive: &mut Archive<&mut dyn ReadSeek>, names: Vec<String>) -> Result<Media, Trouble> {
    let mut found = Media::new();
    for name in names {
        if !found.contains_key(&name)
            && let Some(bytes) = archive.bytes(&name)?
        {
            found.insert(name, bytes);
        }
    }
    Ok(found)
}
