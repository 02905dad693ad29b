//! Small charts: places of bars, columns and points. Widths are shares of the picture's,
//! so that text keeps its size on every screen.

use crate::ledger::Ratio;
use crate::render::desk::count;
use crate::render::views::{ChartView, FormulaView, MarkView, RuleView};

/// What one mark stands for.
#[derive(Debug, Clone)]
pub(super) struct Datum {
    pub label: String,
    pub url: Option<String>,
    /// Where the rows behind the numbers stand.
    pub rows_url: Option<String>,
    pub value: u32,
    /// The part of the value that is drawn apart, on top.
    pub upper: u32,
    pub value_text: String,
    pub detail_text: String,
}

/// Height of one lying bar with its label.
const BAR: u32 = 46;
/// Height of the tallest column, and the room above it for its value.
const COLUMN: u32 = 150;
const HEAD: u32 = 24;
/// Room below the columns for their labels.
const FOOT: u32 = 26;

/// A share of the width: `part` of `whole`, in percent with one decimal.
fn percent(part: u32, whole: u32) -> String {
    Ratio::new(part, whole).percent().unwrap_or_else(|| "0%".to_owned())
}

fn mark(datum: Datum) -> MarkView {
    MarkView {
        label: datum.label,
        url: datum.url,
        rows_url: datum.rows_url,
        value_text: datum.value_text,
        detail_text: datum.detail_text,
        x: "0%".to_owned(),
        middle: "0%".to_owned(),
        width: "0%".to_owned(),
        y: 0,
        height: 0,
        upper: 0,
        from_middle: String::new(),
        from_y: 0,
    }
}

fn chart(shape: &str, height: u32, marks: Vec<MarkView>, rules: Vec<RuleView>) -> ChartView {
    let formula = FormulaView { name: String::new(), text: String::new(), rule: String::new() };
    ChartView { id: String::new(), title: String::new(), shape: shape.to_owned(), height, marks, rules, formula }
}

/// Lying bars below each other, `full` being the whole width.
pub(super) fn bars(data: Vec<Datum>, full: u32) -> ChartView {
    let height = count(data.len()) * BAR;
    let marks = (0u32..).zip(data).map(|(at, datum)| MarkView {
        width: percent(datum.value.min(full), full),
        y: at * BAR + 26,
        height: 10,
        ..mark(datum)
    });
    chart("bars", height, marks.collect(), Vec::new())
}

/// Standing columns beside each other, the tallest being `most`.
pub(super) fn columns(data: Vec<Datum>, most: u32) -> ChartView {
    let number = count(data.len());
    let scaled = |value: u32| Ratio::new(value * COLUMN, most.max(1));
    let height = |value: u32| scaled(value).part / scaled(value).whole.max(1);
    let marks = (0u32..).zip(data).map(|(at, datum)| MarkView {
        x: percent(at * 10 + 2, number * 10),
        middle: percent(at * 10 + 5, number * 10),
        width: percent(6, number * 10),
        y: HEAD + COLUMN - height(datum.value),
        height: height(datum.value),
        upper: height(datum.upper),
        ..mark(datum)
    });
    let base = RuleView { y: HEAD + COLUMN, text: String::new() };
    chart("columns", HEAD + COLUMN + FOOT, marks.collect(), vec![base])
}

/// Points joined by a line; values are percentages in tenths, and the picture begins
/// below the lowest of them and the line to compare with.
pub(super) fn line(data: Vec<Datum>, pass: u32, text: String) -> ChartView {
    let number = count(data.len());
    let lowest = data.iter().map(|datum| datum.value).min().unwrap_or(0).min(pass * 10);
    let floor = (lowest / 50).saturating_sub(1) * 50;
    let place = |value: u32| HEAD + (1000u32.saturating_sub(value)) * COLUMN / (1000 - floor.min(950));
    let mut before: Option<(String, u32)> = None;
    let marks = (0u32..).zip(data).map(|(at, datum)| {
        let (middle, y) = (percent(at * 10 + 5, number * 10), place(datum.value));
        let (from_middle, from_y) = before.replace((middle.clone(), y)).unwrap_or_default();
        MarkView { middle, y, from_middle, from_y, ..mark(datum) }
    });
    let marks: Vec<MarkView> = marks.collect();
    let base = RuleView { y: HEAD + COLUMN, text: String::new() };
    chart("line", HEAD + COLUMN + FOOT, marks, vec![base, RuleView { y: place(pass * 10), text }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datum(value: u32) -> Datum {
        Datum {
            label: String::new(),
            url: None,
            rows_url: None,
            value,
            upper: value / 2,
            value_text: value.to_string(),
            detail_text: String::new(),
        }
    }

    #[test]
    fn a_full_bar_takes_the_whole_width() {
        let chart = bars(vec![datum(1000), datum(917)], 1000);
        let widths: Vec<&str> = chart.marks.iter().map(|mark| mark.width.as_str()).collect();
        assert_eq!(widths, ["100.0%", "91.7%"]);
        assert_eq!(chart.height, 2 * BAR);
    }

    #[test]
    fn columns_stand_on_one_ground() {
        let chart = columns(vec![datum(4), datum(16), datum(0)], 16);
        assert!(chart.marks.iter().all(|mark| mark.y + mark.height == HEAD + COLUMN));
        assert_eq!(chart.marks[1].height, COLUMN);
        assert_eq!(chart.marks[1].upper, COLUMN / 2);
    }

    #[test]
    fn a_line_stays_inside_its_picture() {
        let chart = line(vec![datum(1000), datum(796), datum(905)], 80, String::new());
        assert!(chart.marks.iter().all(|mark| mark.y >= HEAD && mark.y <= HEAD + COLUMN));
        assert_eq!(chart.marks[0].from_middle, "");
        assert_eq!(chart.marks[1].from_y, chart.marks[0].y);
    }
}
