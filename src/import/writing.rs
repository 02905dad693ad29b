//! Writes blocks as Markdown, and keeps what goes beside it.

use std::collections::BTreeMap;

use super::Counts;
use super::inline::{self, opened};
use crate::base::text::count_characters;
use crate::courseware::Media;
use crate::courseware::paper::{Block, Run, numbered_heading, text_of_runs};

/// A body that is being written.
pub struct Writing {
    media: Media,
    body: String,
    /// Pictures that the body shows, with their names beside it.
    pictures: Vec<(String, Vec<u8>)>,
    /// The names of pictures by their entries; nothing for those that browsers do not show.
    names: BTreeMap<String, Option<String>>,
    footnotes: BTreeMap<String, Vec<Block>>,
    /// The footnotes that are referred to, in order.
    referred: Vec<String>,
    counts: Counts,
    notes: Vec<String>,
    /// How many pictures browsers do not show.
    unshown: usize,
    /// How far each level of the list at hand has counted; nothing outside of lists.
    list: Vec<u32>,
    /// Whether the outermost items of the list at hand are numbered.
    is_numbered: bool,
}

/// A body that is written.
pub struct Written {
    /// The text.
    pub body: String,
    /// The pictures that it shows, by their names beside it.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What it has.
    pub counts: Counts,
    /// What must be told of it.
    pub notes: Vec<String>,
}

impl Writing {
    /// Begins with the pictures that there are.
    pub fn new(media: Media) -> Self {
        Self {
            media,
            body: String::new(),
            pictures: Vec::new(),
            names: BTreeMap::new(),
            footnotes: BTreeMap::new(),
            referred: Vec::new(),
            counts: Counts::default(),
            notes: Vec::new(),
            unshown: 0,
            list: Vec::new(),
            is_numbered: false,
        }
    }

    /// Takes the footnotes that runs refer to.
    pub fn set_notes(&mut self, notes: BTreeMap<String, Vec<Block>>) {
        self.footnotes = notes;
    }

    /// Tells something of what could not be carried over.
    pub fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    /// Writes blocks. The highest of their headings becomes one of the second level;
    /// papers that number their headings by hand and have no others get them where they
    /// count, if `counts_headings`.
    pub fn blocks(&mut self, blocks: &[Block], counts_headings: bool) {
        let levels = blocks.iter().filter_map(|block| match block {
            Block::Heading(level @ 1.., _) => Some(*level),
            _ => None,
        });
        let top = levels.min();
        let by_hand = counts_headings && top.is_none();
        for block in blocks {
            match block {
                Block::Heading(level, runs) => self.heading(2 + level.saturating_sub(top.unwrap_or(1)), runs),
                Block::Paragraph(runs) => match numbered_heading(&text_of_runs(runs)).filter(|_| by_hand) {
                    Some(level) => self.heading(1 + level, runs),
                    None => self.paragraph(runs),
                },
                Block::Item { level, is_numbered, runs } => self.item(*level, *is_numbered, runs),
                Block::Table(rows) => self.table(rows),
            }
        }
    }

    /// A heading; emphasis in it says nothing.
    pub fn heading(&mut self, level: u8, runs: &[Run]) {
        let plain: Vec<Run> = runs
            .iter()
            .map(|run| match run {
                Run::Text { text, .. } => Run::plain(text.as_str()),
                Run::Break => Run::plain(" "),
                other => other.clone(),
            })
            .collect();
        let text = self.line(&plain, false);
        if !text.trim().is_empty() {
            self.counts.headings += 1;
            self.chunk(&format!("{} {}", "#".repeat(usize::from(level.clamp(2, 6))), text.trim()));
        }
    }

    fn paragraph(&mut self, runs: &[Run]) {
        // 1、 is how people count; Markdown counts with a dot.
        if let Some((number, rest)) = counted(runs) {
            let text = self.line(&rest, false);
            return self.list_line(0, Some(number), text.trim());
        }
        let text = self.line(runs, false);
        let lines: Vec<String> = text.trim().lines().map(opened).collect();
        if !lines.is_empty() {
            self.chunk(&lines.join("\n"));
        }
    }

    /// An item of a list.
    pub fn item(&mut self, level: u8, is_numbered: bool, runs: &[Run]) {
        let text = self.line(runs, false).replace("\\\n", " ");
        let level = usize::from(level).min(self.list.len()).min(5);
        let number = is_numbered.then(|| self.list.get(level).map_or(1, |number| number + 1));
        if !text.trim().is_empty() {
            self.list_line(level, number, text.trim());
        }
    }

    /// Three blanks a level fit below both kinds of marks.
    fn list_line(&mut self, level: usize, number: Option<u32>, text: &str) {
        let is_new = self.list.is_empty() || (level == 0 && number.is_some() != self.is_numbered);
        if is_new && !self.body.is_empty() {
            self.body.push('\n');
        }
        if level == 0 {
            self.is_numbered = number.is_some();
        }
        self.list.resize(level + 1, 0);
        self.list[level] = number.unwrap_or(0);
        let mark = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
        self.counts.items += 1;
        self.body.push_str(&format!("{}{mark} {text}\n", "   ".repeat(level)));
    }

    /// A table; one of a single column is only a frame around what stands in it.
    fn table(&mut self, rows: &[Vec<Vec<Block>>]) {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if width <= 1 {
            let cells: Vec<Block> = rows.iter().flatten().flatten().cloned().collect();
            return self.blocks(&cells, false);
        }
        let mut lines = Vec::new();
        for row in rows {
            let mut cells: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
            cells.resize(width, String::new());
            lines.push(format!("| {} |", cells.join(" | ")));
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(width)));
            }
        }
        self.counts.tables += 1;
        self.chunk(&lines.join("\n"));
    }

    fn cell(&mut self, cell: &[Block]) -> String {
        let mut lines = Vec::new();
        for block in cell {
            match block {
                Block::Heading(_, runs) | Block::Paragraph(runs) | Block::Item { runs, .. } => {
                    lines.push(self.line(runs, true));
                }
                Block::Table(_) => lines.push(inline::escaped(&block.text()).replace('|', "\\|")),
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines.join("<br>").trim().replace('\n', " ")
    }

    fn line(&mut self, runs: &[Run], in_table: bool) -> String {
        let Self { media, pictures, names, referred, unshown, .. } = self;
        let mut picture = |entry: &str, shows: &str| {
            let name = names.entry(entry.to_owned()).or_insert_with(|| {
                let bytes = media.remove(entry)?;
                let Some(extension) = extension(&bytes) else {
                    *unshown += 1;
                    return None;
                };
                let name = format!("图{}.{extension}", pictures.len() + 1);
                pictures.push((name.clone(), bytes));
                Some(name)
            });
            name.as_ref().map_or_else(String::new, |name| {
                let shows = if is_said(shows) { shows } else { name.split('.').next().unwrap_or(name) };
                format!("![{}]({name})", inline::escaped(shows))
            })
        };
        let note = |name: &str| {
            let at = referred.iter().position(|known| known == name).unwrap_or_else(|| {
                referred.push(name.to_owned());
                referred.len() - 1
            });
            format!("[^{}]", at + 1)
        };
        inline::line(runs, in_table, &mut picture, note)
    }

    /// Pictures one below the other.
    pub fn pictures(&mut self, entries: &[String]) {
        for entry in entries {
            self.paragraph(&[Run::Picture(entry.clone(), String::new())]);
        }
    }

    /// A piece of the body, set apart by an empty line.
    pub fn chunk(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.body.is_empty() {
            self.body.push('\n');
        }
        self.body.push_str(text);
        self.body.push('\n');
        self.list.clear();
    }

    /// Ends the body with its footnotes.
    pub fn done(mut self) -> Written {
        let mut at = 0;
        // A footnote may refer to another one.
        while let Some(name) = self.referred.get(at).cloned() {
            let blocks = self.footnotes.remove(&name).unwrap_or_default();
            let text = self.cell(&blocks);
            self.chunk(&format!("[^{}]: {}", at + 1, text.replace("\\|", "|")));
            self.counts.notes += 1;
            at += 1;
        }
        self.counts.characters = count_characters(&self.body);
        if self.unshown > 0 {
            self.notes.push(format!(
                "有 {} 张图片是浏览器打不开的格式（EMF、WMF、TIFF 等），没有带过来，原件里还有",
                self.unshown
            ));
        }
        Written { body: self.body, pictures: self.pictures, counts: self.counts, notes: self.notes }
    }
}

/// The extension of a picture that browsers show.
fn extension(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        [b'B', b'M', ..] => Some("bmp"),
        _ => None,
    }
}

/// Whether somebody said what a picture shows: programs put in names of files, guesses
/// and numbers.
fn is_said(shows: &str) -> bool {
    let lower = shows.to_lowercase();
    let stock = ["图片", "图像", "picture", "image", "img", "屏幕截图", "screenshot", "figure"];
    !shows.trim().is_empty() && !lower.contains('.') && !stock.iter().any(|word| lower.starts_with(word))
}

/// The number of a paragraph that begins with 1、 and what follows it.
fn counted(runs: &[Run]) -> Option<(u32, Vec<Run>)> {
    let (Run::Text { text, is_bold, is_italic, is_struck, link }, rest) = runs.split_first()? else { return None };
    let text = text.trim_start();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = text[digits..].strip_prefix(['、', '．'])?;
    let number = text[..digits].parse().ok().filter(|number| (1..100).contains(number))?;
    let first = Run::Text {
        text: after.trim_start().to_owned(),
        is_bold: *is_bold,
        is_italic: *is_italic,
        is_struck: *is_struck,
        link: link.clone(),
    };
    Some((number, std::iter::once(first).chain(rest.iter().cloned()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Run::plain(text)])
    }

    fn written(blocks: &[Block]) -> String {
        let mut writing = Writing::new(Media::new());
        writing.blocks(blocks, true);
        writing.done().body
    }

    #[test]
    fn headings_by_hand_become_headings() {
        let text = written(&[
            paragraph("一、导入"),
            paragraph("先问三句。"),
            paragraph("（一）第一句"),
            paragraph("1、买的是什么"),
            paragraph("2、多少钱"),
        ]);
        assert_eq!(text, "## 一、导入\n\n先问三句。\n\n### （一）第一句\n\n1. 买的是什么\n2. 多少钱\n");
    }

    #[test]
    fn lists_nest_and_tables_keep_their_columns() {
        let item = |level, text: &str| Block::Item { level, is_numbered: false, runs: vec![Run::plain(text)] };
        let row = |cells: &[&str]| cells.iter().map(|text| vec![paragraph(text)]).collect::<Vec<_>>();
        let table = Block::Table(vec![row(&["甲", "乙|丙"]), row(&["一"])]);
        let text = written(&[item(0, "外"), item(1, "里"), table]);
        assert_eq!(text, "- 外\n   - 里\n\n| 甲 | 乙\\|丙 |\n| --- | --- |\n| 一 |  |\n");
    }
}
