//! 问题清单: the errors that something was published with all the same (E703).

use super::MARK;
use crate::base::{Diagnostic, Finding, Severity};
use crate::render::{Documents, PaperView, SectionView};
use crate::theme::Theme;

/// The page. It names people and files that are not published, so it stays in the
/// office.
///
/// # Errors
/// A mistake in the theme's templates, as a finding (E801).
pub fn problems(diagnostics: &[Diagnostic], release: &str, theme: &Theme) -> Result<Vec<u8>, Finding> {
    let view = PaperView {
        title: format!("问题清单（{release}）"),
        mark: Some(MARK.to_owned()),
        lead: vec![
            "发布时还有下面这些错误没有改。有错误的内容没有进网站，其余照常发布。改好以后请重新发布。".to_owned(),
        ],
        sections: vec![
            section("cuowu", "错误", diagnostics, Severity::Error),
            section("tixing", "提醒", diagnostics, Severity::Warning),
        ],
        ..PaperView::default()
    };
    Documents::new(theme)?.page(&view)
}

fn section(id: &str, name: &str, diagnostics: &[Diagnostic], severity: Severity) -> SectionView {
    let rows: Vec<Vec<String>> =
        diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).map(row).collect();
    SectionView {
        id: id.to_owned(),
        title: format!("{name}（{} 处）", rows.len()),
        heads: ["编号", "位置", "问题", "改法"].map(str::to_owned).to_vec(),
        empty: rows.is_empty().then(|| format!("没有{name}。")),
        rows,
        ..SectionView::default()
    }
}

fn row(diagnostic: &Diagnostic) -> Vec<String> {
    let place = &diagnostic.place;
    let place = if place.line == 0 { place.file.to_string() } else { format!("{}:{}", place.file, place.line) };
    vec![diagnostic.code.as_str().to_owned(), place, diagnostic.message.clone(), diagnostic.remedy.clone()]
}
