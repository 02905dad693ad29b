//! What is asked: pieces of titles and of texts, names and their sounds, always the same
//! for the same library.

use std::fs;
use std::path::Path;

use crate::Result;
use crate::corpus::files;

/// How many queries of each sort there are.
const OF_A_SORT: usize = 25;

/// A lesson of the made library.
struct Lesson {
    title: String,
    instructor: String,
    body: String,
}

/// The queries for the library of a root.
pub fn of(root: &Path) -> Result<Vec<String>> {
    let paths = files(&root.join("content"))?.into_iter().map(|(path, _)| path);
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let lessons: Vec<Lesson> = texts.filter_map(|path| lesson(&fs::read_to_string(path).ok()?)).collect();
    if lessons.is_empty() {
        return Err("no lesson with title and instructor".into());
    }
    let mut dice = Dice(20_251_231);
    let mut queries = Vec::new();
    for _ in 0..OF_A_SORT {
        queries.push(cut(&lessons[dice.below(lessons.len())].title, 3 + dice.below(4), &mut dice));
        queries.push(cut(&lessons[dice.below(lessons.len())].body, 2 + dice.below(6), &mut dice));
        let name = &lessons[dice.below(lessons.len())].instructor;
        queries.push(jiangtai::base::slug::slug(name).replace('-', ""));
        queries.push(name.clone());
    }
    Ok(queries)
}

fn lesson(text: &str) -> Option<Lesson> {
    let (head, body) = text.strip_prefix("---")?.split_once("\n---")?;
    let value = |key: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.trim().trim_matches('"').to_owned())
    };
    Some(Lesson { title: value("title:")?, instructor: value("instructor:")?, body: body.to_owned() })
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
