//! What rules about attachments share.

use super::Subject;
use crate::base::{Finding, Findings};
use crate::source::{Inside, Nature, SourceFile, Spot};

/// Every file that somebody has looked into.
pub(super) fn all<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a SourceFile, &'a Inside)> {
    subject.sources.files.iter().filter_map(|file| Some((file, file.inside()?.as_ref())))
}

/// Leaves a finding with its name for each file that is so.
pub(super) fn report(
    code: &'static str,
    subject: &Subject<'_>,
    findings: &mut Findings,
    is_so: fn(&SourceFile, &Inside) -> bool,
) {
    for (file, _) in all(subject).filter(|(file, inside)| is_so(file, inside)) {
        findings.push(Finding::file(code, &file.path).with("名", file.path.name()));
    }
}

/// Where something stands in a file, as people say it; nothing for the whole of it.
pub(super) fn spot(spot: &Spot) -> String {
    match spot {
        Spot::Page(number) => format!("第 {number} 页"),
        Spot::Slide(number) => format!("第 {number} 张"),
        Spot::Sheet(name) => format!("工作表“{name}”"),
        Spot::Section(name) => format!("“{name}”一节"),
        Spot::Whole => String::new(),
        Spot::Margin => "页眉页脚".to_owned(),
        Spot::Footnotes => "脚注".to_owned(),
        Spot::Comment => "批注或修订".to_owned(),
        Spot::Property(name) => format!("文档属性“{name}”"),
    }
}

/// What people call a kind of file; `None` for what has no name.
pub(super) fn kind(nature: Nature) -> Option<&'static str> {
    Some(match nature {
        Nature::Pptx => "pptx 演示文稿",
        Nature::Docx => "docx 文档",
        Nature::Xlsx => "xlsx 表格",
        Nature::Ppt => "旧版 ppt 演示文稿",
        Nature::Doc => "旧版 doc 文档",
        Nature::Xls => "旧版 xls 表格",
        Nature::OpenDocument => "OpenDocument 文档",
        Nature::Pdf => "PDF",
        Nature::Rtf => "RTF 文档",
        Nature::Html => "网页",
        Nature::Picture => "图片",
        Nature::Text => "纯文本",
        Nature::Locked | Nature::Other => return None,
    })
}
