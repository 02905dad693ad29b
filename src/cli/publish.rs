//! `publish`: the site as a new release.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use super::args::{Global, Output, PublishOptions};
use super::print::{Printer, rounded, seconds};
use super::target::{self, Map, failed, milliseconds, size};
use super::workspace::{Root, Workspace, shown};
use super::{Exit, Failure};
use crate::base::Moment;
use crate::history::{self, Edition, Log};
use crate::pipeline::Built;
use crate::publish::{
    Changes, Draft, Note, Published, RealDisk, ReleaseId, Sealed, Session, State, Weigh, state, verify,
};
use crate::render::{self, Scene};

/// How many files of a kind are listed unless all are asked for.
const FEW: usize = 20;

pub(super) fn run(global: &Global, options: &PublishOptions, printer: &Printer) -> Result<Exit, Failure> {
    // Drafts are for previews; nothing that is published ever has them.
    let output = Output { output: None, base_url: options.base_url.clone(), drafts: false };
    let root = Root::new(global, Some(&output));
    let workspace = root.read()?;
    let target = target::resolve(&options.place, &root, &workspace.config)?;
    let job = Publish { root, workspace, target, options, printer, started: Instant::now() };
    if options.dry_run { job.try_out() } else { job.publish() }
}

struct Publish<'a> {
    root: Root,
    workspace: Workspace,
    target: PathBuf,
    options: &'a PublishOptions,
    printer: &'a Printer,
    started: Instant,
}

/// A release that is being made.
struct Making<'a> {
    session: &'a Session<'a>,
    state: &'a State,
    id: ReleaseId,
    draft: Draft<'a>,
    now: Moment,
}

impl Publish<'_> {
    /// Says what would change, and touches nothing.
    fn try_out(&self) -> Result<Exit, Failure> {
        let state = state(&self.target).map_err(failed)?;
        let sink = Weigh::default();
        let built = self.build(&sink)?;
        let changes = sink.changes(&state).map_err(failed)?;
        self.list(&changes);
        let errors = built.tally().errors;
        let refusal = target::refuse_errors(errors, self.options.allow_errors)
            .and_then(|()| changes.guard(self.options.max_deletes).map_err(failed));
        if self.printer.json {
            let mut object = self.json(&changes, &built);
            object["dry_run"] = true.into();
            object["published"] = false.into();
            object["refusal"] = refusal.as_ref().err().map(|failure| failure.message.clone()).into();
            self.printer.object(&object);
        } else if let Err(failure) = refusal {
            self.printer.say(&format!("真正发布时会被拒绝：{}", failure.message));
        }
        self.printer.say(&format!("试运行，没有改动任何文件。{}", self.counts(&changes)));
        Ok(Exit::Done)
    }

    fn publish(&self) -> Result<Exit, Failure> {
        let links = self.workspace.config.publishing.links;
        let holder = target::holder("publish");
        let session = Session::open(&self.target, &RealDisk, &holder, links).map_err(failed)?;
        target::tell(&session.found, self.printer);
        let state = session.state().map_err(failed)?;
        let now = Moment::now();
        let (id, draft) = session.draft(&state, now.day()).map_err(failed)?;
        let making = Making { session: &session, state: &state, id: id.clone(), draft, now };
        let made = self.make(&making);
        if !matches!(made, Ok(Exit::Done)) {
            // The first failure is what people should hear of; the next command tries
            // again to clear away what stays.
            let _ = session.abandon(&id);
        }
        made
    }

    fn make(&self, making: &Making<'_>) -> Result<Exit, Failure> {
        let built = self.build(&making.draft)?;
        let errors = built.tally().errors;
        target::refuse_errors(errors, self.options.allow_errors)?;
        making.draft.check().map_err(failed)?;
        let changes = making.draft.changes();
        self.tell_altered(&making.draft);
        if changes.is_empty() && self.is_whole(making.state) {
            return self.nothing_to_do(making, &changes, &built);
        }
        changes.guard(self.options.max_deletes).map_err(failed)?;
        self.list(&changes);
        let question = match making.state.standing.release() {
            Some(current) => format!("发布到 {}，替换现在的 {current}？", shown(&self.target)),
            None => format!("首次发布到 {}？", shown(&self.target)),
        };
        if !self.options.yes && !self.printer.agrees(&question) {
            return Err(Failure::new(Exit::Refused, "已取消，没有发布，网站保持原样。"));
        }
        let sealed = self.seal(making, &built)?;
        let (weight, check_code) = (sealed.weight, sealed.check_code.clone());
        let published = making.session.publish(&making.id, sealed).map_err(failed)?;
        let problems = target::write_problems(&self.root, &self.workspace, &built, &making.id.to_string())?;
        self.prune(making.session)?;
        self.report(&Outcome { making, built: &built, changes: &changes, published, weight, check_code, problems });
        Ok(Exit::Done)
    }

    fn build(&self, sink: &impl crate::base::Sink) -> Result<Built, Failure> {
        let built = target::build(&self.workspace, sink, self.printer)?;
        target::tell_errors(&built, &self.workspace, self.printer);
        Ok(built)
    }

    /// Somebody may have changed what is served; then it is published anew although
    /// the library is the same.
    fn is_whole(&self, state: &State) -> bool {
        state.current().is_some_and(|current| verify(&current.place).is_ok_and(|verdict| verdict.is_whole()))
    }

    fn tell_altered(&self, draft: &Draft<'_>) {
        let altered = draft.altered();
        if !altered.is_empty() {
            let examples = altered.iter().take(3).cloned().collect::<Vec<_>>().join("、");
            self.printer.say(&format!(
                "注意：现在的网站有 {} 个文件和校验表不符（例如 {examples}），可能被人直接改过；这次按教材库重新生成，没有沿用。",
                altered.len()
            ));
        }
    }

    fn nothing_to_do(&self, making: &Making<'_>, changes: &Changes, built: &Built) -> Result<Exit, Failure> {
        making.session.abandon(&making.id).map_err(failed)?;
        self.prune(making.session)?;
        let current = making.state.standing.release().map(ToString::to_string);
        if self.printer.json {
            let mut object = self.json(changes, built);
            object["published"] = false.into();
            object["release"] = current.clone().into();
            object["found"] = found(making.session);
            self.printer.object(&object);
        }
        let elapsed = seconds(self.started.elapsed());
        self.printer.say(&format!("完成：和现在的 {} 一样，不用发布，用时 {elapsed} 秒", current.unwrap_or_default()));
        Ok(Exit::Done)
    }

    /// Adds the page of the log and what the release says of itself.
    fn seal(&self, making: &Making<'_>, built: &Built) -> Result<Sealed, Failure> {
        let (config, map) = (&self.workspace.config, Map::of(&self.workspace));
        let sum = |path: &crate::base::OutputPath| making.draft.sum(path);
        let roll = history::roll(&map.library, &map.atlas, &self.workspace.sources, &sum);
        let before = making.state.current().and_then(|current| current.note.as_ref());
        let edition = Edition {
            number: making.id.number(),
            day: making.now.day().to_string(),
            errors: built.tally().errors,
            ..Edition::default()
        };
        let earlier = before.map(|note| note.log.clone()).unwrap_or_default();
        let log: Log = earlier.followed_by(edition, before.map(|note| &note.roll), &roll);
        let scene = Scene {
            library: &map.library,
            ledger: &map.ledger,
            atlas: &map.atlas,
            config,
            theme: &self.workspace.theme,
        };
        let page = render::changes(&scene, &log).map_err(|finding| super::desk::theme_failure(&finding))?;
        let mut note = Note::new(&making.id);
        note.published = making.now.to_string();
        note.as_of = config.as_of.to_string();
        note.site = config.name.clone();
        note.lessons = map.library.lessons.len();
        note.errors = built.tally().errors;
        note.log = log;
        note.roll = roll;
        let bar = self.printer.bar("写盘核对");
        let progress = |done: usize, total: usize| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        };
        let sealed = making.draft.seal(&making.id, note, page, &progress);
        bar.finish_and_clear();
        sealed.map_err(failed)
    }

    fn prune(&self, session: &Session<'_>) -> Result<(), Failure> {
        let keep = self.options.keep.unwrap_or(self.workspace.config.publishing.keep);
        let pruned = session.prune(keep).map_err(failed)?;
        target::tell_pruned(&pruned, self.printer);
        Ok(())
    }

    /// What is new, changed and removed, pages first.
    fn list(&self, changes: &Changes) {
        if changes.pages_before == 0 {
            return;
        }
        let most = if self.printer.is_verbose() { usize::MAX } else { FEW };
        for (what, files) in [("新增", &changes.new), ("修改", &changes.changed), ("删除", &changes.removed)] {
            let pages: Vec<&String> = files.iter().filter(|path| is_page(path)).collect();
            if pages.is_empty() {
                continue;
            }
            self.printer.say(&format!("{what} {} 页：", pages.len()));
            pages.iter().take(most).for_each(|page| self.printer.say(&format!("  {page}")));
            if pages.len() > most {
                self.printer.say(&format!("  另有 {} 页，加 -v 列出全部", pages.len() - most));
            }
        }
        let others = [&changes.new, &changes.changed, &changes.removed]
            .map(|files| files.iter().filter(|path| !is_page(path)).count());
        if others.iter().any(|count| *count > 0) {
            let [new, changed, removed] = others;
            self.printer.say(&format!("其他文件：新增 {new} 个，修改 {changed} 个，删除 {removed} 个"));
        }
    }

    fn counts(&self, changes: &Changes) -> String {
        let pages = |files: &[String]| files.iter().filter(|path| is_page(path)).count();
        format!(
            "新增 {} 页，修改 {} 页，删除 {} 页",
            pages(&changes.new),
            pages(&changes.changed),
            pages(&changes.removed)
        )
    }

    /// What every object of this command has (CLI.md, "JSON shapes").
    fn json(&self, changes: &Changes, built: &Built) -> Value {
        let tally = built.tally();
        json!({
            "schema_version": 1,
            "command": "publish",
            "target": self.target.display().to_string(),
            "dry_run": false,
            "published": true,
            "release": null,
            "previous": null,
            "new": changes.new,
            "changed": changes.changed,
            "removed": changes.removed,
            "pages": changes.pages,
            "lessons": built.library.lessons.len(),
            "errors": tally.errors,
            "warnings": tally.warnings,
            "seconds": rounded(self.started.elapsed()),
        })
    }

    fn report(&self, outcome: &Outcome<'_>) {
        let Outcome { making, built, changes, published, weight, check_code, problems } = outcome;
        if self.printer.json {
            let mut object = self.json(changes, built);
            object["release"] = making.id.to_string().into();
            object["previous"] = published.before.as_ref().map(ToString::to_string).into();
            object["written"] = weight.written.into();
            object["written_bytes"] = weight.written_bytes.into();
            object["linked"] = weight.linked.into();
            object["linked_bytes"] = weight.linked_bytes.into();
            object["switch_ms"] = milliseconds(published.switching).into();
            object["check_code"] = check_code.clone().into();
            object["problems"] = problems.as_ref().map(|path| path.display().to_string()).into();
            object["found"] = found(making.session);
            self.printer.object(&object);
            return;
        }
        self.printer.detail(&format!(
            "写入 {} 个文件（{}），沿用 {} 个（{}），切换 {} 毫秒",
            weight.written,
            size(weight.written_bytes),
            weight.linked,
            size(weight.linked_bytes),
            milliseconds(published.switching),
        ));
        if let Some(path) = problems {
            self.printer.say(&format!(
                "带着 {} 处错误发布，问题清单在 {}（内部资料，不在网站里）",
                built.tally().errors,
                shown(path)
            ));
        }
        if published.before.is_none() {
            self.printer.say(&format!("请让网站服务器指向 {}", shown(&self.target.join("current"))));
        }
        self.printer.say(&format!(
            "完成：发布 {}，教案 {} 份，{}；写入 {}，沿用 {}，核对码 {check_code}，用时 {} 秒",
            making.id,
            built.library.lessons.len(),
            self.counts(changes),
            size(weight.written_bytes),
            size(weight.linked_bytes),
            seconds(self.started.elapsed()),
        ));
    }
}

/// What is told at the end.
struct Outcome<'a> {
    making: &'a Making<'a>,
    built: &'a Built,
    changes: &'a Changes,
    published: Published,
    weight: crate::publish::Weight,
    check_code: String,
    problems: Option<PathBuf>,
}

fn found(session: &Session<'_>) -> Value {
    session.found.iter().map(ToString::to_string).collect()
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}
