//! The crates of others: whose licences, and which of them twice (`.cargo/deny.toml`);
//! and that the data of others that the program carries are named with theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::Result;

const RULES: &str = include_str!("../../.cargo/deny.toml");
const NOTICE: &str = include_str!("../../src/NOTICE.md");

/// A crate: name, version, licence.
struct Package {
    name: String,
    version: String,
    licence: String,
}

#[test]
fn every_licence_is_one_of_those_allowed() -> Result {
    let allowed = quoted(list(RULES, "allow = [")?);
    assert!(allowed.len() > 5 && allowed.contains("MIT"), "{allowed:?}");
    let exceptions = list(RULES, "exceptions = [")?;
    let mut wrong = Vec::new();
    let packages = packages()?;
    assert!(packages.len() > 200, "{} crates", packages.len());
    for package in packages {
        let own = exceptions.lines().find(|line| line.contains(&format!("crate = \"{}\"", package.name)));
        let own = own.map(quoted).unwrap_or_default();
        if !holds(&package.licence, &|licence| allowed.contains(licence) || own.contains(licence)) {
            wrong.push(format!("{} {}: {}", package.name, package.version, package.licence));
        }
    }
    assert!(wrong.is_empty(), "licences that .cargo/deny.toml does not allow: {wrong:#?}");
    Ok(())
}

#[test]
fn no_crate_stands_twice_but_those_named() -> Result {
    let known = quoted(list(RULES, "skip = [")?);
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages()? {
        versions.entry(package.name).or_default().insert(package.version);
    }
    let twice = versions.iter().filter(|(name, versions)| versions.len() > 1 && !known.contains(name.as_str()));
    let twice: Vec<_> = twice.collect();
    assert!(twice.is_empty(), "in two versions, and not named in .cargo/deny.toml: {twice:?}");
    let refused = quoted(list(RULES, "deny = [")?);
    let found: Vec<_> = versions.keys().filter(|name| refused.contains(name.as_str())).collect();
    assert!(found.is_empty(), "{found:?}");
    Ok(())
}

#[test]
fn data_of_others_are_named_with_their_licence() {
    for (what, licence) in [
        ("simplified.txt", "Apache-2.0"),
        ("pinyin-data", "MIT"),
        ("dompurify.json", "Apache-2.0"),
        ("drcd.json.gz", "CC BY-SA 3.0"),
    ] {
        let line = NOTICE.lines().find(|line| line.contains(what)).unwrap_or_else(|| panic!("{what} is not named"));
        assert!(line.contains(licence), "{line}");
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = NOTICE.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for path in paths.filter(|path| path.contains('/')) {
        assert!(fs::metadata(top.join(path)).is_ok(), "{path} is not there");
    }
}

#[test]
fn licences_are_read_as_they_are_written() {
    let mit = |licence: &str| licence == "MIT" || licence == "Unicode-3.0";
    for good in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-3.0", "(GPL-3.0 OR MIT) AND Unicode-3.0", "GPL-3.0 AND X OR MIT"] {
        assert!(holds(good, &mit), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT AND (GPL-3.0 OR X)", "MIT WITH X", "(MIT) AND GPL-3.0"] {
        assert!(!holds(bad, &mit), "{bad}");
    }
}

/// All crates that the lock names. Without the sources of crates for other systems,
/// which a plain build does not fetch, those of this system.
fn packages() -> Result<Vec<Package>> {
    let cargo = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.args(["metadata", "--format-version", "1", "--locked", "--offline"]).args(more);
        command.current_dir(env!("CARGO_MANIFEST_DIR")).output()
    };
    let mut output = cargo(&[])?;
    if !output.status.success() {
        let host = Command::new("rustc").arg("-vV").output()?.stdout;
        let host = String::from_utf8(host)?;
        let host = host.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("no host")?;
        output = cargo(&["--filter-platform", host])?;
    }
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let package = |package: &Value| Package {
        name: text(&package["name"]),
        version: text(&package["version"]),
        licence: text(&package["license"]),
    };
    Ok(metadata["packages"].as_array().ok_or("no packages")?.iter().map(package).collect())
}

/// The inside of a list of the rules.
fn list<'a>(rules: &'a str, start: &str) -> Result<&'a str> {
    let inside = rules.split_once(&format!("\n{start}")).ok_or_else(|| format!("no {start}"))?.1;
    Ok(inside.split_once("]\n").ok_or("no end of the list")?.0)
}

/// What stands in quotes.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// Whether a licence, written as SPDX has it, leaves a choice that is allowed.
fn holds(licence: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let plain = licence.replace('/', " OR ");
    let parts = |text: &str, word: &str| -> Vec<String> {
        let (mut parts, mut depth) = (vec![String::new()], 0);
        for token in text.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
            depth += i32::from(token == "(") - i32::from(token == ")");
            match parts.last_mut() {
                Some(last) if token != word || depth != 0 => last.push_str(&format!("{token} ")),
                _ => parts.push(String::new()),
            }
        }
        parts
    };
    let choices = parts(&plain, "OR");
    if choices.len() > 1 {
        return choices.iter().any(|choice| holds(choice, allowed));
    }
    let all = parts(&plain, "AND");
    if all.len() > 1 {
        return all.iter().all(|one| holds(one, allowed));
    }
    let one = plain.trim();
    match one.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) => holds(inside, allowed),
        None => allowed(one),
    }
}
