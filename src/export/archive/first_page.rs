//! The first page of an archive: what the year came to, and what the archive holds.

use std::collections::BTreeSet;

use super::links::link;
use super::{Holdings, tables};
use crate::export::sheet::{Cell, Sheet};
use crate::ledger::Ratio;
use crate::model::{ArticleKind, LessonId};
use crate::render::{PaperView, Pointer, SectionView};

const INDEX: &str = "index.html";

pub(super) fn view(holdings: &Holdings<'_>) -> PaperView {
    let config = holdings.stock.config;
    let as_of = format!("统计日：{}。", config.as_of.in_words());
    let held = "本档案收有教学计划、测评汇总（只有票数）、教案及原文、附件和年度总结；“原文”文件夹保持原来的目录。";
    let mut sections = vec![summary(holdings), figures(holdings), lessons(holdings), borrowed(holdings)];
    let sheets = tables::sheets(holdings);
    sections.extend((1..).zip(&sheets).map(|(at, (name, sheet))| table(at, name, sheet)));
    sections.retain(|section| !section.links.is_empty() || !section.rows.is_empty());
    PaperView {
        title: format!("{} {} 年互动式岗位教学档案", holdings.unit_name(), holdings.year),
        lead: config.organization.iter().cloned().chain([as_of, held.to_owned()]).collect(),
        sections,
        ..PaperView::default()
    }
}

/// The summary first, then other texts.
fn summary(holdings: &Holdings<'_>) -> SectionView {
    let mut texts: Vec<_> = holdings.articles.iter().collect();
    texts.sort_by_key(|(id, article)| (article.kind != ArticleKind::Summary, *id));
    let pointer = |(id, article): &(_, &crate::model::Article)| {
        Some(Pointer { text: article.title.clone(), href: link(INDEX, &holdings.article_page(*id)?) })
    };
    let links = texts.into_iter().filter_map(pointer).collect();
    SectionView { id: "zongjie".to_owned(), title: "年度总结和文件".to_owned(), links, ..SectionView::default() }
}

fn lessons(holdings: &Holdings<'_>) -> SectionView {
    let pointer = |id, number: &str, title: &str| {
        Some(Pointer { text: format!("{number} {title}"), href: link(INDEX, &holdings.lesson_page(id)?) })
    };
    let links = holdings.lessons.iter().filter_map(|(id, lesson)| pointer(*id, &lesson.number, &lesson.title));
    let title = format!("教案（{} 份）", holdings.lessons.len());
    SectionView { id: "jiaoan".to_owned(), title, links: links.collect(), ..SectionView::default() }
}

/// Lessons of others that were taught here; their own units keep them.
fn borrowed(holdings: &Holdings<'_>) -> SectionView {
    let library = holdings.stock.library;
    let as_of = holdings.stock.config.as_of;
    let taught = library
        .sessions
        .iter()
        .filter(|session| session.unit == holdings.unit && session.year == holdings.year && session.is_held(as_of));
    let others: BTreeSet<LessonId> =
        taught.filter_map(|session| session.lesson).filter(|id| holdings.lesson_page(*id).is_none()).collect();
    let row = |id: LessonId| {
        let lesson = library.lesson(id);
        let year = lesson.year.map(|year| format!(" {year} 年")).unwrap_or_default();
        vec![lesson.number.clone(), lesson.title.clone(), format!("{}{year}", library.unit(lesson.unit).name)]
    };
    SectionView {
        id: "jieyong".to_owned(),
        title: "讲过的其他单位或年度的教案".to_owned(),
        heads: ["编号", "标题", "存放单位和年度"].map(str::to_owned).to_vec(),
        rows: others.into_iter().map(row).collect(),
        ..SectionView::default()
    }
}

/// The figures of the year, each with its two numbers.
fn figures(holdings: &Holdings<'_>) -> SectionView {
    let mut section = SectionView {
        id: "shuzi".to_owned(),
        title: "全年情况".to_owned(),
        heads: ["项目", "数", "比例"].map(str::to_owned).to_vec(),
        ..SectionView::default()
    };
    let Some(year) = holdings.stock.ledger.unit_year(holdings.unit, holdings.year) else { return section };
    let share = |name: &str, ratio: Ratio| {
        vec![name.to_owned(), ratio.to_string(), ratio.percent().unwrap_or_else(|| "—".to_owned())]
    };
    let number = |name: &str, number: u32| vec![name.to_owned(), number.to_string(), String::new()];
    let plan = &year.plan;
    section.rows = vec![
        number("授课次数", plan.sessions_held),
        number("其中机动课", plan.adhoc_held),
        number("参训人次", plan.attendances),
        share("基础课完成", plan.completion()),
        share("按期完成", plan.on_time()),
        share("有课的月份", Ratio::new(plan.months_met, plan.months_active)),
        share("申报覆盖", year.coverage.ratio()),
        share("教案入库", plan.material()),
        share("测评回收", year.response),
    ];
    if year.satisfaction.whole >= holdings.stock.config.policy.min_ballots {
        section.rows.push(share("满意票", year.satisfaction));
    }
    section
}

fn table(at: usize, name: &str, sheet: &Sheet) -> SectionView {
    SectionView {
        id: format!("biao-{at}"),
        title: name.to_owned(),
        links: vec![Pointer { text: format!("{name}.csv"), href: link(INDEX, &format!("{name}.csv")) }],
        heads: sheet.columns.iter().map(|column| column.head.to_owned()).collect(),
        rows: sheet.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect(),
        ..SectionView::default()
    }
}
