//! W124 附件太大
//!
//! What: an attachment of a lesson or an article that is larger than the setting 附件上限MB.
//!
//! Why: the library is read over slow lines, and a courseware of a hundred megabytes is mostly
//! uncompressed pictures.

use std::collections::BTreeSet;

use super::{Rule, Subject};
use crate::base::{Finding, Findings, Severity};
use crate::model::BlobId;

/// 附件太大.
pub const RULE: Rule = Rule {
    code: "W124",
    severity: Severity::Warning,
    title: "附件太大",
    message: "附件“{名}”有 {n} MB，超过 {上限} MB，打开会很慢。",
    remedy: "请压缩图片后另存，或拆成几个文件。",
    check: Some(check),
    manual: include_str!("../../tests/rules/W124.md"),
};

const MEGABYTE: u64 = 1024 * 1024;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let library = subject.library;
    let of_lessons = library.lessons.iter().flat_map(|lesson| &lesson.attachments);
    let of_articles = library.articles.iter().flat_map(|article| &article.attachments);
    let attached: BTreeSet<BlobId> = of_lessons.chain(of_articles).copied().collect();
    let limit = u64::from(subject.config.attachment_limit);
    for blob in attached.into_iter().map(|id| library.blob(id)).filter(|blob| blob.size > limit * MEGABYTE) {
        let finding = Finding::file("W124", &blob.path).with("名", blob.path.name());
        findings.push(finding.with("n", blob.size.div_ceil(MEGABYTE)).with("上限", limit));
    }
}
