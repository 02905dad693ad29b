//! Whether a pack is what its list of sums says, without unpacking it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::PublishError;
use super::sums::{self, SUMS};
use super::verify::{Altered, Verdict, of_bytes};
use crate::output::is_litter;

/// No list is longer than this; one that claims to be would only fill the memory.
const LONGEST_LIST: u64 = 64 * 1024 * 1024;

type Archive = ZipArchive<BufReader<File>>;

/// Checks a zip file.
pub(super) fn verify(place: &Path) -> Result<Verdict, PublishError> {
    let file = File::open(place).map_err(|error| PublishError::disk("读取", place, error))?;
    let no_list = |why: &str| Ok(Verdict::without_list(place, why.to_owned()));
    let Ok(mut archive) = ZipArchive::new(BufReader::new(file)) else {
        return no_list("不是完整的 zip 文件（可能没有复制完）");
    };
    if archive.has_duplicate_names() {
        return no_list("压缩包里有重名的文件");
    }
    let names = archive.file_names().map(|name| Some(name.ok()?.into_owned())).collect::<Option<Vec<String>>>();
    let Some(names) = names else { return no_list("压缩包里有读不出来的文件名") };
    let Some(top) = top(&names) else { return no_list(&format!("压缩包里没有校验表 {SUMS}")) };
    let list = match read_list(&mut archive, &format!("{top}{SUMS}")) {
        Ok(list) => list,
        Err(why) => return no_list(&why),
    };
    let listed = match of_bytes(&list) {
        Ok(listed) => listed,
        Err(why) => return no_list(&why),
    };
    let mut left: BTreeMap<&str, &str> = listed.iter().map(|(path, sum)| (path.as_str(), sum.as_str())).collect();
    let mut verdict = Verdict {
        place: place.to_path_buf(),
        files: listed.len(),
        check_code: sums::check_code(&list),
        ..Verdict::default()
    };
    for name in names.iter().filter(|name| !name.ends_with('/')) {
        let path = name.strip_prefix(&top);
        match path.and_then(|path| Some((path, left.remove(path)?))) {
            Some((path, sum)) => verdict.altered.extend(altered(&mut archive, name, path, sum)),
            None if path == Some(SUMS) || is_litter(name.rsplit('/').next().unwrap_or_default()) => {}
            None => verdict.extra.push(name.clone()),
        }
    }
    // What other programs unpack goes by the heads of the entries, not by the directory.
    if verdict.altered.is_empty() && archive.validate_header_consistency().is_err() {
        verdict.list = Some("压缩包的目录和内容对不上".to_owned());
    }
    verdict.missing = left.into_keys().map(str::to_owned).collect();
    Ok(verdict)
}

/// The folder in the archive that the list is of: where the list stands highest.
fn top(names: &[String]) -> Option<String> {
    let lists = names.iter().filter_map(|name| name.strip_suffix(SUMS));
    let tops = lists.filter(|top| top.is_empty() || top.ends_with('/'));
    tops.min_by_key(|top| (top.matches('/').count(), top.len())).map(str::to_owned)
}

fn read_list(archive: &mut Archive, name: &str) -> Result<Vec<u8>, String> {
    let unreadable = |_| format!("校验表 {SUMS} 读不出来");
    let entry = archive.by_name(name).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    entry.take(LONGEST_LIST).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    Ok(bytes)
}

/// What is the matter with an entry, if anything is. It is read to its end, so that the
/// archive's own sum is checked as well.
fn altered(archive: &mut Archive, name: &str, path: &str, sum: &str) -> Option<Altered> {
    let Ok(mut entry) = archive.by_name(name) else { return Some(Altered::new(path, "读不出来")) };
    if !entry.is_file() {
        return Some(Altered::new(path, "不是普通文件"));
    }
    match sums::of_reader(&mut entry) {
        Ok(found) if found == sum => None,
        Ok(_) => Some(Altered::new(path, "内容不同")),
        Err(_) => Some(Altered::new(path, "读不出来")),
    }
}
