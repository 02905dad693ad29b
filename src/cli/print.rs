//! Printing: people's text to standard error, data to standard output.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::args::{Color, Format, Global};
use crate::base::text::{display_width, never_order};
use crate::base::{Code, Diagnostic, Severity};
use crate::pipeline::Report;
use crate::rules;
use crate::source::Sources;

use super::lines::Lines;

/// Which problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    /// Errors, and a few reminders of each kind.
    Some,
    /// Errors and reminders.
    Reminders,
    /// Hints as well.
    All,
}

/// How many reminders of one kind a build shows.
const FEW: usize = 3;

/// Knows how the user wants to be spoken to.
pub(super) struct Printer {
    pub json: bool,
    quiet: bool,
    verbose: bool,
    timings: bool,
    color: bool,
}

impl Printer {
    pub(super) fn new(global: &Global) -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stderr().is_terminal() && !no_color,
        };
        let json = global.format == Format::Json;
        Self { json, quiet: global.quiet, verbose: global.verbose > 0, timings: global.timings, color }
    }

    /// A line for people.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet && !self.json {
            let _ = writeln!(std::io::stderr(), "{}", never_order(text));
        }
    }

    /// A line for people who want to know more.
    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// Whether long lists are wanted whole.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Asks for a yes on a terminal. Elsewhere nobody is there to be asked, and the
    /// answer is given: scripts rely on the guards of the command.
    pub(super) fn agrees(&self, question: &str) -> bool {
        if self.quiet || self.json || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return true;
        }
        let _ = write!(std::io::stderr(), "{question}（输入 y 继续，其他任意键取消）");
        let _ = std::io::stderr().flush();
        let mut answer = String::new();
        let read = std::io::stdin().read_line(&mut answer);
        read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "ｙ" | "是")
    }

    /// Why a command could not go on.
    pub(super) fn failure(&self, text: &str) {
        if self.json {
            self.object(&json!({"schema_version": 1, "error": text}));
        }
        let _ = writeln!(std::io::stderr(), "{}{}", self.paint("1;31", "出错了："), never_order(text));
    }

    /// Data for standard output: for programs as it is, on a terminal without orders to it.
    pub(super) fn data(&self, text: &str) {
        if std::io::stdout().is_terminal() {
            self.bytes(never_order(text).as_bytes());
        } else {
            self.bytes(text.as_bytes());
        }
    }

    /// Data for standard output that need not be text.
    pub(super) fn bytes(&self, bytes: &[u8]) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(bytes);
        let _ = out.flush();
    }

    /// One JSON object for standard output.
    pub(super) fn object(&self, value: &Value) {
        self.data(&format!("{value}\n"));
    }

    fn paint(&self, style: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A bar for long work, on a terminal only.
    pub(super) fn bar(&self, label: &str) -> ProgressBar {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len}") {
            bar.set_style(style.progress_chars("━━ "));
        }
        bar.set_message(label.to_owned());
        bar
    }

    /// Problems with their lines. `check` shows every one; after a build a reminder
    /// that many rows give is shown a few times and then counted.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources, show: Show) {
        let mut out = String::new();
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        let mut lines = Lines::new(sources);
        for diagnostic in diagnostics {
            let count = seen.entry(diagnostic.code).or_default();
            *count += 1;
            let wanted = match diagnostic.severity {
                Severity::Error => true,
                Severity::Warning => !self.quiet && (show != Show::Some || self.verbose || *count <= FEW),
                Severity::Hint => show == Show::All && !self.quiet,
            };
            if wanted {
                let line = lines.at(&diagnostic.place);
                self.one(diagnostic, line, &mut out);
            }
        }
        let folded = seen.iter().filter(|(code, count)| {
            let is_warning = diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code == **code && diagnostic.severity == Severity::Warning);
            show == Show::Some && !self.verbose && !self.quiet && is_warning && **count > FEW
        });
        for (code, count) in folded {
            out.push_str(&format!(
                "提醒[{}] 还有 {} 条同类提醒，运行 jiangtai check 查看全部。\n\n",
                code.as_str(),
                count - FEW
            ));
        }
        if !self.json {
            let _ = std::io::stderr().write_all(out.as_bytes());
        }
    }

    fn one(&self, diagnostic: &Diagnostic, line: Option<&str>, out: &mut String) {
        let (word, style) = match diagnostic.severity {
            Severity::Error => ("错误", "1;31"),
            Severity::Warning => ("提醒", "1;33"),
            Severity::Hint => ("提示", "1;36"),
        };
        let place = &diagnostic.place;
        let code = diagnostic.code.as_str();
        out.push_str(&format!(
            "{} {}\n",
            self.paint(style, &format!("{word}[{code}]")),
            never_order(&diagnostic.message)
        ));
        let position = match (place.line, place.column) {
            (0, _) => place.file.to_string(),
            (line, 0) => format!("{}:{line}", place.file),
            (line, column) => format!("{}:{line}:{column}", place.file),
        };
        // A name may even hold a line end, and must not look like a line of ours.
        let position = position.replace('\n', "\u{240a}");
        out.push_str(&format!("  {} {}\n", self.paint("34", "──▶"), never_order(&position)));
        if let Some(line) = line {
            out.push_str(&self.excerpt(diagnostic, line));
        }
        if !diagnostic.remedy.is_empty() {
            out.push_str(&format!("  改法：{}（jiangtai explain {code}）\n", never_order(&diagnostic.remedy)));
        }
        out.push('\n');
    }

    /// The line with a caret under what is meant, measured by display width. What
    /// must not be spread (a secret, a number of a person) is not shown again.
    fn excerpt(&self, diagnostic: &Diagnostic, line: &str) -> String {
        let place = &diagnostic.place;
        let line = line.replace('\t', " ");
        let line = rules::masked(&line);
        let line = never_order(&line);
        let before = usize::try_from(place.column.saturating_sub(1)).unwrap_or(0);
        let (shown, skipped) = window(&line, before);
        let number = place.line.to_string();
        let gutter = " ".repeat(display_width(&number));
        let bar = self.paint("34", "│");
        let mut out = format!("{gutter} {bar}\n{number} {bar} {shown}\n");
        if place.column > 0 {
            let prefix: String = shown.chars().take(before - skipped).collect();
            let length = usize::try_from(place.length.max(1)).unwrap_or(1);
            let marked: String = shown.chars().skip(before - skipped).take(length).collect();
            let carets = "^".repeat(display_width(&marked).max(1));
            out.push_str(&format!(
                "{gutter} {bar} {}{}\n",
                " ".repeat(display_width(&prefix)),
                self.paint("1;31", &carets)
            ));
        }
        out
    }

    /// The time of each stage, when asked for.
    pub(super) fn times(&self, stages: impl IntoIterator<Item = (&'static str, Duration)>) {
        if !self.timings {
            return;
        }
        for (name, time) in stages {
            let pad = " ".repeat(12usize.saturating_sub(display_width(name)));
            let _ = writeln!(std::io::stderr(), "  {name}{pad}{:>8.1} 毫秒", time.as_secs_f64() * 1000.0);
        }
    }
}

/// The last line of a build: what was made.
pub(super) fn summary(report: &Report, elapsed: Duration) -> String {
    let tally = report.tally();
    format!(
        "完成：教案 {} 份，附件 {} 个，页面 {} 个，提醒 {}，错误 {}，用时 {} 秒",
        report.lessons,
        report.attachments,
        report.pages,
        tally.warnings,
        tally.errors,
        seconds(elapsed),
    )
}

/// Seconds for programs.
pub(super) fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}

/// Seconds as people read them.
pub(super) fn seconds(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 0.095 { format!("{seconds:.2}") } else { format!("{seconds:.1}") }
}

/// The part of a long line around a column, and how many characters were left out
/// before it.
fn window(line: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 76;
    let count = line.chars().count();
    if count <= WIDTH || column < WIDTH / 2 {
        return (line.chars().take(WIDTH).collect(), 0);
    }
    let skipped = column - WIDTH / 3;
    (line.chars().skip(skipped).take(WIDTH).collect(), skipped)
}

/// A problem as an object (CLI.md, "JSON shapes").
pub(super) fn as_json(diagnostic: &Diagnostic) -> Value {
    let mut object = json!({
        "code": diagnostic.code.as_str(),
        "severity": diagnostic.severity.as_str(),
        "file": diagnostic.place.file.as_str(),
        "line": diagnostic.place.line,
        "column": diagnostic.place.column,
        "message": diagnostic.message,
        "hint": diagnostic.remedy,
    });
    if let (Some(fix), Some(map)) = (&diagnostic.fix, object.as_object_mut()) {
        map.insert("fix".to_owned(), json!({"safe": true, "replacement": fix.replacement}));
    }
    object
}
