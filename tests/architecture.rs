//! Keeps the house in order: which room may use which, where each crate of others has
//! its home, who may print, and what no file may say. All of it from the text of the
//! files, so that a wrong `use` fails here by name.

#[path = "support/repository.rs"]
mod repository;
#[path = "support/rust.rs"]
mod rust;

use std::collections::{BTreeMap, BTreeSet};

use repository::{File, dependencies, files, read, tracked};
use rust::{code_of, names_behind, words};

/// The rooms, lowest first, and whom each may use (DESIGN.md). `render` uses `records`
/// for one thing: the page 填写说明 is made from the table of fields.
const ROOMS: &[(&str, &str)] = &[
    ("base", ""),
    ("memo", "base"),
    ("source", "base memo"),
    ("courseware", "base source"),
    ("records", "base source"),
    ("config", "base source records"),
    ("model", "base memo source records config"),
    ("ledger", "base config model"),
    ("rules", "base config model ledger source courseware"),
    ("markdown", "base"),
    ("atlas", "base memo config model ledger"),
    ("history", "base source model atlas"),
    ("theme", "base source records"),
    ("render", "base memo source config model ledger atlas history markdown theme records"),
    ("search", "base memo model ledger atlas"),
    ("pipeline", "base memo source records config model ledger rules markdown atlas theme render search"),
    ("export", "base config model ledger atlas markdown theme render records search"),
    ("report", "base config model ledger theme render records export"),
    ("output", "base"),
    ("serve", "base output"),
    ("publish", "base history theme render export output"),
    ("collect", "base source records model"),
    ("import", "base source courseware records model"),
    (
        "cli",
        "base memo source courseware records config model ledger rules markdown atlas history theme render search pipeline export report output serve publish collect import",
    ),
];

/// Where crates of others live. A crate that is not listed fails, so that a new one is
/// given a home on purpose; `*` is for those without an opinion.
const HOMES: &[(&str, &str)] = &[
    ("walkdir", "source"),
    ("encoding_rs", "source courseware search"),
    ("roxmltree", "courseware"),
    ("calamine", "courseware"),
    ("cfb", "courseware"),
    ("lopdf", "courseware"),
    ("image", "courseware"),
    ("sha2", "courseware publish"),
    ("serde_yaml", "records"),
    ("csv", "records"),
    ("pulldown_cmark", "markdown"),
    ("ammonia", "markdown"),
    ("tera", "render"),
    ("qrcode", "render"),
    ("notify", "serve"),
    ("axum", "serve"),
    ("tower_http", "serve"),
    ("hyper", "serve"),
    ("hyper_util", "serve"),
    ("tokio", "serve"),
    ("tokio_stream", "serve"),
    ("tokio_io_timeout", "serve"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("indicatif", "cli"),
    ("pinyin", "base"),
    ("jiff", "base"),
    ("strsim", "base"),
    ("unicode_normalization", "base search"),
    ("unicode_width", "base"),
    ("include_dir", "theme cli"),
    ("percent_encoding", "render serve export"),
    ("rust_xlsxwriter", "export"),
    ("icalendar", "export"),
    ("zip", "courseware export publish"),
    ("mimalloc", "main"),
    ("postcard", "memo"),
    ("crc32fast", "memo"),
    ("blake3", "base model history theme render search pipeline serve export collect"),
    ("rustc_hash", "memo source output render search"),
    ("rayon", "atlas source courseware model ledger theme rules render search pipeline output publish cli"),
    ("tantivy", "search"),
    ("flate2", "search"),
    ("serde", "*"),
    ("serde_json", "*"),
];

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let mut wrong = Vec::new();
    for file in files() {
        let allowed: BTreeSet<&str> = allowed(&file.room).split_whitespace().collect();
        for (line, named) in rooms_named(&file) {
            if named != file.room && !allowed.contains(named.as_str()) {
                wrong.push(format!("src/{}:{line} uses {named}, which {} may not", file.path, file.room));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_stands_in_the_table_and_is_declared() {
    let rooms: BTreeSet<String> = files().into_iter().map(|file| file.room).collect();
    let listed: BTreeSet<String> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    let outside = BTreeSet::from(["main".to_owned(), "lib".to_owned()]);
    assert_eq!(rooms.difference(&outside).cloned().collect::<BTreeSet<_>>(), listed);
    let lib = code_of(&read("src/lib.rs"));
    for (room, _) in ROOMS {
        assert!(lib.contains(&format!("pub mod {room};")), "src/lib.rs does not declare {room}");
    }
}

/// The table has one direction: nobody uses a room that uses him.
#[test]
fn the_table_has_no_circle() {
    for (at, (room, uses)) in ROOMS.iter().enumerate() {
        for used in uses.split_whitespace() {
            let below = ROOMS[..at].iter().any(|(below, _)| *below == used);
            assert!(below, "{room} uses {used}, which does not stand above it in the table");
        }
    }
}

#[test]
fn crates_of_others_have_one_home() {
    let homes: BTreeMap<&str, &str> = HOMES.iter().copied().collect();
    let dependencies = dependencies();
    assert!(dependencies.len() > 20, "{dependencies:?}");
    let homeless: Vec<&String> = dependencies.iter().filter(|name| !homes.contains_key(name.as_str())).collect();
    assert!(homeless.is_empty(), "{homeless:?} have no home in tests/architecture.rs");
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for file in files() {
        for (line, name) in crates_named(&file.code, &dependencies) {
            let home = homes[name.as_str()];
            used.insert(name.clone());
            if home != "*" && !home.split_whitespace().any(|room| room == file.room) {
                wrong.push(format!("src/{}:{line} uses {name}, whose home is {home}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let idle: Vec<&String> = dependencies.difference(&used).collect();
    assert!(idle.is_empty(), "nobody uses {idle:?}: take them out of Cargo.toml");
}

#[test]
fn nothing_can_panic_outside_of_tests() {
    refuse(|_| true, &[".unwrap(", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("]);
}

#[test]
fn only_cli_prints_and_exits() {
    let elsewhere = |room: &str| room != "cli";
    refuse(
        elsewhere,
        &["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!(", "process::exit(", "io::stdout(", "io::stderr("],
    );
}

#[test]
fn main_is_short_and_only_calls_cli() {
    let text = read("src/main.rs");
    assert!(text.lines().count() < 20);
    let code = code_of(&text);
    let words = words(&code);
    let ours = words.iter().enumerate().filter(|(_, (_, word))| word == "jiangtai");
    let named: Vec<Vec<String>> = ours.map(|(at, _)| names_behind(&words, at + 2)).collect();
    assert_eq!(named, [["cli"]]);
}

/// Only those around a build may ask the clock: the build itself takes the day as a value.
#[test]
fn a_build_never_asks_the_clock() {
    let of_a_build = |room: &str| !matches!(room, "main" | "cli" | "serve" | "output" | "base");
    refuse(of_a_build, &["Day::today(", "SystemTime::now(", "Zoned::now(", "std::env::"]);
}

/// A machine's own folders, and hosts of package registries, belong in nobody's clone.
/// The lock file names the one registry by its public index, as cargo writes it.
#[test]
fn no_file_names_a_machine_or_a_registry_host() {
    let hosts = [
        "index.crates",
        "static.crates",
        "registry.npmjs",
        "registry.yarnpkg",
        "npmmirror",
        "proxy.golang",
        "pythonhosted",
        "rsproxy",
    ];
    let folders = [concat!("/wo", "rk/"), "/root/", "/home/", "C:\\Users\\"];
    let own = format!("{}/", env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for path in tracked() {
        let Some(text) = repository::text(&path) else { continue };
        let itself = path == "tests/architecture.rs";
        for bad in hosts.iter().chain(&folders).copied().filter(|_| !itself).chain([own.as_str()]) {
            if let Some((line, _)) = text.lines().enumerate().find(|(_, line)| names_path(line, bad)) {
                wrong.push(format!("{path}:{} names {bad}", line + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let sources = read("Cargo.lock");
    let sources: BTreeSet<&str> = sources.lines().filter(|line| line.starts_with("source = ")).collect();
    assert_eq!(
        sources.into_iter().collect::<Vec<_>>(),
        ["source = \"registry+https://github.com/rust-lang/crates.io-index\""]
    );
}

/// The reader behind these tests sees what it must see, however it is written.
#[test]
fn a_use_is_seen_however_it_is_written() {
    let named = |path: &str, code: &str| {
        let room = path.split('/').next().unwrap_or_default().to_owned();
        let file = File { path: path.to_owned(), room, code: code_of(code) };
        rooms_named(&file).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(named("base/day.rs", "use crate::{model::Library, render as r};"), ["model", "render"]);
    assert_eq!(named("base/day.rs", "fn f() -> crate::cli::Exit { super::super::serve::run() }"), ["cli", "serve"]);
    assert_eq!(named("base/mod.rs", "pub use super::atlas::Page;"), ["atlas"]);
    assert_eq!(named("base/day.rs", "use super::Place; // crate::cli\nconst A: &str = \"crate::cli\";"), [""; 0]);
    assert_eq!(
        named("base/day.rs", "#[cfg(test)]\nmod tests { use crate::cli::run; }\nuse crate::serve::Hub;"),
        ["serve"]
    );
    assert_eq!(
        named("base/day.rs", "const A: &str = r#\"a \"crate::cli\" b\"#; const B: char = '\"'; use crate::atlas;"),
        ["atlas"]
    );
}

/// Whether a line holds a piece at the beginning of a path, not within an address.
fn names_path(line: &str, piece: &str) -> bool {
    line.match_indices(piece).any(|(at, _)| {
        !piece.starts_with('/')
            || !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '~' | '}'))
    })
}

/// Fails when a room of the kind has one of the pieces in its code.
fn refuse(applies: impl Fn(&str) -> bool, pieces: &[&str]) {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| applies(&file.room)) {
        for (number, line) in file.code.lines().enumerate() {
            let found = pieces.iter().filter(|piece| contains_call(line, piece));
            wrong.extend(found.map(|piece| format!("src/{}:{}: {piece}", file.path, number + 1)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a line has the piece as a whole word: `print!(` is no part of `println!(`.
fn contains_call(line: &str, piece: &str) -> bool {
    let starts = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    line.match_indices(piece).any(|(at, _)| piece.starts_with('.') || starts(at))
}

/// Whom a room may use; the top of the library only declares, `main` only calls `cli`.
fn allowed(room: &str) -> &'static str {
    match room {
        "main" => "cli",
        room => ROOMS.iter().find(|(name, _)| *name == room).map_or("", |(_, uses)| uses),
    }
}

/// The rooms that a file names: behind `crate::`, behind the library's own name, and by
/// climbing to the top with `super`.
fn rooms_named(file: &File) -> Vec<(u32, String)> {
    let words = words(&file.code);
    let word = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    let depth = file.path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    let mut found = Vec::new();
    for (at, (line, first)) in words.iter().enumerate() {
        let is_path = word(at + 1) == "::" && (at == 0 || word(at - 1) != "::");
        let climbs = words[at..]
            .chunks(2)
            .take_while(|pair| pair.len() == 2 && pair[0].1 == "super" && pair[1].1 == "::")
            .count();
        let behind = match first.as_str() {
            "crate" | "jiangtai" if is_path => at + 2,
            "super" if is_path && climbs >= depth => at + 2 * climbs,
            _ => continue,
        };
        found.extend(names_behind(&words, behind).into_iter().map(|name| (*line, name)));
    }
    found
}

/// The crates that a file names, by a path or a `use`.
fn crates_named(code: &str, dependencies: &BTreeSet<String>) -> Vec<(u32, String)> {
    let words = words(code);
    let word = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    let named = words.iter().enumerate().filter(|(at, (_, name))| {
        let alone = *at == 0 || !matches!(word(at - 1), "::" | "." | "mod" | "fn");
        let path = word(at + 1) == "::" || (*at > 0 && word(at - 1) == "use");
        dependencies.contains(name) && alone && path
    });
    named.map(|(_, (line, name))| (*line, name.clone())).collect()
}

/// README.md, "Map of the repository": every entry exists, and every entry of the top and
/// every room of `src/` stands in it.
#[test]
fn the_map_of_the_repository_is_true() {
    let readme = read("README.md");
    let (_, map) = readme.split_once("## Map of the repository").expect("a map");
    let rows = map.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let firsts = rows.filter_map(|line| line.split('|').nth(1));
    let named: BTreeSet<&str> = firsts.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let tracked = tracked();
    let exists = |entry: &&&str| {
        let bare = entry.trim_end_matches('/');
        tracked.iter().any(|path| path == bare || path.starts_with(&format!("{bare}/")))
    };
    let gone: Vec<&&str> = named.iter().filter(|entry| !exists(entry)).collect();
    assert!(gone.is_empty(), "the map has what is not there: {gone:?}");
    let has = |entry: &str| named.iter().any(|name| name.trim_end_matches('/') == entry);
    let top = |path: &String| path.split('/').next().unwrap_or_default().to_owned();
    let tops: BTreeSet<String> = tracked.iter().map(top).filter(|name| name != "themes" && name != ".ci").collect();
    let rooms = ROOMS.iter().map(|(room, _)| format!("src/{room}"));
    let below = tracked.iter().filter_map(|path| {
        let (folder, rest) = path.split_once('/')?;
        let entry = rest.split('/').next()?;
        ["themes", ".ci"].contains(&folder).then(|| format!("{folder}/{entry}"))
    });
    let missing: BTreeSet<String> = tops.into_iter().chain(rooms).chain(below).filter(|entry| !has(entry)).collect();
    assert!(missing.is_empty(), "the map lacks {missing:?}");
}

/// What changed is told for the version that is built.
#[test]
fn the_changelog_speaks_of_this_version() {
    let log = read("src/CHANGELOG.md");
    let newest = log.lines().find_map(|line| line.strip_prefix("## ")).expect("a version");
    assert!(newest.starts_with(env!("CARGO_PKG_VERSION")), "{newest}");
}
