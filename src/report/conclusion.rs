//! 结题材料: what the whole undertaking has come to since it began, for the section that
//! has to conclude it (directive S93). Sums over units and years; no names.

use super::{Part, Records};
use crate::export::{Cell, Sheet};
use crate::ledger::{Holdings, PlanAccount, Ratio, UnitYear, YearHonours};
use crate::model::{Unit, UnitKind};

const YEARS: &[(&str, &str)] = &[
    ("year", "年度"),
    ("units", "开展单位"),
    ("held", "授课次数"),
    ("attendances", "参训人次"),
    ("lessons", "入库教案"),
    ("instructors", "授课小教员"),
    ("completion", "计划完成率"),
    ("on_time", "按期率"),
    ("coverage", "申报覆盖率"),
    ("participation", "全员上课"),
    ("satisfaction", "满意率"),
    ("response", "测评回收率"),
    ("excellent", "优秀教员"),
    ("courseware", "优秀课件"),
    ("models", "模范教员"),
    ("pacesetters", "岗位履职标兵"),
];

const STEPS: &[(&str, &str)] = &[("start", "启动月份"), ("kind", "类别"), ("units", "单位")];

/// The parts of the first page.
pub(super) fn parts(records: &Records<'_>, years: &[i32]) -> Vec<Part> {
    vec![by_year(records, years), steps(records)]
}

fn by_year(records: &Records<'_>, years: &[i32]) -> Part {
    let mut sheet = Sheet::new("结题材料-历年情况", YEARS);
    sheet.rows = years.iter().rev().map(|year| year_row(records, *year)).collect();
    let line = records.config.policy.pass_line;
    let notes = vec![
        format!("各单位合计，算到统计日；满意率线 {line}%。每一项的依据见各年度内部报表。"),
        "可以连同各单位年度总结、优秀课件目录一起作为创新工作结题的附件；表中没有姓名。".to_owned(),
    ];
    Part {
        id: "jieti", title: "结题材料-历年情况", notes, sheet, empty: "还没有授课记录。", is_long: false
    }
}

fn year_row(records: &Records<'_>, year: i32) -> Vec<Cell> {
    let ledger = records.ledger;
    let accounts: Vec<_> = ledger.years.iter().filter(|((_, at), _)| *at == year).map(|(_, one)| one).collect();
    let plan = PlanAccount::sum(accounts.iter().map(|one| one.plan));
    let own = Holdings::sum(ledger.holdings.iter().filter(|((_, at), _)| *at == Some(year)).map(|(_, own)| own));
    let sum = |share: &dyn Fn(&UnitYear) -> Ratio| {
        Cell::from(accounts.iter().fold(Ratio::default(), |all, one| all.plus(share(one))).percent())
    };
    let taught = ledger.instructors.iter().filter(|((_, at), one)| *at == year && !one.held.is_empty()).count();
    let honours = ledger.honours.counted.get(&year);
    let honoured = |count: &dyn Fn(&YearHonours) -> usize| Cell::from(honours.map_or(0, count));
    vec![
        year.into(),
        Cell::from(accounts.iter().filter(|one| one.plan.sessions_held > 0).count()),
        Cell::from(own.held.len()),
        own.attendances.into(),
        Cell::from(own.lessons.len()),
        Cell::from(taught),
        plan.completion().percent().into(),
        plan.on_time().percent().into(),
        sum(&|one| one.coverage.ratio()),
        sum(&|one| one.coverage.participation()),
        sum(&|one| one.satisfaction),
        sum(&|one| one.response),
        honoured(&|counted| counted.instructors.len()),
        honoured(&|counted| counted.courseware.len()),
        Cell::from(ledger.honours.models.values().filter(|reached| **reached == year).count()),
        honoured(&|counted| counted.pacesetters.len()),
    ]
}

/// 先行试点、逐步推行: which units began when (directive S83 to S85).
fn steps(records: &Records<'_>) -> Part {
    let mut sheet = Sheet::new("结题材料-推行步骤", STEPS);
    let mut units: Vec<_> = records.library.units.iter().filter_map(|unit| Some((unit.start?, unit))).collect();
    units.sort_by_key(|(start, unit)| (*start, !unit.pilot, unit.kind));
    let kind = |unit: &Unit| match (unit.pilot, unit.kind) {
        (true, _) => "试点",
        (_, UnitKind::Branch) => "分局",
        (_, UnitKind::PartyBranch) => "机关支部",
        (_, UnitKind::Other) => "其他",
    };
    for step in units.chunk_by(|(one, unit), (other, next)| one == other && kind(unit) == kind(next)) {
        let Some((start, first)) = step.first() else { continue };
        let names = step.iter().map(|(_, unit)| unit.name.as_str()).collect::<Vec<_>>().join("、");
        sheet.rows.push(vec![start.to_string().into(), kind(first).into(), names.into()]);
    }
    let notes = vec!["按单位信息里的启动月份排列。".to_owned()];
    Part {
        id: "buzhou", title: "结题材料-推行步骤", notes, sheet, empty: "单位信息里还没有启动月份。", is_long: false
    }
}
