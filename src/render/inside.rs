//! Files on pages: their cards, what is inside, and what of it can be found by search.

use std::collections::{BTreeMap, BTreeSet};

use super::Scene;
use super::desk::{Desk, count, file_kind, size};
use super::views::{AttachmentView, BlockView, InsideView, LeafView, PictureView};
use crate::atlas::PageKind;
use crate::base::{OutputPath, Product, Sink};
use crate::model::{Blob, BlobId, LessonKind};
use crate::source::{Bytes, Inside, Line, Part, Picture, Reading, Spot, Unit};

/// How much of a file a page shows.
#[derive(Debug, Clone, Copy)]
struct Room {
    parts: usize,
    lines: usize,
    characters: usize,
}

/// Beside a lesson: enough to know what it is.
const BESIDE: Room = Room { parts: 12, lines: 40, characters: 4_000 };
/// On a page of its own.
const ALONE: Room = Room { parts: 300, lines: 400, characters: 60_000 };

/// The most characters of one piece of text that search marks as a whole.
const PIECE: usize = 1_500;

/// Text that can be found on a page and does not stand on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The nearest anchor on the page.
    pub anchor: String,
    /// The file and the place in it.
    pub place: String,
    /// The text.
    pub text: String,
}

impl Desk<'_> {
    /// The card of a file; `at` counts the files of the page, from one.
    pub(super) fn attachment(&self, id: BlobId, at: usize) -> AttachmentView {
        let blob = self.scene.library.blob(id);
        let extension = blob.path.extension();
        let anchor = anchor(at);
        AttachmentView {
            title: blob.path.stem().to_owned(),
            file_name: blob.published_name(),
            url: self.scene.atlas.blob(id).to_string(),
            kind: file_kind(&extension).to_owned(),
            extension: extension.to_uppercase(),
            size_text: size(blob.published_size()),
            inside: blob.inside.as_ref().map(|inside| self.inside(inside, &anchor, room(&self.scene, id))),
            id: anchor,
        }
    }

    /// The files of a lesson or article, marked as used.
    pub(super) fn attachments(&self, ids: &[BlobId], used: &mut BTreeSet<BlobId>) -> Vec<AttachmentView> {
        used.extend(ids.iter().copied());
        ids.iter().zip(1..).map(|(id, at)| self.attachment(*id, at)).collect()
    }

    fn inside(&self, inside: &Inside, anchor: &str, room: Room) -> InsideView {
        let shown = shown(inside, room);
        let part = |(at, (part, lines)): (usize, &(&Part, usize))| LeafView {
            id: format!("{anchor}-{}", at + 1),
            place_text: Some(self.spot(&part.spot)).filter(|text| !text.is_empty() && !is_title(part)),
            title: title(part),
            blocks: blocks(part.lines.get(..*lines).unwrap_or_default()),
            notes: part.notes.clone(),
            pictures: part.pictures.iter().filter_map(|at| inside.pictures.get(*at)).map(picture).collect(),
            is_cut: *lines < part.lines.len(),
        };
        InsideView {
            unit: inside.count.map(|(unit, _)| unit_key(unit).to_owned()),
            count: inside.count.map_or(0, |(_, count)| count),
            state: state(inside.reading).map(str::to_owned),
            sha256: inside.sha256.clone(),
            cover: inside.cover.and_then(|at| inside.pictures.get(at)).map(picture),
            parts: shown.iter().enumerate().map(part).collect(),
            more: count(inside.parts.len() - shown.len()),
            is_cut: inside.is_cut,
        }
    }

    /// Where something stands in a file, in the language of the site.
    fn spot(&self, spot: &Spot) -> String {
        let filled = |key: &str, value: &str| self.word(&format!("places.{key}")).replace("{n}", value);
        match spot {
            Spot::Page(number) => filled("page", &number.to_string()),
            Spot::Slide(number) => filled("slide", &number.to_string()),
            Spot::Sheet(name) => filled("sheet", name),
            Spot::Section(name) => filled("section", name),
            Spot::Margin => self.word("places.margin"),
            Spot::Footnotes => self.word("places.footnotes"),
            Spot::Whole | Spot::Comment | Spot::Property(_) => String::new(),
        }
    }
}

/// The text of attachments by the pages that offer them.
pub struct Attached<'a> {
    desk: Desk<'a>,
    pages: BTreeMap<&'a OutputPath, &'a [BlobId]>,
}

impl<'a> Attached<'a> {
    /// Looks up which page offers which files.
    pub fn new(scene: &Scene<'a>) -> Self {
        let library = scene.library;
        let files = |kind: &PageKind| match kind {
            PageKind::Lesson(id) => Some(library.lesson(*id).attachments.as_slice()),
            PageKind::Document(id) | PageKind::Notice(id) | PageKind::Article(id) => {
                library.articles.get(id.0).map(|article| article.attachments.as_slice())
            }
            _ => None,
        };
        let pages = scene.atlas.pages.iter().filter_map(|page| Some((&page.path, files(&page.kind)?)));
        Attached { desk: Desk::new(scene), pages: pages.filter(|(_, files)| !files.is_empty()).collect() }
    }

    /// What the files of a page say, each piece with its place.
    pub fn said_on(&self, page: &OutputPath) -> Vec<Said> {
        let files = self.pages.get(page).copied().unwrap_or_default();
        let mut said = Vec::new();
        for (id, at) in files.iter().zip(1..) {
            let blob = self.desk.scene.library.blob(*id);
            let Some(inside) = &blob.inside else { continue };
            let visible = shown(inside, room(&self.desk.scene, *id)).len();
            for (number, part) in inside.parts.iter().enumerate() {
                let anchor = if number < visible { format!("{}-{}", anchor(at), number + 1) } else { anchor(at) };
                let spot = self.desk.spot(&part.spot);
                let place =
                    if spot.is_empty() { blob.published_name() } else { format!("{} {spot}", blob.published_name()) };
                said.extend(pieces(part).into_iter().map(|text| Said {
                    anchor: anchor.clone(),
                    place: place.clone(),
                    text,
                }));
            }
        }
        said
    }
}

/// The anchor of a file on its page.
fn anchor(at: usize) -> String {
    format!("file-{at}")
}

/// A file that stands alone has a page of its own to itself.
fn room(scene: &Scene<'_>, id: BlobId) -> Room {
    let is_alone = |at: usize| {
        let lesson = &scene.library.lessons[at];
        lesson.kind == LessonKind::Courseware && lesson.attachments.contains(&id)
    };
    let file = scene.library.blob(id).path.as_str();
    let lessons = &scene.library.lessons;
    if lessons.iter().position(|lesson| lesson.file.as_str() == file).is_some_and(is_alone) { ALONE } else { BESIDE }
}

/// The parts that a page shows, and how many lines of each.
fn shown(inside: &Inside, room: Room) -> Vec<(&Part, usize)> {
    let mut left = room.characters;
    let mut found = Vec::new();
    for part in inside.parts.iter().take(room.parts) {
        if left == 0 {
            break;
        }
        let mut lines = 0;
        for line in part.lines.iter().take(room.lines) {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(line.texts().map(|text| text.chars().count()).sum());
            lines += 1;
        }
        found.push((part, lines));
    }
    found
}

/// Lines put together: items of a list, rows of a table.
fn blocks(lines: &[Line]) -> Vec<BlockView> {
    let mut found: Vec<BlockView> = Vec::new();
    for line in lines {
        let kind = match line {
            Line::Heading(_) => "heading",
            Line::Text(_) => "text",
            Line::Item(_) => "list",
            Line::Row(_) => "table",
        };
        let goes_on = found.last().is_some_and(|last| last.kind == kind && matches!(kind, "list" | "table"));
        if !goes_on {
            found.push(BlockView { kind: kind.to_owned(), lines: Vec::new(), rows: Vec::new() });
        }
        let Some(last) = found.last_mut() else { continue };
        match line {
            Line::Heading(text) | Line::Text(text) | Line::Item(text) => last.lines.push(text.clone()),
            Line::Row(cells) => last.rows.push(cells.clone()),
        }
    }
    found
}

/// The title of a part; a sheet is called by its name.
fn title(part: &Part) -> Option<String> {
    match &part.spot {
        Spot::Sheet(name) => Some(name.clone()),
        _ => part.title.clone(),
    }
}

/// Whether the title says where a part stands.
fn is_title(part: &Part) -> bool {
    matches!(&part.spot, Spot::Section(_) | Spot::Sheet(_))
}

/// The text of a part in pieces.
fn pieces(part: &Part) -> Vec<String> {
    let says = |line: &Line| line.texts().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ｜ ");
    let lines = part.lines.iter().map(says);
    let mut found: Vec<String> = Vec::new();
    for text in title(part).into_iter().chain(lines).chain(part.notes.iter().cloned()) {
        match found.last_mut().filter(|last| last.len() + text.len() < 3 * PIECE) {
            Some(last) => {
                last.push(' ');
                last.push_str(&text);
            }
            None => found.push(text),
        }
    }
    found
}

fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::Page => "page",
        Unit::Slide => "slide",
        Unit::Sheet => "sheet",
    }
}

fn state(reading: Reading) -> Option<&'static str> {
    match reading {
        Reading::Nothing | Reading::Whole => None,
        Reading::Scan => Some("scan"),
        Reading::Locked => Some("locked"),
        Reading::Damaged => Some("damaged"),
        Reading::Beyond => Some("beyond"),
        Reading::Unsupported => Some("unsupported"),
    }
}

fn picture(picture: &Picture) -> PictureView {
    PictureView { url: address(picture).to_string(), width: picture.width, height: picture.height }
}

/// Where a picture that was made stands on the site. It is named by its content, so that
/// the same one is there once.
fn address(picture: &Picture) -> OutputPath {
    OutputPath::new(format!("thumbs/{}", picture.name))
}

/// Hands over the files that pages offer or show, and the pictures out of them.
pub(super) fn copies<'a>(scene: &Scene<'a>, used: &BTreeSet<BlobId>, sink: &impl Sink) {
    let mut pictures: BTreeMap<OutputPath, &'a Picture> = BTreeMap::new();
    for id in used {
        let blob = scene.library.blob(*id);
        sink.put(scene.atlas.blob(*id).clone(), product(blob));
        let Some(inside) = &blob.inside else { continue };
        let on_parts = shown(inside, room(scene, *id)).into_iter().flat_map(|(part, _)| &part.pictures);
        let found = on_parts.chain(&inside.cover).filter_map(|at| inside.pictures.get(*at));
        pictures.extend(found.map(|picture| (address(picture), picture)));
    }
    for (path, picture) in pictures {
        sink.put(path, made(&picture.bytes));
    }
}

/// What is published of a file: it itself, or a smaller picture in its place.
fn product(blob: &Blob) -> Product {
    match (blob.stand_in(), &blob.held) {
        (Some(picture), _) => made(&picture.bytes),
        (None, Some(bytes)) => Product::Made(bytes.to_vec()),
        (None, None) => Product::CopyOf(blob.disk.clone()),
    }
}

fn made(bytes: &Bytes) -> Product {
    match bytes {
        Bytes::Held(bytes) => Product::Made(bytes.to_vec()),
        Bytes::Kept(path) => Product::CopyOf(path.clone()),
    }
}
