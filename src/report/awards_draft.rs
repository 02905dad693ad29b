//! A draft of a year's list of honours: everybody who may stand, as comments, so that
//! nobody is listed whom people did not choose (DOMAIN.md 1, point 3).
//!
//! The file lies in the content folder, where colleagues read it. So it gives the
//! rates of those who reach the line, which the list itself gives as reasons, but no
//! marks and nobody below the line.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Records;
use crate::export::instructors;
use crate::ledger::{Eligibility, InstructorYear, MODEL_AFTER};
use crate::model::{Instructor, LessonId, PersonId};

/// Drafts `awards/<year>.yaml`. Without its marks of comment it is a list that the
/// library reads.
pub fn draft_awards(records: &Records<'_>, year: i32) -> String {
    let stands = eligible(records, year);
    let mut out = head(records, year, stands.len());
    write_instructors(records, year, &stands, &mut out);
    write_courseware(records, year, &stands, &mut out);
    write_models(records, year, &stands, &mut out);
    write_pacesetters(records, year, &mut out);
    out
}

/// Who may stand, with the year, best first.
fn eligible<'a>(records: &Records<'a>, year: i32) -> Vec<(PersonId, &'a InstructorYear)> {
    let of_year = records.ledger.instructors.iter().filter(|((_, at), _)| *at == year);
    let mut found: Vec<_> = of_year
        .filter(|(_, one)| one.state == Eligibility::Eligible)
        .map(|((person, _), one)| (*person, one))
        .collect();
    found.sort_by(|(a, one), (b, other)| {
        let left = u64::from(one.rate.part) * u64::from(other.rate.whole);
        let right = u64::from(other.rate.part) * u64::from(one.rate.whole);
        right.cmp(&left).then(a.cmp(b))
    });
    found
}

fn head(records: &Records<'_>, year: i32, count: usize) -> String {
    let policy = &records.config.policy;
    let publicity = "# 公示:\n#   开始: \n#   结束: \n";
    format!(
        "# {year} 年评选结果（草稿），统计日 {}。\n\
         # 程序只列出符合条件的人选和课件，评谁由人定：定下来的，把那几行行首的“#”和一个空格去掉；\n\
         # 其余各行可以留着，也可以删掉。改好后运行 jiangtai check 核对。\n\
         # 满意率达到 {}%（含）的教员共 {count} 名，按满意率排列；公示不少于 {} 个工作日。\n\
         # 文号: \n# 说明: \n{publicity}",
        records.config.as_of, policy.pass_line, policy.publicity_days
    )
}

fn heading(records: &Records<'_>, key: &str, quota: &str, out: &mut String) {
    let limit = records.config.policy.quotas.get(quota).map(|count| format!("名额 {count} 名"));
    let _ = writeln!(out, "\n{key}:{}", limit.map(|limit| format!("  # {limit}")).unwrap_or_default());
}

fn write_instructors(records: &Records<'_>, year: i32, stands: &[(PersonId, &InstructorYear)], out: &mut String) {
    heading(records, "优秀教员", "优秀教员", out);
    for (person, one) in stands {
        let rate = one.rate.percent_against(records.config.policy.pass_line).unwrap_or_default();
        let streak = records.ledger.honours.streak(*person, year - 1).years;
        let streak = if streak == 0 { String::new() } else { format!("，此前已连续 {streak} 年评上") };
        write_person(records, *person, year, "理由", out);
        let _ = writeln!(
            out,
            "#     # 满意率 {rate}（{}/{} 票），授课 {} 次，测评 {} 次{streak}",
            one.rate.part,
            one.rate.whole,
            one.held.len(),
            one.evaluated.len()
        );
    }
    if stands.is_empty() {
        out.push_str("# 没有符合条件的教员。\n");
    }
}

fn write_person(records: &Records<'_>, person: PersonId, year: i32, reason: &str, out: &mut String) {
    let library = records.library;
    let one = library.person(person);
    let _ = writeln!(out, "#   - 姓名: {}", quoted(&one.name));
    if let Some(unit) = one.unit_in(year) {
        let _ = writeln!(out, "#     单位: {}", quoted(&library.unit(unit).name));
    }
    let _ = writeln!(out, "#     {reason}: ");
}

/// Lessons taught in the year whose author may stand: from these the excellent
/// courseware is chosen once the instructors are (directive S69).
fn write_courseware(records: &Records<'_>, year: i32, stands: &[(PersonId, &InstructorYear)], out: &mut String) {
    let library = records.library;
    heading(records, "优秀课件", "优秀课件", out);
    out.push_str("# 只能从本年优秀教员的课件中评选；下面是有资格的教员本年讲过的，评选时请去掉没评上的人的课件。\n");
    let people: BTreeSet<PersonId> = stands.iter().map(|(person, _)| *person).collect();
    let is_theirs = |author: &Instructor| matches!(author, Instructor::Known(person) if people.contains(person));
    let held = library
        .sessions
        .iter()
        .filter(|session| session.is_held(records.config.as_of) && session.held.is_some_and(|day| day.year() == year));
    let pool: BTreeSet<LessonId> = held.filter_map(|session| session.lesson).collect();
    for lesson in pool.into_iter().map(|id| library.lesson(id)) {
        if lesson.instructors.iter().any(is_theirs) {
            let _ = writeln!(out, "#   - 教案: {}", quoted(&lesson.number));
            let _ = writeln!(out, "#     理由: ");
            let _ = writeln!(out, "#     # {}（{}）", lesson.title, instructors(library, &lesson.instructors));
        }
    }
}

/// Those who would reach three years in a row with this list, and those who reached
/// them before and stand on no list of model instructors (W505).
fn write_models(records: &Records<'_>, year: i32, stands: &[(PersonId, &InstructorYear)], out: &mut String) {
    let honours = &records.ledger.honours;
    heading(records, "模范教员", "模范教员", out);
    out.push_str("# 连续三年评上年度优秀教员的，授予模范教员；下面的人今年评上就满三年，或已满三年还没有列入。\n");
    let is_new = |person: &PersonId| honours.models.get(person).is_none_or(|reached| *reached >= year);
    for (person, _) in stands.iter().filter(|(person, _)| is_new(person)) {
        let before = honours.streak(*person, year - 1);
        if before.years + 1 >= MODEL_AFTER {
            write_person(records, *person, year, "理由", out);
            let _ = writeln!(out, "#     # 到 {} 年已连续 {} 年，今年评上即满三年", year - 1, before.years);
        }
    }
    for (person, reached) in honours.models_due.iter().filter(|(_, reached)| **reached < year) {
        write_person(records, *person, year, "理由", out);
        let _ = writeln!(out, "#     # {reached} 年已满三年，还没有列入模范教员");
    }
}

/// Candidates whose bases all reach the floor and whose conduct is in order; in words,
/// without marks.
fn write_pacesetters(records: &Records<'_>, year: i32, out: &mut String) {
    heading(records, "岗位履职标兵", "标兵", out);
    let all = records.ledger.candidates.get(&year).map(Vec::as_slice).unwrap_or_default();
    let passing: Vec<_> = all.iter().filter(|one| one.passes).collect();
    for (place, one) in (1..).zip(&passing) {
        write_person(records, one.person, year, "事迹", out);
        let _ = writeln!(out, "#     # 三项都达到单项线，作风合格，综合第 {place}；成绩见内部报表");
    }
    if passing.is_empty() {
        out.push_str("# 没有三项都达到单项线、作风合格的人选。\n");
    }
    let library = records.library;
    if !library.trainees.iter().any(|trainee| trainee.year == year) {
        let _ = writeln!(out, "# 各单位 {year} 年的学员情况表里还没有人；填好绩效得分和作风后再起草一次。");
    } else if !library.exams.iter().any(|exam| exam.year == year) {
        let _ = writeln!(out, "# 还没有录入 {year} 年月考成绩（exams/{year}.csv）；补录后再起草一次。");
    }
}

/// A value in quotes when it would mean something else without them.
fn quoted(text: &str) -> String {
    let is_plain =
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '（' | '）' | '·' | '-'));
    let is_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    if is_plain && !is_number && !text.starts_with('-') {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
