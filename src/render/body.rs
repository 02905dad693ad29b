//! The body of a lesson or an article as HTML, and what its writer should mend.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::desk::Desk;
use super::links::PageLinks;
use super::views::TocView;
use crate::base::text::fold;
use crate::base::{Finding, Findings, OutputPath, Place, SourcePath};
use crate::config::Lang;
use crate::markdown::{self, Options, Problem, ProblemKind, TocEntry};
use crate::model::{BlobId, Lesson, NOT_PUBLISHED, UnitId};

/// How many characters of a teaching text people read in a minute.
const READ_IN_A_MINUTE: usize = 400;

/// A text to be rendered.
pub(super) struct Text<'a> {
    pub file: &'a SourcePath,
    pub body: &'a str,
    /// The line of the file at which the body starts.
    pub first_line: u32,
    pub unit: Option<UnitId>,
    pub year: Option<i32>,
    /// The page that it stands on.
    pub page: &'a OutputPath,
}

impl<'a> Text<'a> {
    /// The body of a lesson, on its own page or another one.
    pub(super) fn of(lesson: &'a Lesson, page: &'a OutputPath) -> Self {
        Text {
            file: &lesson.file,
            body: &lesson.body,
            first_line: lesson.body_line,
            unit: Some(lesson.unit),
            year: lesson.year,
            page,
        }
    }
}

/// A rendered body.
pub(super) struct Body {
    /// `None` when there is nothing to show.
    pub html: Option<String>,
    pub toc: Vec<TocView>,
    pub characters: u32,
    pub reading_minutes: u32,
}

impl Desk<'_> {
    /// Renders a body and reports what its writer should mend.
    pub(super) fn body(&self, text: &Text<'_>, used: &mut BTreeSet<BlobId>, findings: &mut Findings) -> Body {
        let links = PageLinks {
            desk: self,
            file: text.file,
            page: text.page,
            unit: text.unit,
            year: text.year,
            used: RefCell::default(),
        };
        let lang = match self.scene.config.lang {
            Lang::Chinese => markdown::Lang::Zh,
            Lang::English => markdown::Lang::En,
        };
        let rendered = markdown::render(text.body, &links, &Options { lang });
        used.append(&mut links.used.take());
        for problem in &rendered.problems {
            findings.push(self.finding(text, problem));
        }
        let minutes = rendered.characters.div_ceil(READ_IN_A_MINUTE);
        Body {
            html: (!rendered.html.trim().is_empty()).then_some(rendered.html),
            toc: toc(rendered.toc),
            characters: u32::try_from(rendered.characters).unwrap_or(u32::MAX),
            reading_minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
        }
    }

    fn finding(&self, text: &Text<'_>, problem: &Problem) -> Finding {
        let place =
            Place::at(text.file, text.first_line + problem.line.saturating_sub(1), problem.column, problem.length);
        let hint = |sentence: &str, remedy: &str| {
            Finding::new("H128", place.clone()).with("内容", sentence).with("改法", remedy)
        };
        match &problem.kind {
            ProblemKind::BrokenLink => {
                let finding = Finding::new("E122", place).with("目标", &problem.text).with("例", self.example());
                match self.why_broken(&problem.text) {
                    Some(why) => finding.with("补充", why),
                    None => finding,
                }
            }
            ProblemKind::LocalPath => Finding::new("E122", place)
                .with("目标", &problem.text)
                .with("例", self.example())
                .with("补充", "图片请放进同一文件夹，只写文件名。"),
            ProblemKind::RawHtml => Finding::new("W123", place),
            ProblemKind::SpacedLink => hint("链接里的文件名带空格，已按原意读取", "写成 [文字](<文件 名.pdf>) 更稳妥"),
            ProblemKind::NumberedListMark => {
                hint("“1、”不是 Markdown 的列表写法，只按换行显示", "要自动编号请写成“1. ”（半角点加空格）")
            }
            ProblemKind::FullWidthHeading => {
                hint("标题的井号写法不规范，已按标题读取", "请写成“## 标题”（半角井号加空格）")
            }
            ProblemKind::FullWidthTable => hint("表格用了全角竖线，已按表格读取", "请改成半角竖线“|”"),
            ProblemKind::UnclosedBlock => hint("以“:::”开头的内容块没有收尾", "请在内容块最后单独加一行“:::”"),
            ProblemKind::UnknownBlock(name) => {
                hint(&format!("不认识“:::{name}”，其中内容按普通文字显示"), "可以写“:::教师”或“:::练习”")
            }
            ProblemKind::QuizWithoutAnswer => {
                hint("这道自测题没有答案", "选择题请用“- [x]”标出正确选项，其他题请写“答案：”")
            }
        }
    }

    /// A title that a wiki link could name: numbers that the program gave may move to
    /// another lesson when files come and go.
    fn example(&self) -> String {
        self.scene.library.lessons.first().map_or_else(|| "夜间巡查小窍门".to_owned(), |lesson| lesson.title.clone())
    }

    /// What is known of a target that is not on the site.
    fn why_broken(&self, written: &str) -> Option<&'static str> {
        let name = written.rsplit('/').next().unwrap_or(written);
        let wanted = fold(name.strip_suffix(".md").unwrap_or(name));
        if self.scene.library.kept_back.iter().any(|lesson| lesson.is_called(&wanted)) {
            return Some(NOT_PUBLISHED);
        }
        let lower = written.to_ascii_lowercase();
        lower.starts_with("www.").then_some("网页地址请在前面加上“http://”。")
    }
}

fn toc(entries: Vec<TocEntry>) -> Vec<TocView> {
    entries
        .into_iter()
        .map(|entry| TocView {
            level: u32::from(entry.level),
            id: entry.id,
            text: entry.text,
            children: toc(entry.children),
        })
        .collect()
}
