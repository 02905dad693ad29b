//! What the commands around releases have in common: the target that is meant, who is
//! at work, and failures in words.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::args::TargetOptions;
use super::print::{Printer, Show};
use super::workspace::{Root, Workspace, shown};
use super::{Exit, Failure};
use crate::base::{Diagnostic, Finding, Findings, Moment, Severity, SourcePath};
use crate::config::Config;
use crate::memo::Memo;
use crate::pipeline::{self, Built};
use crate::publish::{Found, Holder, Pruned, PublishError};
use crate::{report, rules};

pub(super) use crate::publish::size;

/// The target: as given, from the folder where somebody is; as set, from the root.
pub(super) fn resolve(options: &TargetOptions, root: &Root, config: &Config) -> Result<PathBuf, Failure> {
    let set = config.publishing.target.as_ref().map(|target| root.root.join(target));
    let Some(target) = options.target.clone().or(set) else {
        let message = "还不知道发布到哪里。请写出文件夹，例如 jiangtai publish /srv/jiaocaiku，或在 content/site.yaml 里填“发布位置”。";
        return Err(Failure::new(Exit::Usage, message));
    };
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for (folder, name) in [(root.content_folder(), "内容文件夹"), (root.root.join("public"), "输出文件夹")] {
        if whole(&target).starts_with(whole(&folder)) {
            let message = format!("发布位置 {} 在{name}里面，请另选一个。", shown(&target));
            return Err(Failure::new(Exit::Usage, message));
        }
    }
    Ok(target)
}

/// This command, for others to hear of.
pub(super) fn holder(command: &str) -> Holder {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|name| name.trim().to_owned());
    let named = || ["COMPUTERNAME", "HOSTNAME"].iter().find_map(|name| std::env::var(name).ok());
    Holder {
        command: command.to_owned(),
        host: host.filter(|name| !name.is_empty()).or_else(named).unwrap_or_else(|| "未知".to_owned()),
        process: std::process::id(),
        since: Moment::now().to_string(),
    }
}

/// A refusal or a failure with its exit code.
pub(super) fn failed(error: PublishError) -> Failure {
    let exit = if error.is_of_the_disk() { Exit::Environment } else { Exit::Refused };
    let more = match &error {
        PublishError::Damaged { verdict, .. } => format!("例如 {}。", verdict.examples().join("、")),
        _ => String::new(),
    };
    Failure::new(exit, format!("{error}。{more}"))
}

/// Tells what an interrupted command left.
pub(super) fn tell(found: &[Found], printer: &Printer) {
    found.iter().for_each(|one| printer.say(&format!("注意：{one}")));
}

/// Tells what became of old releases, when there is something to tell.
pub(super) fn tell_pruned(pruned: &Pruned, printer: &Printer) {
    if !pruned.removed.is_empty() {
        let removed: Vec<String> = pruned.removed.iter().map(ToString::to_string).collect();
        printer.detail(&format!("已删除旧版 {}", removed.join("、")));
    }
    for (release, stranger) in &pruned.kept {
        printer.say(&format!("注意：旧版 {release} 里有别人放的文件（例如 {stranger}），没有删除。"));
    }
    for (release, cause) in &pruned.failed {
        printer.say(&format!("注意：旧版 {release} 没有删掉（{cause}），下次再试。"));
    }
}

/// Builds into a sink. A theme that does not work ends it.
pub(super) fn build(workspace: &Workspace, sink: &impl crate::base::Sink, printer: &Printer) -> Result<Built, Failure> {
    let bar = printer.bar("生成页面");
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let built = pipeline::build(super::build::job(workspace), &progress, sink);
    bar.finish_and_clear();
    match built.theme_failure() {
        Some(diagnostic) => {
            printer.diagnostics(std::slice::from_ref(diagnostic), &workspace.sources, Show::Some);
            Err(Failure::new(Exit::Settings, "主题模板有错，没有发布。"))
        }
        None => Ok(built),
    }
}

/// Prints the errors. Reminders are for authors; they would only hide from those who
/// publish what is to be published.
pub(super) fn tell_errors(built: &Built, workspace: &Workspace, printer: &Printer) {
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    let errors: Vec<Diagnostic> = built.diagnostics.iter().filter(is_error).cloned().collect();
    printer.diagnostics(&errors, &workspace.sources, Show::Some);
}

/// E703, unless errors are allowed: what is published is taken for right.
pub(super) fn refuse_errors(errors: usize, allowed: bool) -> Result<(), Failure> {
    if errors == 0 || allowed {
        return Ok(());
    }
    let finding = Finding::file("E703", &SourcePath::new("content")).with("n", errors);
    let said = rules::phrase(&finding);
    Err(Failure::new(Exit::Refused, format!("[E703] {}{}", said.message, said.remedy)))
}

/// Writes the list of problems that something was published with, among the internal
/// reports: it names people and unpublished files, so it never goes out. Gives its path.
pub(super) fn write_problems(
    root: &Root,
    workspace: &Workspace,
    built: &Built,
    name: &str,
) -> Result<Option<PathBuf>, Failure> {
    if built.tally().errors == 0 {
        return Ok(None);
    }
    let page = report::problems(&built.diagnostics, name, &workspace.theme);
    let page = page.map_err(|finding| super::desk::theme_failure(&finding))?;
    let folder = root.root.join("reports");
    let path = folder.join(format!("问题清单-{name}.html"));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, page));
    written.map_err(|error| Failure::new(Exit::Environment, format!("写不了 {}：{error}。", shown(&path))))?;
    Ok(Some(path))
}

/// The library with what follows from it, for pages that a build does not make.
pub(super) struct Map {
    pub library: crate::model::Library,
    pub ledger: crate::ledger::Ledger,
    pub atlas: crate::atlas::Atlas,
}

impl Map {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let mut unheard = Findings::default();
        let library = crate::model::load(&workspace.sources, &workspace.config, &mut unheard);
        let ledger = crate::ledger::compute(&library, &workspace.config);
        let atlas = crate::atlas::draw(&library, &ledger, &workspace.config, &Memo::none(), &mut unheard);
        Self { library, ledger, atlas }
    }
}

/// A short time, in milliseconds.
pub(super) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
