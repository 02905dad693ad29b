//! tantivy's index on disk: used again while nothing changed, made anew when it is of
//! something else, of another version, or damaged.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use jiangtai::base::OutputPath;
use jiangtai::search::layout::{Block, PageText};
use jiangtai::search::{Document, Engine, Entry, Index, Kind, Query, search};
use tempfile::TempDir;

fn index(word: &str) -> Index {
    let block = Block { text: format!("这里讲{word}"), ..Block::default() };
    let text = PageText { title: "夜间巡查".to_owned(), blocks: vec![block], ..PageText::default() };
    let entry = Entry::new(&OutputPath::new("a.html"), Kind::Lesson);
    Index { documents: vec![Document { entry, layout: text.layout(), text }] }
}

/// Opens the index; tells whether it was made anew and whether it has a word.
fn open(folder: &Path, stamp: &str, word: &str) -> (bool, bool) {
    let made = Cell::new(false);
    let engine = Engine::open(folder, stamp, || {
        made.set(true);
        index(word)
    });
    let engine = engine.expect("the folder can be written");
    (made.get(), !search(&engine, &Query::new(word)).is_empty())
}

#[test]
fn an_index_serves_until_its_stamp_changes() {
    let folder = TempDir::new().expect("a temporary folder");
    let place = folder.path().join("cache/search");
    assert_eq!(open(&place, "一", "门锁"), (true, true));
    assert_eq!(open(&place, "一", "门锁"), (false, true));
    assert_eq!(open(&place, "二", "路灯"), (true, true));
    assert_eq!(open(&place, "二", "门锁"), (false, false));
    assert_eq!(fs::read_dir(place.parent().expect("it has one")).expect("it is there").count(), 1);
}

#[test]
fn a_damaged_index_is_made_anew() {
    let folder = TempDir::new().expect("a temporary folder");
    let place = folder.path().join("search");
    open(&place, "一", "门锁");
    fs::write(place.join("shelf.json"), "{").expect("it can be written");
    assert_eq!(open(&place, "一", "门锁"), (true, true));
    fs::write(place.join("tantivy/meta.json"), "").expect("it can be written");
    assert_eq!(open(&place, "一", "门锁"), (true, true));
    for file in fs::read_dir(place.join("tantivy")).expect("it is there").flatten() {
        fs::write(file.path(), b"not an index").expect("it can be written");
    }
    assert_eq!(open(&place, "一", "门锁"), (true, true));
    for file in fs::read_dir(place.join("tantivy")).expect("it is there").flatten() {
        fs::remove_file(file.path()).expect("it can be removed");
    }
    assert_eq!(open(&place, "一", "门锁"), (true, true));
}
