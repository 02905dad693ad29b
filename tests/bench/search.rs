//! What the search costs: the index in time, memory and bytes, a query in bytes,
//! requests and time.
//!
//! ```text
//! cargo bench --bench search -- 1000 10000 --pagefind node_modules/@pagefind/linux-x64/bin/pagefind_extended
//! ```
//!
//! For each number of lessons a library is made of real text, its site is built, and the
//! index is made once more from the finished pages alone, as other programs make theirs.
//! Each step has a process of its own, so that its memory is its own. With `--pagefind`
//! that program indexes the same pages, and where there is node, its script is asked the
//! same queries. `--folder DIR` says where all this lies. Nothing is asserted: figures
//! are for people.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/process.rs"]
mod process;
#[path = "search/queries.rs"]
mod queries;
#[path = "search/rival.rs"]
mod rival;
#[allow(dead_code, reason = "the tests need more of it")]
#[path = "../support/scripts.rs"]
mod scripts;
#[path = "search/steps.rs"]
mod steps;

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// What is to be measured.
#[derive(Default)]
struct Plan {
    sizes: Vec<usize>,
    pagefind: Option<PathBuf>,
    folder: Option<PathBuf>,
    step: Option<(String, PathBuf)>,
}

fn main() -> Result {
    let plan = plan()?;
    if let Some((step, root)) = &plan.step {
        return steps::run(step, root);
    }
    let temporary = tempfile::tempdir()?;
    let folder = plan.folder.clone().unwrap_or_else(|| temporary.path().to_path_buf());
    for size in &plan.sizes {
        let root = folder.join(format!("{size}"));
        if !root.join("content").is_dir()
            && let Err(error) = corpus::make(&root, *size, None)
        {
            println!("跳过：{error}");
            return Ok(());
        }
        println!("# {size} lessons");
        for step in steps::ALL {
            let spent =
                process::run(Command::new(std::env::current_exe()?).args(["--step", step]).arg("--root").arg(&root))?;
            println!("  {step}: process {spent}");
        }
        if let Some(pagefind) = &plan.pagefind {
            rival::measure(pagefind, &root)?;
        }
    }
    Ok(())
}

fn plan() -> Result<Plan> {
    let mut plan = Plan::default();
    let mut arguments = std::env::args().skip(1);
    let mut step = None;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            // What cargo adds.
            "--bench" => {}
            "--pagefind" => plan.pagefind = Some(std::path::absolute(value()?)?),
            "--folder" => plan.folder = Some(std::path::absolute(value()?)?),
            "--step" => step = Some(value()?),
            "--root" => plan.step = Some((step.take().ok_or("--step goes before --root")?, value()?.into())),
            number => plan.sizes.push(number.parse().map_err(|_| format!("{number} is no number of lessons"))?),
        }
    }
    if plan.sizes.is_empty() {
        plan.sizes.push(1000);
    }
    Ok(plan)
}
