//! Themes: the small one that the program carries, what its README teaches, and one of
//! the reader's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::command::{PAGE, Root};
use crate::support::html;

/// A folder of the repository.
fn themes(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name)
}

/// The pages among the files of a site.
fn pages(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, &str> {
    let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
    pages.map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).expect("UTF-8"))).collect()
}

#[test]
fn the_small_theme_changes_every_page_and_breaks_none() {
    let root = Root::new(&[]);
    root.run(&["init", "--sample"]).expect(0);
    root.run(&["build", "-o", "default"]).expect(0);
    let settings = root.read("content/site.yaml");
    root.write("content/site.yaml", format!("{settings}\n主题: plain\n").as_bytes());
    root.run(&["build", "-o", "plain"]).expect(0);
    let (default, plain) = (root.tree("default"), root.tree("plain"));
    let (old, new) = (pages(&default), pages(&plain));
    assert!(old.keys().eq(new.keys()) && new.len() > 300, "{} and {} pages", old.len(), new.len());
    let same: Vec<&&str> = new.iter().filter(|(name, page)| old[**name] == **page).map(|(name, _)| name).collect();
    // A page that only leads on has no styles.
    let unmoved: Vec<_> = same.iter().filter(|name| !new[**name].contains("http-equiv=\"refresh\"")).collect();
    assert!(unmoved.is_empty(), "{unmoved:?}");
    let broken = html::broken_links(&plain);
    assert!(broken.is_empty(), "{broken:#?}");
    let home = new["index.html"];
    assert!(home.contains("class=\"front\"") && home.contains("今天讲什么") && !home.contains("class=\"hero\""));
    // Its own words stand among all the others.
    assert!(home.contains("跳到正文") && home.contains("最新教案"));
}

#[test]
fn its_readme_names_every_file_and_says_rightly_what_it_does() {
    let readme = fs::read_to_string(themes("plain").join("README.md")).expect("a README");
    let mut named = BTreeSet::new();
    for row in readme.lines().filter(|line| line.starts_with("| `")) {
        let does = row.split('|').nth(2).expect("two columns").trim();
        for file in row.split('|').nth(1).expect("two columns").split('`').skip(1).step_by(2) {
            let is_new = !themes("default").join(file).exists();
            assert_eq!(does.starts_with("is new"), is_new, "{row}");
            named.insert(file.to_owned());
        }
    }
    let mut there = BTreeSet::new();
    collect(&themes("plain"), &themes("plain"), &mut there);
    there.remove("README.md");
    assert_eq!(named, there);
    assert!(readme.contains("Eight files") && readme.contains("八个文件") && there.len() == 8);
}

fn collect(top: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(top, &entry, found);
        } else {
            let name = entry.strip_prefix(top).expect("below").to_string_lossy().replace('\\', "/");
            found.insert(name);
        }
    }
}

/// A token that the small theme forgot would leave a part without colour.
#[test]
fn it_gives_every_token_in_every_mode() {
    let tokens = |theme: &str| {
        let text = fs::read_to_string(themes(theme).join("assets/css/tokens.css")).expect("tokens");
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for (name, _) in names {
            *count.entry(name.to_owned()).or_default() += 1;
        }
        count
    };
    let mut plain = tokens("plain");
    assert_eq!(plain.remove("heading"), Some(1));
    assert_eq!(plain, tokens("default"));
}

#[test]
fn one_of_ones_own_is_made_as_its_readme_says() {
    let root = Root::with_lesson();
    let tokens = fs::read_to_string(themes("default").join("assets/css/tokens.css")).expect("tokens");
    root.write("themes/ours/assets/css/tokens.css", tokens.replace("--accent: #163f86", "--accent: #7a1f5c").as_bytes());
    root.write("content/site.yaml", "主题: ours\n".as_bytes());
    root.run(&["build"]).expect(0);
    let styles: String = root
        .tree("public/assets")
        .iter()
        .filter(|(name, _)| name.starts_with("site-") && name.ends_with(".css"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(styles.contains("--accent:#7a1f5c") && !styles.contains("--accent:#163f86") && styles.contains(".card"));

    root.write("themes/ours/strings/zh-Hans.yaml", "frame:\n  skip: 直接看正文\n".as_bytes());
    root.run(&["build"]).expect(0);
    assert!(root.read(PAGE).contains("直接看正文") && root.read(PAGE).contains("显示设置"));

    root.write("themes/ours/strings/zh-Hans.yaml", "frame: 直接看正文\n".as_bytes());
    let ran = root.run(&["build"]).expect(3);
    assert!(ran.err.contains("“frame”下面是一组用语") && ran.err.contains("zh-Hans.yaml"), "{}", ran.err);

    root.write("themes/ours/strings/zh-Hans.yaml", b"# nothing\n");
    root.write("templates/parts/footer.html", b"<footer>{{ site.organ }}\n{% if %}</footer>\n");
    let ran = root.run(&["build"]).expect(3);
    assert!(ran.err.contains("parts/footer.html:2"), "{}", ran.err);
    root.write("templates/parts/footer.html", "<footer>自己的页脚</footer>\n".as_bytes());
    root.run(&["build", "--theme", "plain"]).expect(0);
    assert!(root.read(PAGE).contains("自己的页脚"));

    let ran = root.run(&["build", "--theme", "our"]).expect(3);
    assert!(ran.err.contains("default、ours、plain"), "{}", ran.err);
}
