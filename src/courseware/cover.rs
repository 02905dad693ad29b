//! Pictures out of a document: the one that stands for it, and those of its slides.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::archive::Archive;
use super::parts::Illustrated;
use super::{limits, office, picture};
use crate::source::{Inside, Picture};

/// The width of a picture that is shown beside text.
const WIDTH: u32 = 480;
/// What is smaller is an icon.
const LEAST: u32 = 120;
/// What stands on so many slides is a logo.
const REPEATED: usize = 3;
/// How many pictures of a slide are shown.
const ON_PART: usize = 3;
/// The picture of a later slide does not stand for the whole.
const EARLY: usize = 4;

/// Takes parts over with their pictures, and finds one that stands for all. A picture of
/// the whole document is believed only when the program that wrote the document also
/// saved what it says: others carry over that of their template.
pub fn take<R: Read + Seek>(archive: &mut Archive<R>, parts: Vec<Illustrated>, is_saved: bool, inside: &mut Inside) {
    if is_saved && let Some(picture) = thumbnail(archive) {
        inside.pictures.push(picture);
        inside.cover = Some(0);
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in parts.iter().flat_map(|(_, names)| names) {
        *times.entry(name.clone()).or_default() += 1;
    }
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    let mut tried = 0;
    for (at, (mut part, names)) in parts.into_iter().enumerate() {
        for name in names.iter().filter(|name| times.get(*name).is_some_and(|times| *times < REPEATED)) {
            let known = made.get(name).copied();
            if known.is_none() && (made.len() >= limits::PICTURES || tried >= 4 * limits::PICTURES) {
                break;
            }
            tried += usize::from(known.is_none());
            let place = known.or_else(|| {
                inside.pictures.push(small(&archive.bytes(name).ok()??)?);
                made.insert(name.clone(), inside.pictures.len() - 1);
                Some(inside.pictures.len() - 1)
            });
            part.pictures.extend(place);
            if part.pictures.len() >= ON_PART {
                break;
            }
        }
        if at < EARLY {
            inside.cover = inside.cover.or(part.pictures.first().copied());
        }
        inside.parts.push(part);
    }
}

fn thumbnail<R: Read + Seek>(archive: &mut Archive<R>) -> Option<Picture> {
    let relations = office::relations(archive, "").ok()?;
    let named = relations.into_iter().find(|relation| relation.kind == "thumbnail").map(|relation| relation.target);
    let name = named.unwrap_or_else(|| "Thumbnails/thumbnail.png".to_owned());
    small(&archive.bytes(&name).ok()??)
}

fn small(bytes: &[u8]) -> Option<Picture> {
    let seen = picture::look(bytes).ok()?;
    (seen.width.min(seen.height) >= LEAST).then(|| picture::reduced(bytes, &seen, WIDTH)).flatten()
}
