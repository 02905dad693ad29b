//! The catalogue of lessons.

use super::names::{instructors, words};
use super::sheet::{Cell, Sheet};
use super::{Selection, Stock};
use crate::model::{Lesson, LessonId};

const LESSONS: &[(&str, &str)] = &[
    ("id", "编号"),
    ("title", "标题"),
    ("year", "年度"),
    ("unit", "单位"),
    ("instructor", "小教员"),
    ("domain", "业务领域"),
    ("skill", "能力目标"),
    ("content_kind", "内容类型"),
    ("form", "教学形式"),
    ("venue", "地点"),
    ("audience", "授课对象"),
    ("minutes", "时长（分钟）"),
    ("summary", "摘要"),
    ("basis", "依据"),
    ("tags", "标签"),
    ("attachments", "附件"),
    ("sessions", "授课次数"),
    ("excellent", "年度优秀课件"),
    ("url", "页面"),
    ("file", "文件"),
];

/// 教案目录: the lessons of the site, in its order. What is kept back is not part of it.
pub fn lessons(stock: &Stock<'_>, selection: Selection) -> Sheet {
    let mut sheet = Sheet::new("教案目录", LESSONS);
    let meant = stock.library.lesson_ids().filter(|(_, lesson)| selection.takes(lesson.unit, lesson.year));
    sheet.rows = meant.map(|(id, lesson)| row(stock, id, lesson)).collect();
    sheet
}

fn row(stock: &Stock<'_>, id: LessonId, lesson: &Lesson) -> Vec<Cell> {
    let library = stock.library;
    let attachments = lesson.attachments.iter().map(|blob| library.blob(*blob).path.name());
    let as_of = stock.config.as_of;
    let held = library.sessions.iter().filter(|session| session.lesson == Some(id) && session.is_held(as_of));
    let excellent = stock.ledger.honours.of_lesson(id).into_iter().map(|year| year.to_string());
    let basis = lesson.basis.iter().map(|citation| citation.text.as_str());
    vec![
        lesson.number.as_str().into(),
        lesson.title.as_str().into(),
        lesson.year.into(),
        library.unit(lesson.unit).name.as_str().into(),
        instructors(library, &lesson.instructors).into(),
        lesson.domain.as_ref().map(|word| word.name.as_str()).into(),
        words(&lesson.skills).into(),
        words(&lesson.content_kinds).into(),
        lesson.form.as_ref().map(|word| word.name.as_str()).into(),
        lesson.venue.as_deref().into(),
        lesson.audience.as_deref().into(),
        lesson.minutes.into(),
        lesson.summary.as_str().into(),
        basis.collect::<Vec<_>>().join("；").into(),
        lesson.tags.join("、").into(),
        attachments.collect::<Vec<_>>().join("、").into(),
        held.count().into(),
        excellent.collect::<Vec<_>>().join("、").into(),
        stock.atlas.lesson(id).as_str().into(),
        lesson.file.as_str().into(),
    ]
}
