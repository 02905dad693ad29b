//! The steps of the measurement, each of them a process.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jiangtai::base::{Day, Discard, Findings, OutputPath, Product, Sink};
use jiangtai::config::{self, Config, Flags};
use jiangtai::memo::Memo;
use jiangtai::output::{self, OpenOptions};
use jiangtai::pipeline::{self, Job};
use jiangtai::search::{Ear, Engine, Request, Scribe, Sizes, Written, answer, object};
use jiangtai::source::Sources;
use jiangtai::theme::Theme;
use jiangtai::{atlas, ledger, model, search, source, theme};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::process::{Spent, forget_peak, memory, processor};
use crate::scripts::{Scripts, bundle, index_files};
use crate::{Result, rival};

/// Their names, in their order.
pub const ALL: [&str; 4] = ["site", "index", "browser", "tantivy"];

/// How many first queries are asked, each of a browser that knows nothing.
const FIRST: usize = 25;
/// How many results a page shows.
const SHOWN: usize = 10;

/// Takes a step over the library of a root.
pub fn run(step: &str, root: &Path) -> Result {
    match step {
        "site" => site(root),
        "index" => index(root),
        "browser" => browser(root),
        "tantivy" => tantivy(root),
        _ => Err(format!("no step {step}").into()),
    }
}

/// What a build is given.
struct Given {
    sources: Sources,
    config: Config,
    theme: Theme,
}

impl Given {
    fn read(root: &Path) -> Result<Self> {
        let sources = source::read(root, "content")?;
        let today = Day::new(2025, 12, 31).ok_or("a day")?;
        let config = config::load(&sources, &Flags::default(), today, &mut Findings::default());
        let theme = theme::load("default", Path::new("nowhere"), Path::new("nowhere"))?;
        Ok(Given { sources, config, theme })
    }

    fn job(&self) -> Job<'_> {
        Job { sources: &self.sources, settings: Findings::default(), config: &self.config, theme: &self.theme }
    }
}

/// The whole site, as `build` writes it.
fn site(root: &Path) -> Result {
    let given = Given::read(root)?;
    let sink = output::open(&root.join("public"), &OpenOptions::default())?;
    let begun = Instant::now();
    let built = pipeline::build(given.job(), &|_, _| {}, &sink);
    sink.close()?;
    let stages =
        built.timings.stages.iter().map(|(stage, time)| format!("{} {:.2} s", stage.name(), time.as_secs_f64()));
    println!(
        "  site: {} pages in {:.1} s ({})",
        built.rendered.pages,
        begun.elapsed().as_secs_f64(),
        stages.collect::<Vec<_>>().join("，")
    );
    parts(&built.sizes);
    Ok(())
}

fn parts(sizes: &Sizes) {
    let total: u64 = sizes.parts.values().sum();
    let texts = sizes.parts.get("t").copied().unwrap_or(0);
    let told = sizes.parts.iter().map(|(part, bytes)| format!("{part} {:.2}", megabytes(*bytes)));
    println!("  index in MB: {}", told.collect::<Vec<_>>().join("  "));
    println!(
        "  index: {:.1} MB in {} files, {:.1} MB without page text",
        megabytes(total),
        sizes.files,
        megabytes(total - texts)
    );
}

/// The index from the finished pages, as others make theirs.
fn index(root: &Path) -> Result {
    let entries = {
        let given = Given::read(root)?;
        let mut findings = Findings::default();
        let library = model::load(&given.sources, &given.config, &mut findings);
        let ledger = ledger::compute(&library, &given.config);
        let atlas = atlas::draw(&library, &ledger, &given.config, &Memo::none(), &mut findings);
        search::entries(&library, &ledger, &atlas)
    };
    forget_peak();
    let before = memory("self", "VmRSS:").unwrap_or(0);
    let folder = root.join("index");
    let sink = OnlySearch(output::open(&folder, &OpenOptions::default())?);
    let (memo, nothing) = (Memo::none(), Written::default());
    let (begun, used) = (Instant::now(), processor("self").unwrap_or_default());
    let ear = Ear::new(
        search::places(&entries),
        Box::new(|_| Vec::new()),
        &sink,
        Scribe::new(entries.clone(), &sink, &memo, &nothing),
    );
    entries.par_iter().for_each(|entry| {
        if let Ok(page) = fs::read(root.join("public").join(entry.path.as_str())) {
            ear.put(entry.path.clone(), Product::Made(page));
        }
    });
    let sizes = ear.into_keeper().finish().ok_or("an index")?.sizes();
    sink.0.close()?;
    let spent = Spent {
        time: begun.elapsed(),
        processor: processor("self").unwrap_or_default().saturating_sub(used),
        memory: memory("self", "VmHWM:").unwrap_or(0),
    };
    println!(
        "  index alone: {} pages in {spent} ({} MB before it began), {} files",
        entries.len(),
        before / 1024,
        sizes.files
    );
    Ok(())
}

/// Lets everything but the index fall.
struct OnlySearch<S>(S);

impl<S: Sink> Sink for OnlySearch<S> {
    fn put(&self, path: OutputPath, product: Product) {
        if path.as_str().starts_with("search/") { self.0.put(path, product) } else { Discard.put(path, product) }
    }
}

/// What a reader's browser loads and computes.
fn browser(root: &Path) -> Result {
    let theme = theme::load("default", Path::new("nowhere"), Path::new("nowhere"))?;
    let public = root.join("public");
    let mut files = BTreeMap::new();
    for (path, _) in crate::corpus::files(&public.join("search"))? {
        files.insert(path.strip_prefix(&public)?.display().to_string(), fs::read(&path)?);
    }
    let files = index_files(&files);
    let start = files.get("start").map_or(0, Vec::len);
    let words = crate::corpus::files(&public.join("assets"))?;
    let words = words
        .iter()
        .find(|(path, _)| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("words-")));
    let engine = bundle(&theme, "search").len();
    let page = bundle(&theme, "results").len() + words.map_or(0, |(_, size)| usize::try_from(*size).unwrap_or(0));
    println!("  before any query: {start} bytes that grow with the library");
    println!("  scripts: the engine {engine} bytes, the search page {page} bytes");
    let queries = crate::queries::of(root)?;
    let mut first = Costs::default();
    for query in queries.iter().step_by(queries.len() / FIRST) {
        let browser = Scripts::new(&theme, files.clone());
        let cost = ask(&browser, query);
        let Cost { all, titles, requests, .. } = cost;
        first.add(Cost { all: all + engine, titles: titles + engine, requests: requests + 1, ..cost });
    }
    first.tell("first query, engine included");
    let browser = Scripts::new(&theme, files);
    let mut further = Costs::default();
    ask(&browser, "的");
    queries.iter().for_each(|query| further.add(ask(&browser, query)));
    further.tell("further query");
    rival::node(include_str!("ours.mjs"), &public, root)
}

/// What one query costs: bytes for the hits alone, until the first titles stand, and
/// until their excerpts and the counts of the filters do.
#[derive(Default, Clone, Copy)]
struct Cost {
    hits: usize,
    titles: usize,
    all: usize,
    requests: usize,
    time: Duration,
}

/// Asks, and shows the first results as the page does.
fn ask(browser: &Scripts, query: &str) -> Cost {
    let size = |files: &[(String, usize)]| files.iter().map(|(_, size)| size).sum::<usize>();
    browser.asked();
    let begun = Instant::now();
    let told = browser.call("ask", &json!([query, {}, []]));
    let time = begun.elapsed();
    let hits = browser.asked();
    let shown = told["hits"].as_array().into_iter().flatten().take(SHOWN);
    let documents: Vec<&Value> = shown.map(|hit| &hit["document"]).collect();
    browser.call("facts", &json!([documents]));
    let facts = browser.asked();
    for document in documents {
        browser.call("excerpt", &json!([document, told["query"]]));
    }
    browser.call("ask", &json!([query, {}]));
    let rest = browser.asked();
    Cost {
        hits: size(&hits),
        titles: size(&hits) + size(&facts),
        all: size(&hits) + size(&facts) + size(&rest),
        requests: hits.len() + facts.len() + rest.len(),
        time,
    }
}

/// What is told of a cost.
type Figure = fn(&Cost) -> f64;

#[derive(Default)]
struct Costs(Vec<Cost>);

impl Costs {
    fn add(&mut self, cost: Cost) {
        self.0.push(cost);
    }

    fn tell(&self, what: &str) {
        println!("  {what} ({} of them), mean / 90 %:", self.0.len());
        let figures: [(&str, Figure); 5] = [
            ("KB for hits, order and counts", |cost| cost.hits as f64 / 1000.0),
            ("KB until the first ten titles stand", |cost| cost.titles as f64 / 1000.0),
            ("KB until their excerpts stand", |cost| cost.all as f64 / 1000.0),
            ("requests", |cost| cost.requests as f64),
            ("ms in the embedded engine, which compiles nothing", |cost| cost.time.as_secs_f64() * 1000.0),
        ];
        for (name, figure) in figures {
            let (mean, most, middle) = spread(self.0.iter().map(figure).collect());
            println!("    {name}: {mean:.1} / {most:.1} (median {middle:.1})");
        }
    }
}

/// Mean, 90th percentile and median.
pub fn spread(mut figures: Vec<f64>) -> (f64, f64, f64) {
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures.get(figures.len().saturating_sub(1) * share / 100).copied().unwrap_or(0.0);
    (figures.iter().sum::<f64>() / figures.len().max(1) as f64, at(90), at(50))
}

/// The index of `search` and `serve`.
fn tantivy(root: &Path) -> Result {
    let given = Given::read(root)?;
    let index = pipeline::index(given.job());
    let begun = Instant::now();
    let engine = Engine::renew(&root.join("tantivy"), "", &index)?;
    let made = begun.elapsed();
    drop(index);
    let size: u64 = crate::corpus::files(&root.join("tantivy"))?.iter().map(|(_, size)| size).sum();
    println!("  tantivy: made in {:.1} s, {:.1} MB", made.as_secs_f64(), megabytes(size));
    let mut times = Vec::new();
    for words in crate::queries::of(root)? {
        let request = Request { words, limit: SHOWN, ..Request::default() };
        let begun = Instant::now();
        let told = object(&request, &answer(&engine, &request)).to_string();
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        std::hint::black_box(told);
    }
    let (mean, most, middle) = spread(times);
    println!("  query in Rust, with counts and excerpts: ms {mean:.1} / {most:.1} (median {middle:.1})");
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
