//! The template engine: tera's only home.

use std::borrow::Cow;

use serde::Serialize;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, Value};

use super::views::{PageView, SiteView};
use crate::base::{Finding, Place, SourcePath};
use crate::theme::{Template, Theme};

/// Templates that are ready to be filled.
pub struct Engine<'a> {
    tera: Tera,
    templates: &'a [Template],
}

impl<'a> Engine<'a> {
    /// Reads the templates of a theme. The words of the language are shared by all pages, so
    /// that they are turned into values once.
    ///
    /// # Errors
    /// The first mistake in a template, as a finding (E801) with file and line.
    pub fn new(theme: &'a Theme, language: &str) -> Result<Self, Finding> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        tera.register_filter("fill", fill);
        let mut engine = Self { tera, templates: &theme.templates };
        let pairs = theme.templates.iter().map(|template| (template.name.as_str(), template.text.as_str()));
        let added = engine.tera.add_raw_templates(pairs);
        added.map_err(|error| describe(&error, "", engine.templates))?;
        let words = theme.strings.get(language).or_else(|| theme.strings.get("zh-Hans"));
        engine.tera.global_context().insert("t", words.unwrap_or(&serde_json::Value::Null));
        Ok(engine)
    }

    /// The same for the pages of a site, which share what is told of it.
    pub fn of_site(mut self, site: &SiteView) -> Self {
        self.tera.global_context().insert("site", site);
        self
    }

    /// Fills the template of a page.
    ///
    /// # Errors
    /// What the template asked for in vain, as a finding (E801).
    pub fn page<V: Serialize>(&self, page: &PageView, view: &V) -> Result<Vec<u8>, Finding> {
        let template = format!("pages/{}.html", page.kind);
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("view", view);
        self.render(&template, &context)
    }

    /// Fills a template that makes a file for programs.
    ///
    /// # Errors
    /// As [`Engine::page`].
    pub fn file<V: Serialize>(&self, template: &str, view: &V) -> Result<Vec<u8>, Finding> {
        let mut context = Context::new();
        context.insert("view", view);
        self.render(template, &context)
    }

    fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Finding> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(describe(&error, template, self.templates)),
        }
    }
}

/// `{{ t.counts.lessons | fill(n=12) }}`: puts values into the `{n}` of a sentence.
/// A name without a value stays as it is written.
fn fill(text: Cow<'_, str>, values: Kwargs, _: &State<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_ref();
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let name = inner.find('}').map(|close| &inner[..close]);
        match name.and_then(|name| values.get::<Value>(name).ok().flatten().map(|value| (name, value))) {
            Some((name, value)) => {
                out.push_str(&value.to_string());
                rest = &inner[name.len() + 1..];
            }
            None => {
                out.push('{');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// E801 with the template's file and line.
fn describe(error: &Error, template: &str, templates: &[Template]) -> Finding {
    let full = chain(error);
    let (name, line) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), report.span().start_line)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => (tpl.clone(), 0),
        _ => located(&full).unwrap_or((template.to_owned(), 0)),
    };
    let origin =
        templates.iter().find(|candidate| candidate.name == name).map_or(name.as_str(), |found| found.origin.as_str());
    let line = u32::try_from(line).unwrap_or(0);
    let place = Place::line(&SourcePath::new(origin), line);
    Finding::new("E801", place).with("原因", full)
}

/// Tera's rendered reports say `--> file:line:column`.
fn located(report: &str) -> Option<(String, usize)> {
    let at = report.find("-->")?;
    let mut parts = report[at + 3..].lines().next()?.trim().trim_matches(['[', ']']).rsplitn(3, ':');
    let (_, line, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some((name.trim().to_owned(), line.parse().ok()?))
}

fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!("\n{cause}"));
        source = cause.source();
    }
    text
}
