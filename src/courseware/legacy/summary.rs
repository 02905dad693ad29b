//! What an older document says of itself.

use std::io::{Read, Seek};

use encoding_rs::{GBK, WINDOWS_1252};

use super::{Compound, Numbers, wide};
use crate::courseware::office::tidy;
use crate::source::Properties;

/// The properties and the number of pages; what is broken is left out.
pub fn properties<R: Read + Seek>(file: &mut Compound<R>) -> (Properties, Option<u32>) {
    let mut found = Properties::default();
    let mut pages = None;
    let Ok(Some(stream)) = file.stream("/\u{5}SummaryInformation") else { return (found, pages) };
    let start = stream.place_at(44).unwrap_or(usize::MAX);
    let section = stream.get(start..).unwrap_or_default();
    let count = section.place_at(4).unwrap_or(0).min(100);
    let entry = |at: usize| Some((section.u32_at(8 + 8 * at)?, section.get(section.place_at(12 + 8 * at)?..)?));
    let entries: Vec<(u32, &[u8])> = (0..count).filter_map(entry).collect();
    let code_page = entries.iter().find(|(id, _)| *id == 1).and_then(|(_, value)| value.u16_at(4)).unwrap_or(1252);
    for (id, value) in entries {
        let name = match id {
            2 => "标题",
            3 => "主题",
            4 => "作者",
            5 => "标记",
            6 => "备注",
            8 => "最后修改者",
            14 => {
                pages = value.u32_at(4).filter(|pages| *pages > 0);
                continue;
            }
            _ => continue,
        };
        let Some(text) = text(value, code_page).filter(|text| !text.is_empty()) else { continue };
        match id {
            2 => found.title = Some(text.clone()),
            4 => found.author = Some(text.clone()),
            _ => {}
        }
        found.all.push((name.to_owned(), text));
    }
    (found, pages)
}

/// A text of one byte or of two bytes a unit.
fn text(value: &[u8], code_page: u16) -> Option<String> {
    let length = value.place_at(4)?;
    let text = match value.u32_at(0)? {
        0x1e => {
            let bytes = value.get(8..8usize.checked_add(length)?)?;
            match code_page {
                936 => GBK.decode_without_bom_handling(bytes).0.into_owned(),
                65001 => String::from_utf8_lossy(bytes).into_owned(),
                1200 => wide(bytes),
                _ => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            }
        }
        0x1f => wide(value.get(8..8usize.checked_add(length.checked_mul(2)?)?)?),
        _ => return None,
    };
    Some(tidy(text.trim_end_matches('\0')))
}
