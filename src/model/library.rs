//! Puts the library together out of the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::application::Application;
use super::article::{Article, ArticleKind};
use super::award::Awards;
use super::choice::Choice;
use super::evaluation::Evaluation;
use super::exam::Exam;
use super::law::{self, Law, LawId};
use super::lesson::{Lesson, LessonId, LessonKind, Publication, Setting};
use super::menu::MenuItem;
use super::person::{Person, PersonId, find_unit, read_people};
use super::resolve::{self, Directory};
use super::session::Session;
use super::summary;
use super::trainee::Trainee;
use super::unit::{Unit, UnitId};
use crate::base::text::fold;
use crate::base::{Finding, Findings, Key, Place, SourcePath};
use crate::config::Config;
use crate::memo::{Kind, Memo};
use crate::records::{self, Record, UNIT};
use crate::source::{Content, Facts, FileKind, Inside, Picture, SourceFile, Sources};

/// Everything that the content folder says, connected.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Library {
    /// Units in the order in which pages list them.
    pub units: Vec<Unit>,
    /// Everybody of the roster.
    pub people: Vec<Person>,
    /// The register of laws.
    pub laws: Vec<Law>,
    /// Lessons of the site, by unit, year, weight and file.
    pub lessons: Vec<Lesson>,
    /// Lessons that are kept back: drafts and what is not to be published.
    pub kept_back: Vec<Lesson>,
    /// Sessions, planned and held, by unit and year.
    pub sessions: Vec<Session>,
    /// Topics of the menus.
    pub menu: Vec<MenuItem>,
    /// What colleagues chose.
    pub choices: Vec<Choice>,
    /// Applications, regular and ad-hoc.
    pub applications: Vec<Application>,
    /// Ballots as they were typed in; those that count stand with their sessions.
    pub evaluations: Vec<Evaluation>,
    /// Attendance, duty marks and conduct by year.
    pub trainees: Vec<Trainee>,
    /// Monthly exams by year.
    pub exams: Vec<Exam>,
    /// Honours by year.
    pub awards: Vec<Awards>,
    /// Documents, notices, summaries and pages.
    pub articles: Vec<Article>,
    /// Files that are not text.
    pub blobs: Vec<Blob>,
    /// Unit-years that have a folder.
    pub years: BTreeSet<(UnitId, i32)>,
    /// Whether there is a roster.
    pub has_roster: bool,
    #[serde(skip)]
    pub(super) directory: Directory,
}

/// A file's number in [`Library::blobs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobId(pub usize);

/// A file that is published as it is.
#[derive(Debug, Clone, Serialize)]
pub struct Blob {
    /// Where it is.
    pub path: SourcePath,
    /// Where it is read from when it is copied.
    pub disk: PathBuf,
    /// In bytes.
    pub size: u64,
    /// What it is.
    pub kind: FileKind,
    /// Its bytes, for a library that was made of values.
    pub held: Option<Arc<[u8]>>,
    /// What is inside, where somebody has looked.
    pub inside: Option<Arc<Inside>>,
}

impl Blob {
    /// What is published in its place: a smaller picture, or one without traces.
    pub fn stand_in(&self) -> Option<&Picture> {
        self.inside.as_ref()?.stand_in.as_ref()
    }

    /// The extension under which it is published: what Paint saves becomes a PNG.
    pub fn published_extension(&self) -> String {
        let own = self.path.extension();
        let made = self.stand_in().and_then(|picture| picture.name.rsplit_once('.')).map(|(_, extension)| extension);
        if own == "bmp" { made.map(str::to_owned).unwrap_or(own) } else { own }
    }

    /// The name under which it is saved.
    pub fn published_name(&self) -> String {
        match self.published_extension() {
            extension if extension == self.path.extension() => self.path.name().to_owned(),
            extension => format!("{}.{extension}", self.path.stem()),
        }
    }

    /// How many bytes are published.
    pub fn published_size(&self) -> u64 {
        self.stand_in().map_or(self.size, |picture| picture.length)
    }
}

impl Library {
    /// Everything but the lessons of the site and the sessions, to be written down. The
    /// pattern names every field, so that none is forgotten.
    pub fn without_lists(&self) -> impl Serialize + '_ {
        let Library {
            units,
            people,
            laws,
            lessons: _,
            kept_back,
            sessions: _,
            menu,
            choices,
            applications,
            evaluations,
            trainees,
            exams,
            awards,
            articles,
            blobs,
            years,
            has_roster,
            directory: _,
        } = self;
        let tables = (menu, choices, applications, evaluations, trainees, exams, awards);
        (units, people, laws, kept_back, tables, articles, blobs, years, has_roster)
    }

    /// A unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0]
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0]
    }

    /// A lesson.
    pub fn lesson(&self, id: LessonId) -> &Lesson {
        &self.lessons[id.0]
    }

    /// A law.
    pub fn law(&self, id: LawId) -> &Law {
        &self.laws[id.0]
    }

    /// A file.
    pub fn blob(&self, id: BlobId) -> &Blob {
        &self.blobs[id.0]
    }

    /// All lessons with their numbers.
    pub fn lesson_ids(&self) -> impl Iterator<Item = (LessonId, &Lesson)> {
        self.lessons.iter().enumerate().map(|(at, lesson)| (LessonId(at), lesson))
    }

    /// All units with their numbers.
    pub fn unit_ids(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.units.iter().enumerate().map(|(at, unit)| (UnitId(at), unit))
    }

    /// The lesson that a number, file name or title means, nearest to a unit and
    /// year first.
    pub fn find_lesson(&self, written: &str, unit: Option<UnitId>, year: Option<i32>) -> Option<LessonId> {
        self.directory.find(written, unit.unwrap_or(UnitId(usize::MAX)), year, &self.lessons)
    }

    /// Takes over the new text of a lesson's file where only its words changed, and tells
    /// which lesson that is.
    pub fn take_words(&mut self, before: &SourceFile, after: &SourceFile) -> Option<LessonId> {
        if before.is_secret() || after.is_secret() || after.text().is_none() {
            return None;
        }
        let own = |lesson: &Lesson| lesson.file == after.path && lesson.kind == LessonKind::Written;
        let at = self.lessons.iter().position(own)?;
        self.lessons[at].take_words(before, after)?;
        Some(LessonId(at))
    }

    /// The file at a path, however its name is cased.
    pub fn blob_at(&self, path: &SourcePath) -> Option<BlobId> {
        if let Ok(at) = self.blobs.binary_search_by(|blob| blob.path.cmp(path)) {
            return Some(BlobId(at));
        }
        let wanted = fold(path.as_str());
        self.blobs.iter().position(|blob| fold(blob.path.as_str()) == wanted).map(BlobId)
    }
}

/// Files that make a page of their own when no lesson has them.
const COURSEWARE: &[&str] = &[
    "pptx", "ppt", "docx", "doc", "pdf", "xlsx", "xls", "wps", "dps", "et", "odt", "odp", "ods", "zip", "rar", "7z",
    "mp4", "mp3",
];

/// Reads all records and connects them.
pub fn load(sources: &Sources, config: &Config, findings: &mut Findings) -> Library {
    load_knowing(sources, config, &Memo::none(), findings)
}

/// As [`load`]; lessons that were read before are remembered by their texts.
pub fn load_knowing(sources: &Sources, config: &Config, memo: &Memo, findings: &mut Findings) -> Library {
    let mut library =
        Library { units: load_units(sources, findings), blobs: load_blobs(sources), ..Library::default() };
    for file in sources.files.iter().filter(|file| file.slot.unit.is_some()) {
        if let (Some(unit), Some(year)) = (library.unit_of(file), file.slot.year) {
            library.years.insert((unit, year));
        }
    }
    library.laws = sources
        .of(FileKind::Basis)
        .flat_map(|file| law::read_laws(file.open_text().unwrap_or(""), &file.path, findings))
        .collect();
    for file in sources.of(FileKind::People).filter(|file| !file.is_secret()) {
        library.has_roster = true;
        library.people = read_people(file.text().unwrap_or(""), &file.path, &library.units, findings);
    }
    library.load_lessons(sources, config, memo, findings);
    library.load_tables(sources, memo, findings);
    library.load_yearly(sources, findings);
    library.load_articles(sources, config, findings);
    resolve::connect(&mut library, findings);
    library
}

fn load_units(sources: &Sources, findings: &mut Findings) -> Vec<Unit> {
    let mut folders: BTreeMap<&str, (Option<&SourceFile>, Option<&SourceFile>)> = BTreeMap::new();
    for file in &sources.files {
        if let Some(folder) = file.slot.unit.as_deref() {
            let entry = folders.entry(folder).or_default();
            match file.kind {
                _ if file.is_secret() => {}
                FileKind::UnitInfo => entry.0 = Some(file),
                FileKind::UnitIntro => entry.1 = Some(file),
                _ => {}
            }
        }
    }
    let mut units: Vec<Unit> = Vec::new();
    for (folder, (info, intro)) in folders {
        let record = match info {
            Some(file) => records::settings(file.text().unwrap_or(""), &file.path, &UNIT, findings),
            None => Record::empty(Place::file(&SourcePath::new(format!("content/units/{folder}")))),
        };
        let mut unit = Unit::read(folder, &record, findings);
        if let Some(text) = intro.and_then(SourceFile::text).filter(|text| !text.trim().is_empty()) {
            unit.intro = Some(text.to_owned());
        }
        units.push(unit);
    }
    units.sort_by(|a, b| {
        (a.order.unwrap_or(u32::MAX), a.kind, &a.folder).cmp(&(b.order.unwrap_or(u32::MAX), b.kind, &b.folder))
    });
    units
}

fn load_blobs(sources: &Sources) -> Vec<Blob> {
    let open = sources.files.iter().filter(|file| !file.is_secret());
    let blobs = open.filter_map(|file| match &file.content {
        Content::Blob { size, disk, held, inside } => Some(Blob {
            path: file.path.clone(),
            disk: disk.clone(),
            size: *size,
            kind: file.kind,
            held: held.clone(),
            inside: inside.clone(),
        }),
        _ => None,
    });
    blobs.collect()
}

/// The tables of a unit.
const TABLES: [FileKind; 6] = [
    FileKind::Plan,
    FileKind::Choices,
    FileKind::Applications,
    FileKind::Evaluations,
    FileKind::Trainees,
    FileKind::Menu,
];

/// What a table of a unit says.
#[derive(Default, Serialize, Deserialize)]
struct Tables {
    sessions: Vec<Session>,
    choices: Vec<Choice>,
    applications: Vec<Application>,
    evaluations: Vec<Evaluation>,
    trainees: Vec<Trainee>,
    menu: Vec<MenuItem>,
    findings: Findings,
}

impl Tables {
    /// Reads one of the [`TABLES`].
    fn read(file: &SourceFile, text: &str, unit: UnitId, year: i32) -> Self {
        let mut tables = Tables::default();
        let (path, findings) = (&file.path, &mut tables.findings);
        match file.kind {
            FileKind::Plan => tables.sessions = Session::read_plan(text, path, unit, year, findings),
            FileKind::Choices => tables.choices = Choice::read_table(text, path, unit, year, findings),
            FileKind::Applications if path.extension() == "csv" => {
                tables.applications = Application::read_table(text, path, unit, year, findings);
            }
            FileKind::Applications => {
                tables.applications.push(Application::read_file(text, path, unit, year, findings));
            }
            FileKind::Evaluations => tables.evaluations = Evaluation::read_table(text, path, unit, year, findings),
            FileKind::Trainees => tables.trainees = Trainee::read_table(text, path, unit, year, findings),
            FileKind::Menu => tables.menu = MenuItem::read_menu(text, path, unit, year, findings),
            _ => {}
        }
        tables
    }
}

impl Library {
    fn unit_of(&self, file: &SourceFile) -> Option<UnitId> {
        let folder = file.slot.unit.as_deref()?;
        self.units.iter().position(|unit| unit.folder == folder).map(UnitId)
    }

    fn load_lessons(&mut self, sources: &Sources, config: &Config, memo: &Memo, findings: &mut Findings) {
        let setting = |file| Some(Setting { unit: self.unit_of(file)?, year: file.slot.year, file });
        let settings: Vec<Setting<'_>> = sources.of(FileKind::Lesson).filter_map(setting).collect();
        let read = |setting: &Setting<'_>| {
            if setting.file.may_be_remembered() {
                return Lesson::read(setting, memo);
            }
            let (mut lesson, noticed) = Lesson::read(setting, &Memo::none());
            lesson.publication = Publication::Withheld;
            (lesson, noticed)
        };
        // A lesson is a large value: each is read into its place, and not moved from list to list.
        let (mut lessons, mut noticed) = (Vec::new(), Vec::new());
        settings.par_iter().map(read).unzip_into_vecs(&mut lessons, &mut noticed);
        noticed.into_iter().for_each(|noticed| findings.append(noticed));
        for written in lessons.iter().filter_map(|lesson| lesson.written_unit.as_ref()) {
            find_unit(written, &self.units, findings);
        }
        for lesson in &mut lessons {
            lesson.attachments = self.attachments_of(lesson, findings);
        }
        self.add_courseware(sources, &mut lessons);
        lessons.sort_by(|a, b| {
            let key = |lesson: &Lesson| (lesson.unit, lesson.year, lesson.weight.unwrap_or(u32::MAX));
            key(a).cmp(&key(b)).then_with(|| a.file.cmp(&b.file))
        });
        number(&mut lessons, &self.units, findings);
        let is_kept_back = |lesson: &mut Lesson| match lesson.publication {
            Publication::Published => false,
            Publication::Draft => !config.drafts,
            Publication::Withheld => true,
        };
        self.kept_back = lessons.extract_if(.., is_kept_back).collect();
        self.lessons = lessons;
    }

    /// 附件: what is named, what has the same stem, and what lies in the bundle.
    fn attachments_of(&self, lesson: &Lesson, findings: &mut Findings) -> Vec<BlobId> {
        let mut found = Vec::new();
        for written in &lesson.written_attachments {
            match lesson.file.join_from_folder(&written.value.replace('\\', "/")).and_then(|path| self.blob_at(&path)) {
                Some(blob) => found.push(blob),
                None => findings.push(Finding::new("E117", written.place.clone()).with("名", &written.value)),
            }
        }
        let folder = lesson.file.folder();
        let is_bundle = lesson.stem != lesson.file.stem();
        let first = self.blobs.partition_point(|blob| blob.path.as_str() < folder);
        for (at, blob) in
            self.blobs.iter().enumerate().skip(first).take_while(|(_, blob)| blob.path.as_str().starts_with(folder))
        {
            let beside = blob.path.folder() == folder;
            let same_stem = beside && blob.path.stem() == lesson.file.stem() && !is_picture(&blob.path);
            let in_bundle = is_bundle
                && (beside || blob.path.folder().starts_with(&format!("{folder}/")))
                && !is_picture(&blob.path);
            if same_stem || in_bundle {
                found.push(BlobId(at));
            }
        }
        let mut seen = BTreeSet::new();
        found.retain(|blob| seen.insert(*blob));
        found
    }

    /// A pptx, docx or pdf that no lesson has becomes a lesson by itself.
    fn add_courseware(&self, sources: &Sources, lessons: &mut Vec<Lesson>) {
        let owned: BTreeSet<BlobId> = lessons.iter().flat_map(|lesson| lesson.attachments.iter().copied()).collect();
        let mut bodies: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, lesson) in lessons.iter().enumerate() {
            bodies.entry(lesson.file.folder().to_owned()).or_default().push(at);
        }
        for file in sources.of(FileKind::Attachment) {
            let Some(blob) = self.blob_at(&file.path) else { continue };
            let is_courseware = COURSEWARE.contains(&file.path.extension().as_str());
            let siblings = bodies.get(file.path.folder()).map(Vec::as_slice).unwrap_or_default();
            let named = siblings.iter().any(|at| mentions(&lessons[*at].body, file.path.name()));
            if !is_courseware || owned.contains(&blob) || named {
                continue;
            }
            if let Some(unit) = self.unit_of(file) {
                let mut lesson = Lesson::courseware(&Setting { unit, year: file.slot.year, file });
                lesson.attachments.push(blob);
                lesson.summary = file.inside().and_then(|inside| summary::of_file(inside)).unwrap_or_default();
                lessons.push(lesson);
            }
        }
    }

    /// Tables of units, one file a year each, on all cores.
    fn load_tables(&mut self, sources: &Sources, memo: &Memo, findings: &mut Findings) {
        let read = |file: &&SourceFile| {
            let (unit, year, text) = (self.unit_of(file)?, file.slot.year?, file.open_text()?);
            let folder = format!("{} {year}", unit.0);
            let inputs = |facts: Facts| Key::of([file.path.as_str().as_bytes(), folder.as_bytes(), &facts.key.0]);
            let facts = file.facts().filter(|_| file.may_be_remembered());
            Some(memo.remember(Kind::Table, facts.map(inputs), || Tables::read(file, text, unit, year)))
        };
        let files: Vec<&SourceFile> = sources.files.iter().filter(|file| TABLES.contains(&file.kind)).collect();
        let read: Vec<Tables> = files.par_iter().filter_map(read).collect();
        for tables in read {
            self.sessions.extend(tables.sessions);
            self.choices.extend(tables.choices);
            self.applications.extend(tables.applications);
            self.evaluations.extend(tables.evaluations);
            self.trainees.extend(tables.trainees);
            self.menu.extend(tables.menu);
            findings.append(tables.findings);
        }
    }

    /// Tables of the bureau, one file a year.
    fn load_yearly(&mut self, sources: &Sources, findings: &mut Findings) {
        for file in &sources.files {
            let (None, Some(year), Some(text)) = (&file.slot.unit, file.slot.year, file.open_text()) else { continue };
            match file.kind {
                FileKind::Exams => self.exams.extend(Exam::read_table(text, &file.path, year, findings)),
                FileKind::Awards => self.awards.push(Awards::read(text, &file.path, year, findings)),
                _ => {}
            }
        }
        self.awards.sort_by_key(|awards| awards.year);
    }

    fn load_articles(&mut self, sources: &Sources, config: &Config, findings: &mut Findings) {
        let is_article =
            |kind| matches!(kind, FileKind::Document | FileKind::Notice | FileKind::Summary | FileKind::Page);
        for file in sources.files.iter().filter(|file| is_article(file.kind)) {
            let mut article = Article::read(file, self.unit_of(file), findings);
            for written in &article.written_attachments {
                match article.file.join_from_folder(&written.value).and_then(|path| self.blob_at(&path)) {
                    Some(blob) => article.attachments.push(blob),
                    None => findings.push(Finding::new("E117", written.place.clone()).with("名", &written.value)),
                }
            }
            let shown = match article.publication {
                Publication::Published => true,
                Publication::Draft => config.drafts,
                Publication::Withheld => false,
            };
            if shown && !file.is_secret() {
                self.articles.push(article);
            }
        }
        self.articles.sort_by(|a, b| {
            let order = |article: &Article| (article.kind, article.unit, article.weight.unwrap_or(u32::MAX));
            let newest_first = if a.kind == ArticleKind::Notice { b.date.cmp(&a.date) } else { a.date.cmp(&b.date) };
            order(a).cmp(&order(b)).then(newest_first).then_with(|| a.file.cmp(&b.file))
        });
    }
}

/// Whether a body names a file, as written or percent-encoded.
fn mentions(body: &str, name: &str) -> bool {
    body.contains(name) || (body.contains('%') && body.contains(&name.replace(' ', "%20")))
}

fn is_picture(path: &SourcePath) -> bool {
    matches!(path.extension().as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "svg")
}

/// 编号: a number that two lessons share stays with the first (E119); who has none
/// gets one from unit, year and order.
fn number(lessons: &mut [Lesson], units: &[Unit], findings: &mut Findings) {
    let mut taken: BTreeMap<String, SourcePath> = BTreeMap::new();
    for lesson in lessons.iter_mut() {
        let Some(place) = lesson.written_number.clone() else { continue };
        match taken.get(&fold(&lesson.number)) {
            Some(first) => {
                findings.push(
                    Finding::new("E119", place)
                        .with("文件A", first)
                        .with("文件B", &lesson.file)
                        .with("id", &lesson.number),
                );
                lesson.number.clear();
            }
            None => {
                taken.insert(fold(&lesson.number), lesson.file.clone());
            }
        }
    }
    let mut next: BTreeMap<(UnitId, Option<i32>), u32> = BTreeMap::new();
    for lesson in lessons.iter_mut().filter(|lesson| lesson.number.is_empty()) {
        let count = next.entry((lesson.unit, lesson.year)).or_default();
        loop {
            *count += 1;
            let year = lesson.year.map_or_else(|| "x".to_owned(), |year| year.to_string());
            let number = format!("{}-{year}-{count:02}", units[lesson.unit.0].slug);
            if !taken.contains_key(&fold(&number)) {
                lesson.number = number;
                break;
            }
        }
    }
    report_copies(lessons, findings);
}

/// 同名副本: “xxx - 副本.md” or “xxx(1).pptx” next to “xxx.md” (DOMAIN.md 7). The copy
/// is told, which is the one whose name says so, else the later one.
fn report_copies(lessons: &[Lesson], findings: &mut Findings) {
    let mut titles: BTreeMap<(UnitId, Option<i32>, String), Vec<&Lesson>> = BTreeMap::new();
    for lesson in lessons {
        let title = if without_copy_mark(&lesson.title) == without_copy_mark(&lesson.stem) {
            without_copy_mark(&lesson.title)
        } else {
            &lesson.title
        };
        titles.entry((lesson.unit, lesson.year, fold(title))).or_default().push(lesson);
    }
    for mut same in titles.into_values() {
        same.sort_by_key(|lesson| without_copy_mark(&lesson.stem) != lesson.stem);
        let Some((first, copies)) = same.split_first() else { continue };
        let is_told = |copy: &&&Lesson| copy.kind == LessonKind::Written || without_copy_mark(&copy.stem) != copy.stem;
        for copy in copies.iter().filter(is_told) {
            let finding = Finding::file("H126", &copy.file).with("文件A", &first.file);
            findings.push(finding.with("标题", without_copy_mark(&copy.title)));
        }
    }
}

/// A name without what file managers put behind the name of a copy.
fn without_copy_mark(name: &str) -> &str {
    let mut name = name.trim();
    loop {
        let bare = name.trim_end_matches(['）', ')']).trim_end_matches(|c: char| c.is_ascii_digit());
        let counted =
            bare.strip_suffix(['（', '(']).filter(|_| name.ends_with(['）', ')']) && bare.len() + 1 < name.len());
        let marked = ["副本", "拷贝", "copy", "Copy"].iter().find_map(|mark| name.strip_suffix(mark));
        match counted.or(marked).map(|rest| rest.trim_end_matches([' ', '-', '－', '—', '_'])) {
            Some(rest) if !rest.is_empty() => name = rest,
            _ => return name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        for name in ["夜巡", "夜巡 - 副本", "夜巡(1)", "夜巡（2）", "夜巡 - 副本 (2)", "夜巡 副本", "夜巡 - Copy"]
        {
            assert_eq!(without_copy_mark(name), "夜巡", "{name}");
        }
        for name in ["夜巡（二）", "副本", "(1)", "案例2", "怎样制作副本的公证件"] {
            assert_eq!(without_copy_mark(name), name);
        }
    }
}
