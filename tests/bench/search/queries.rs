//! What is asked: pieces of titles and of texts, names and their sounds, always the same
//! for the same library.

use std::fs;
use std::path::Path;

use crate::Result;
use crate::corpus::files;

/// How many queries of each sort there are.
const OF_A_SORT: usize = 25;

/// The queries for the library of a root.
pub fn of(root: &Path) -> Result<Vec<String>> {
    let lessons: Vec<String> = files(&root.join("content"))?
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|extension| extension == "md"))
        .filter_map(|(path, _)| fs::read_to_string(path).ok())
        .collect();
    let mut dice = Dice(20_251_231);
    let mut queries = Vec::new();
    let value = |lesson: &str, key: &str| {
        let line = lesson.lines().find(|line| line.starts_with(key))?;
        Some(line[key.len()..].trim_matches(|c: char| " :：\"[]".contains(c)).to_owned())
    };
    for _ in 0..OF_A_SORT {
        let title = value(&lessons[dice.below(lessons.len())], "标题").ok_or("a lesson without a title")?;
        queries.push(cut(&title, 3 + dice.below(4), &mut dice));
        let body = lessons[dice.below(lessons.len())].split("\n---").nth(1).unwrap_or_default().to_owned();
        let lines: Vec<&str> =
            body.lines().filter(|line| line.chars().filter(|c| *c > '\u{4e00}').count() > 8).collect();
        queries.push(cut(lines[dice.below(lines.len())], 2 + dice.below(6), &mut dice));
        let name = value(&lessons[dice.below(lessons.len())], "小教员").ok_or("a lesson without an instructor")?;
        queries.push(jiangtai::base::slug::slug(&name).replace('-', ""));
        queries.push(name);
    }
    Ok(queries)
}

/// Some characters of a text without a mark between them, if there are so many.
fn cut(text: &str, length: usize, dice: &mut Dice) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let runs: Vec<Vec<char>> = text.split(is_mark).map(|run| run.chars().collect()).collect();
    let long: Vec<&Vec<char>> = runs.iter().filter(|run: &&Vec<char>| run.len() >= length).collect();
    let Some(run) =
        (if long.is_empty() { runs.iter().max_by_key(|run| run.len()) } else { Some(long[dice.below(long.len())]) })
    else {
        return text.to_owned();
    };
    let length = length.min(run.len());
    let start = dice.below(run.len() - length + 1);
    run[start..start + length].iter().collect()
}

/// Numbers that look thrown and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}
