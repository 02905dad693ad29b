//! How long a build takes and how much memory it needs, for libraries of real text.
//!
//! ```text
//! cargo bench --bench build -- 1000 10000 50000 --hugo
//! ```
//!
//! For each number of lessons a library is made and built as a user builds it, each build
//! a process of its own: the first one, one of which nothing changed, one after an edit.
//! Beside these stand `cp -r` of the finished site, and with `--hugo` Hugo's build of the
//! same lessons with the small theme in `tests/bench/hugo`, with related lessons, as on our
//! pages, and without. `--folder DIR` says where all this lies, `--root DIR` measures the
//! library of a root instead. A site is always built into a folder that is new, because
//! some disks are slow where many files were just deleted. Nothing is asserted: figures
//! are for people.

#[path = "support/corpus.rs"]
mod corpus;
#[allow(dead_code, reason = "the other benchmark needs more of it")]
#[path = "support/process.rs"]
mod process;

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use process::Spent;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// What is to be measured.
#[derive(Default)]
struct Plan {
    sizes: Vec<usize>,
    hugo: bool,
    folder: Option<PathBuf>,
    root: Option<PathBuf>,
}

fn main() -> Result {
    let plan = plan()?;
    let temporary = tempfile::tempdir()?;
    let folder = plan.folder.clone().unwrap_or_else(|| temporary.path().to_path_buf());
    if let Some(root) = &plan.root {
        return measure(root, &fresh(&folder, "site")?);
    }
    for size in &plan.sizes {
        let (root, same) = (folder.join(format!("{size}")), folder.join(format!("{size}-hugo")));
        if !root.join("content").is_dir()
            && let Err(error) = corpus::make(&root, *size, Some(&same))
        {
            println!("跳过：{error}");
            return Ok(());
        }
        println!("# {size} lessons");
        let site = fresh(&folder, &format!("{size}-site"))?;
        measure(&root, &site)?;
        copy(&site, &fresh(&folder, &format!("{size}-copy"))?)?;
        if plan.hugo {
            for related in [true, false] {
                hugo(&same, &fresh(&folder, &format!("{size}-hugo-site"))?, related)?;
            }
        }
    }
    Ok(())
}

fn plan() -> Result<Plan> {
    let mut plan = Plan::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            // What cargo adds.
            "--bench" => {}
            "--hugo" => plan.hugo = true,
            "--folder" => plan.folder = Some(value()?.into()),
            "--root" => plan.root = Some(value()?.into()),
            number => plan.sizes.push(number.parse().map_err(|_| format!("{number} is no number of lessons"))?),
        }
    }
    if plan.sizes.is_empty() {
        plan.sizes.push(1000);
    }
    Ok(plan)
}

/// The name of a folder that is not there.
fn fresh(folder: &Path, name: &str) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let free = (0..).map(|at| folder.join(format!("{name}-{at}"))).find(|path| !path.exists());
    free.ok_or_else(|| "no name is free".into())
}

/// The first build, one without a change, one after an edit in the middle of the library.
fn measure(root: &Path, site: &Path) -> Result {
    let cache = root.join(".jiangtai");
    if cache.exists() {
        fs::rename(&cache, fresh(root, ".jiangtai-before")?)?;
    }
    // The disk tells whether a file changed only when it has not just been written.
    std::thread::sleep(Duration::from_secs(3));
    tell("first build", &build(root, site)?);
    let files = corpus::files(site)?;
    let bytes: u64 = files.iter().map(|(_, length)| length).sum();
    println!("  site: {} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    tell("nothing changed", &build(root, site)?);
    for (at, name) in [(2, "another text"), (3, "another title")] {
        let lessons: Vec<PathBuf> = corpus::files(&root.join("content"))?
            .into_iter()
            .map(|(path, _)| path)
            .filter(|path| {
                path.extension().is_some_and(|end| end == "md") && path.to_string_lossy().contains("lessons")
            })
            .collect();
        let lesson = lessons.get(lessons.len() / at).ok_or("a library without lessons")?;
        let before = fs::read(lesson)?;
        edit(lesson, name == "another title")?;
        tell(name, &build(root, site)?);
        fs::write(lesson, before)?;
    }
    Ok(())
}

fn edit(lesson: &Path, title: bool) -> Result {
    if title {
        let text = fs::read_to_string(lesson)?;
        let line = text.lines().find(|line| line.starts_with("标题") || line.starts_with("title"));
        let line = line.ok_or("a lesson without a title")?.to_owned();
        fs::write(lesson, text.replacen(&line, &format!("{line}（新）"), 1))?;
    } else {
        fs::OpenOptions::new().append(true).open(lesson)?.write_all("\n又加了一句。\n".as_bytes())?;
    }
    Ok(())
}

/// What a build took, and its table of stages.
struct Told {
    spent: Spent,
    stages: String,
}

fn build(root: &Path, site: &Path) -> Result<Told> {
    let notes = tempfile::NamedTempFile::new()?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiangtai"));
    command.args(["build", "--timings", "--quiet", "--as-of", "2025-12-31", "--root"]).arg(root);
    command.arg("--output").arg(site).stdout(Stdio::null()).stderr(notes.reopen()?);
    let spent = process::run(&mut command)?;
    let said = fs::read_to_string(notes.path())?;
    let stages: Vec<String> = said
        .lines()
        .filter(|line| line.ends_with("毫秒"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    Ok(Told { spent, stages: stages.join("，") })
}

fn tell(what: &str, told: &Told) {
    println!("  {what}: {}", told.spent);
    println!("    {}", told.stages);
}

fn copy(site: &Path, to: &Path) -> Result {
    let spent = process::run(Command::new("cp").arg("-r").arg(site).arg(to))?;
    println!("  cp -r of the site: {spent}");
    Ok(())
}

fn hugo(lessons: &Path, site: &Path, related: bool) -> Result {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/hugo");
    let mut command = Command::new("hugo");
    command.args(["--noBuildLock", "--quiet", "--source"]).arg(theme);
    command.arg("--contentDir").arg(lessons.join("content")).arg("--destination").arg(site);
    command.env("HUGO_PARAMS_RELATED", related.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let what = if related { "without an index" } else { "without an index and without related lessons" };
    match process::run(&mut command) {
        Ok(spent) => println!("  Hugo, {what}: {spent}, {} files", corpus::files(site)?.len()),
        Err(error) => println!("  Hugo: {error}"),
    }
    Ok(())
}
