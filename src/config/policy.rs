//! What the directive leaves open, as settings: lines, ages, weights, quotas. The
//! defaults are those of DOMAIN.md 2.8 and 3.3.

use std::collections::BTreeMap;

use crate::base::text::fold;
use crate::base::{Day, Finding, Findings, Located};
use crate::records::{self, Entry, Record, Value};

/// How the year of an instructor is reckoned (gap G7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateScope {
    /// 合计: all ballots of the year together.
    Pooled,
    /// 每次: every session must reach the line.
    EverySession,
}

/// Who is expected to apply (directive S29, gap G4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeRule {
    /// 年龄线.
    pub line: u32,
    /// 年龄含本数.
    pub inclusive: bool,
    /// 年龄基准日: month and day on which the age is taken.
    pub on: (u32, u32),
}

impl AgeRule {
    /// The highest age that is up to the line: under 46 is up to 45.
    pub fn highest(&self) -> u32 {
        if self.inclusive { self.line } else { self.line.saturating_sub(1) }
    }
}

/// The rules of evaluation, honours and assessment.
#[derive(Debug, Clone)]
pub struct Policy {
    /// 满意率线, in percent, the line itself included (directive S67).
    pub pass_line: u32,
    /// Which levels count as satisfied: very, satisfied, fair, dissatisfied.
    pub satisfied_levels: [bool; 4],
    /// 教员满意率口径.
    pub rate_scope: RateScope,
    /// 公开最少票数: with fewer valid ballots no rate is published.
    pub min_ballots: u32,
    /// Below this share of those who attended, in percent, ballots are few (W406).
    pub response_line: u32,
    /// Who is expected to apply.
    pub age: AgeRule,
    /// 申报截止: month and day up to which regular applications are taken (directive S27).
    pub deadline: Option<(u32, u32)>,
    /// 建议时长 of a lesson, in minutes (directive S57).
    pub minutes: (u32, u32),
    /// 标兵权重: participation, exam, duty; in percent.
    pub pacesetter_weights: [u32; 3],
    /// 标兵单项线.
    pub pacesetter_floor: u32,
    /// 单位考核权重: completion, months, coverage, satisfaction, material; in percent.
    pub assessment_weights: [u32; 5],
    /// 名额 by honour, under its Chinese name.
    pub quotas: BTreeMap<String, u32>,
    /// 公示工作日.
    pub publicity_days: u32,
    /// 公布未达线姓名.
    pub publish_below: bool,
    /// 公布成绩.
    pub publish_scores: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            pass_line: 80,
            satisfied_levels: [true, true, false, false],
            rate_scope: RateScope::Pooled,
            min_ballots: 5,
            response_line: 60,
            age: AgeRule { line: 46, inclusive: true, on: (1, 1) },
            deadline: None,
            minutes: (15, 45),
            pacesetter_weights: [40, 30, 30],
            pacesetter_floor: 80,
            assessment_weights: [30, 20, 20, 15, 15],
            quotas: BTreeMap::new(),
            publicity_days: 5,
            publish_below: false,
            publish_scores: false,
        }
    }
}

impl Policy {
    /// The last day for the regular applications of a year; 2月29日 is the last day of
    /// February in other years.
    pub fn deadline_of(&self, year: i32) -> Option<Day> {
        let (month, day) = self.deadline?;
        (1..=day).rev().find_map(|day| Day::new(year, month, day))
    }

    /// Reads the settings; what is not written or cannot be read keeps its default.
    pub(super) fn read(record: &Record, findings: &mut Findings) -> Self {
        let usual = Self::default();
        let mut number = |key: &str, default: u32| records::integer(record.get(key), findings).unwrap_or(default);
        let pass_line = number("pass_line", usual.pass_line);
        let min_ballots = number("min_ballots", usual.min_ballots);
        let response_line = number("response_line", usual.response_line);
        let line = number("age_line", usual.age.line);
        let pacesetter_floor = number("pacesetter_floor", usual.pacesetter_floor);
        let publicity_days = number("publicity_days", usual.publicity_days);
        let mut flag = |key: &str, default: bool| records::boolean(record.get(key), findings).unwrap_or(default);
        let inclusive = flag("age_inclusive", usual.age.inclusive);
        let publish_below = flag("publish_below", usual.publish_below);
        let publish_scores = flag("publish_scores", usual.publish_scores);
        Policy {
            pass_line,
            satisfied_levels: levels(record.get("satisfied_levels"), findings).unwrap_or(usual.satisfied_levels),
            rate_scope: scope(record.get("rate_scope"), findings),
            min_ballots,
            response_line,
            age: AgeRule { line, inclusive, on: day_of_year(record.get("age_day"), findings).unwrap_or(usual.age.on) },
            minutes: super::range(record, "minutes", findings).unwrap_or(usual.minutes),
            deadline: day_of_year(record.get("deadline"), findings),
            pacesetter_weights: pacesetter_weights(record, findings).unwrap_or(usual.pacesetter_weights),
            pacesetter_floor,
            assessment_weights: weights(record.get("assessment_weights"), findings).unwrap_or(usual.assessment_weights),
            quotas: quotas(record.get("quotas"), findings),
            publicity_days,
            publish_below,
            publish_scores,
        }
    }
}

fn not_one_of(entry: &Entry, allowed: &str) -> Finding {
    let finding = Finding::new("E116", entry.node.place.clone()).with("键", &entry.name.value);
    finding.with("值", entry.node.shown()).with("列表", allowed)
}

/// The four levels of the satisfaction form.
const LEVELS: [&str; 4] = ["很满意", "满意", "基本满意", "不满意"];

fn levels(entry: Option<&Entry>, findings: &mut Findings) -> Option<[bool; 4]> {
    let entry = entry?;
    let mut chosen = [false; 4];
    for item in records::list(Some(entry), false) {
        match LEVELS.iter().position(|level| fold(level) == fold(&item.value)) {
            Some(at) => chosen[at] = true,
            None => {
                findings.push(not_one_of(entry, &LEVELS.join("、")));
                return None;
            }
        }
    }
    Some(chosen)
}

fn scope(entry: Option<&Entry>, findings: &mut Findings) -> RateScope {
    let Some(entry) = entry else { return RateScope::Pooled };
    match fold(&entry.node.shown()).as_str() {
        "合计" => RateScope::Pooled,
        "每次" => RateScope::EverySession,
        _ => {
            findings.push(not_one_of(entry, "合计、每次"));
            RateScope::Pooled
        }
    }
}

/// A month and a day: `01-01`, `1月1日`.
fn day_of_year(entry: Option<&Entry>, findings: &mut Findings) -> Option<(u32, u32)> {
    let entry = entry?;
    let text = fold(&entry.node.shown());
    let numbers: Vec<u32> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [month @ 1..=12, day @ 1..=31] => Some((*month, *day)),
        _ => {
            let finding = Finding::new("E112", entry.node.place.clone()).with("键", &entry.name.value).with("值", text);
            findings.push(finding);
            None
        }
    }
}

/// Whole numbers in their order, as a list or as keys with values.
fn weights<const N: usize>(entry: Option<&Entry>, findings: &mut Findings) -> Option<[u32; N]> {
    let entry = entry?;
    let written: Vec<String> = match &entry.node.value {
        Value::Map(pairs) => pairs.iter().map(|(_, node)| node.shown()).collect(),
        _ => records::list(Some(entry), false).into_iter().map(|item| item.value).collect(),
    };
    let numbers: Option<Vec<u32>> = written.iter().map(|text| fold(text).trim_end_matches('%').parse().ok()).collect();
    let found = numbers.and_then(|numbers| numbers.try_into().ok());
    if found.is_none() {
        let finding = Finding::new("E115", entry.node.place.clone()).with("键", &entry.name.value);
        findings.push(finding.with("值", entry.node.shown()));
    }
    found
}

/// 标兵权重: what does not sum up to a hundred is left out (E509).
fn pacesetter_weights(record: &Record, findings: &mut Findings) -> Option<[u32; 3]> {
    let entry = record.get("pacesetter_weights");
    let written: [u32; 3] = weights(entry, findings)?;
    let sum: u64 = written.iter().map(|weight| u64::from(*weight)).sum();
    if sum == 100 {
        return Some(written);
    }
    if let Some(entry) = entry {
        findings.push(Finding::new("E509", entry.node.place.clone()).with("x", sum));
    }
    None
}

fn quotas(entry: Option<&Entry>, findings: &mut Findings) -> BTreeMap<String, u32> {
    let mut quotas = BTreeMap::new();
    let Some(entry) = entry else { return quotas };
    let Value::Map(pairs) = &entry.node.value else {
        findings.push(not_one_of(entry, "优秀教员: 6 这样一行一个"));
        return quotas;
    };
    for (Located { value: name, place }, node) in pairs {
        match fold(&node.shown()).trim_end_matches(['名', '个', '人', '件']).parse() {
            Ok(count) => {
                quotas.insert(honour_name(name), count);
            }
            Err(_) => findings.push(Finding::new("E115", place.clone()).with("键", name).with("值", node.shown())),
        }
    }
    quotas
}

/// 年度优秀教员 and 优秀教员 are the same.
fn honour_name(written: &str) -> String {
    let folded = fold(written);
    let known = ["优秀教员", "优秀课件", "模范教员", "标兵"].into_iter().find(|name| folded.contains(name));
    known.map_or(folded.clone(), str::to_owned)
}
