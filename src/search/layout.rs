//! How the text of a page stands in the index: fields by regions of positions.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::normalize::{GAP, append_units, units};

/// Where the region of meta strings begins; the title stands before it.
pub const META: usize = 64;
/// Where the region of headings begins.
pub const HEADINGS: usize = 256;
/// Where the body begins.
pub const BODY: usize = 1024;
/// The most units of a title that stand in its region.
const TITLE_ROOM: usize = META - 2;

/// What stands on a page, as a reader would find it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageText {
    /// The title.
    pub title: String,
    /// Facts: names, units, tags, laws.
    pub meta: Vec<String>,
    /// Headings and texts in their order.
    pub blocks: Vec<Block>,
}

/// A heading or a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Whether it is a heading.
    pub is_heading: bool,
    /// The nearest id before it, to which a hit leads; empty without one.
    pub anchor: String,
    /// Its text.
    pub text: String,
    /// The file and its page or slide, for text out of an attachment; else empty.
    pub place: String,
}

/// The units of a page in their regions, without the gaps that fill them up. All pages
/// of a library are held at once, so that it is one string of units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    units: Box<[u16]>,
    /// Where title, facts and headings end.
    ends: [usize; 3],
}

impl PageText {
    /// Where each unit stands. What finds no room in its region stands at the
    /// beginning of the body, so that nothing is lost.
    pub fn layout(&self) -> Layout {
        let mut overflow: Vec<Vec<u16>> = Vec::new();
        let title = units(&self.title);
        let mut all = title[..title.len().min(TITLE_ROOM)].to_vec();
        // Half of a character is none.
        if title.len() > TITLE_ROOM && all.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            all.pop();
        }
        let mut ends = [all.len(); 3];
        if title.len() > TITLE_ROOM {
            overflow.push(title);
        }
        for text in &self.meta {
            place(&mut all, ends[0], units(text), HEADINGS - META - 2, &mut overflow);
        }
        ends[1] = all.len();
        for block in self.blocks.iter().filter(|block| block.is_heading) {
            place(&mut all, ends[1], units(&block.text), BODY - HEADINGS - 2, &mut overflow);
        }
        ends[2] = all.len();
        for text in overflow {
            join(&mut all, ends[2], &text);
        }
        for block in self.blocks.iter().filter(|block| !block.is_heading) {
            append_units(&block.text, ends[2], &mut all);
        }
        Layout { units: all.into(), ends }
    }

    /// The text as the browser gets it for excerpts.
    pub fn to_json(&self) -> Value {
        let blocks: Vec<Value> = self.blocks.iter().map(Block::to_json).collect();
        json!({"t": self.title, "m": self.meta, "b": blocks})
    }

    /// The text out of what [`PageText::to_json`] gave.
    pub fn from_json(value: &Value) -> Self {
        let string = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let block = |block: &Value| Block {
            is_heading: block.get(0).and_then(Value::as_u64) == Some(1),
            anchor: string(block.get(1)),
            text: string(block.get(2)),
            place: string(block.get(3)),
        };
        PageText {
            title: string(value.get("t")),
            meta: list("m").iter().map(|text| string(Some(text))).collect(),
            blocks: list("b").iter().map(block).collect(),
        }
    }
}

impl Block {
    fn to_json(&self) -> Value {
        let kind = u8::from(self.is_heading);
        match self.place.is_empty() {
            true => json!([kind, self.anchor, self.text]),
            false => json!([kind, self.anchor, self.text, self.place]),
        }
    }
}

/// Puts a string into the region that begins at `start`, if it fits wholly.
fn place(all: &mut Vec<u16>, start: usize, text: Vec<u16>, room: usize, overflow: &mut Vec<Vec<u16>>) {
    let held = all.len() - start;
    if held + usize::from(held > 0) + text.len() <= room {
        join(all, start, &text);
    } else {
        overflow.push(text);
    }
}

fn join(all: &mut Vec<u16>, start: usize, text: &[u16]) {
    if text.is_empty() {
        return;
    }
    if all.len() > start {
        all.push(GAP);
    }
    all.extend_from_slice(text);
}

impl Layout {
    /// How many units the title's region has.
    pub fn title_length(&self) -> usize {
        self.ends[0]
    }

    /// How many units there are, gaps left out.
    pub fn length(&self) -> u32 {
        let count = self.units.iter().filter(|unit| **unit != GAP).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The regions with their first positions.
    pub fn regions(&self) -> [(usize, &[u16]); 4] {
        let [title, meta, headings] = self.ends;
        [
            (0, &self.units[..title]),
            (META, &self.units[title..meta]),
            (HEADINGS, &self.units[meta..headings]),
            (BODY, &self.units[headings..]),
        ]
    }

    /// All units of all regions.
    pub fn units(&self) -> &[u16] {
        &self.units
    }

    /// One string of units whose index is the position.
    pub fn whole(&self) -> Vec<u16> {
        let mut all = vec![GAP; BODY];
        for (start, region) in self.regions() {
            if start == BODY {
                all.extend_from_slice(region);
            } else {
                all[start..start + region.len()].copy_from_slice(region);
            }
        }
        all
    }

    /// The layout out of what [`Layout::whole`] gave.
    pub fn from_whole(all: &[u16]) -> Self {
        let mut units = Vec::new();
        let mut ends = [0; 3];
        for (at, (start, end)) in
            [(0, META), (META, HEADINGS), (HEADINGS, BODY), (BODY, all.len().max(BODY))].into_iter().enumerate()
        {
            let part = all.get(start..end.min(all.len())).unwrap_or_default();
            let used = part.iter().rposition(|unit| *unit != GAP).map_or(0, |at| at + 1);
            units.extend_from_slice(&part[..used]);
            if let Some(own) = ends.get_mut(at) {
                *own = units.len();
            }
        }
        Layout { units: units.into(), ends }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, is_heading: bool) -> Block {
        Block { is_heading, text: text.to_owned(), ..Block::default() }
    }

    #[test]
    fn fields_stand_in_their_regions() {
        let text = PageText {
            title: "退一赔三".into(),
            meta: vec!["城东分局".into(), "杨芒种".into()],
            blocks: vec![block("要点", true), block("价款三倍。", false), block("五百元", false)],
        };
        let whole = text.layout().whole();
        let at = |start: usize, length: usize| String::from_utf16_lossy(&whole[start..start + length]);
        assert_eq!((at(0, 4), at(META, 8)), ("退一赔三".into(), "城东分局 杨芒种".into()));
        assert_eq!((at(HEADINGS, 2), at(BODY, 8)), ("要点".into(), "价款三倍 五百元".into()));
        assert_eq!(Layout::from_whole(&whole), text.layout());
        assert_eq!(PageText::from_json(&text.to_json()), text);
    }

    #[test]
    fn what_finds_no_room_stands_in_the_body() {
        let long = "长".repeat(200);
        let text = PageText { title: long.clone(), meta: vec![long, "短".into()], blocks: vec![block("尾", false)] };
        let layout = text.layout();
        assert_eq!(layout.regions().map(|(_, region)| region.len()), [TITLE_ROOM, 1, 0, 200 + 1 + 200 + 1 + 1]);
    }
}
