//! What holds for every command: exit codes, streams, colours, complaints.

use crate::support::command::{LESSON, Root, keys};

/// A file with an error (E112) and one with a reminder (W107).
const WRONG_DATE: &str = "---\n标题: 夜巡\n授课日期: 上个月\n---\n正文\n";
const UNKNOWN_KEY: &str = "---\n标题: 夜巡\n小叫员: 张三\n---\n正文\n";

#[test]
fn exit_codes_say_what_went_wrong() {
    let good = Root::with_lesson();
    good.run(&["check"]).expect(0);
    good.run(&["build"]).expect(0);
    let wrong = Root::new(&[(LESSON, WRONG_DATE)]);
    wrong.run(&["check"]).expect(1);
    wrong.run(&["build"]).expect(0);
    wrong.run(&["build", "--strict"]).expect(1);
    good.run(&["buidl"]).expect(2);
    good.run(&["build", "--theme", "没有的主题"]).expect(3);
    Root::new(&[]).run(&["build"]).expect(4);
    Root::new(&[]).run(&["check"]).expect(4);
}

#[test]
fn reminders_fail_only_when_asked_to() {
    let root = Root::new(&[(LESSON, UNKNOWN_KEY)]);
    root.run(&["check"]).expect(0);
    root.run(&["check", "--strict"]).expect(1);
    root.run(&["build", "--strict"]).expect(1);
    root.run(&["build"]).expect(0);
}

#[test]
fn what_is_not_understood_is_answered_in_chinese_with_the_right_way() {
    let root = Root::with_lesson();
    for (arguments, parts) in [
        (vec!["buidl"], vec!["没有“buidl”这个命令", "build"]),
        (vec!["build", "--strickt"], vec!["不认识“--strickt”", "--strict"]),
        (vec!["--as-of", "明天", "build"], vec!["“明天”", "2025-12-31"]),
        (vec!["build", "--as-of", "2025-02-30"], vec!["“2025-02-30”"]),
        (vec!["list", "教室"], vec!["教室", "lessons"]),
        (vec!["new", "lesson"], vec!["还缺"]),
        (vec!["check", "--format", "xml"], vec!["xml", "json"]),
        (vec!["new", "year", "明年", "--unit", "城东分局"], vec!["请写年份"]),
        (vec!["explain", "E999"], vec!["没有“E999”这个编号"]),
        (vec!["schema", "教室"], vec!["没有“教室”", "lesson"]),
    ] {
        let ran = root.run(&arguments).expect(2);
        assert!(ran.out.is_empty(), "{arguments:?}: {}", ran.out);
        for part in parts {
            assert!(ran.err.contains(part), "{arguments:?} does not say {part}: {}", ran.err);
        }
    }
}

#[test]
fn no_command_at_all_shows_the_help() {
    let root = Root::new(&[]);
    let ran = root.run(&[]).expect(2);
    assert!(ran.err.contains("用法") && ran.err.contains("build"), "{}", ran.err);
    let help = root.run(&["--help"]).expect(0);
    assert!(help.out.contains("serve") && help.err.is_empty(), "{}", help.out);
    let version = root.run(&["--version"]).expect(0);
    assert_eq!(version.out.trim(), format!("jiangtai {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn people_read_standard_error_and_programs_standard_output() {
    let root = Root::new(&[(LESSON, WRONG_DATE)]);
    for command in ["check", "build"] {
        let human = root.run(&[command]);
        assert!(human.out.is_empty() && human.err.contains("E112"), "{}{}", human.out, human.err);
        let json = root.run(&[command, "--format", "json"]);
        assert!(json.err.is_empty(), "{}", json.err);
        assert_eq!(json.json()["schema_version"], 1);
        assert_eq!(json.out.lines().count(), 1, "one object: {}", json.out);
    }
}

#[test]
fn quiet_leaves_only_errors() {
    let root = Root::with_lesson();
    assert_eq!(root.run(&["build", "-q"]).expect(0).err, "");
    assert_eq!(root.run(&["check", "-q"]).expect(0).err, "");
    let wrong = Root::new(&[(LESSON, WRONG_DATE)]);
    let ran = wrong.run(&["check", "-q"]).expect(1);
    assert!(ran.err.contains("E112") && !ran.err.contains("检查完"), "{}", ran.err);
    let reminded = Root::new(&[(LESSON, UNKNOWN_KEY)]);
    assert!(!reminded.run(&["check", "-q"]).expect(0).err.contains("检查完"));
}

#[test]
fn colours_are_for_those_who_ask() {
    let root = Root::new(&[(LESSON, WRONG_DATE)]);
    let coloured = |ran: &crate::support::command::Ran| ran.err.contains('\u{1b}');
    assert!(!coloured(&root.run(&["check"])), "no colours into a file");
    assert!(coloured(&root.run(&["check", "--color", "always"])));
    assert!(!coloured(&root.run(&["check", "--color", "never"])));
    assert!(!coloured(&root.run_with(&["check"], &[("NO_COLOR", "1")])));
    assert!(coloured(&root.run_with(&["check", "--color", "always"], &[("NO_COLOR", "1")])), "a flag goes before");
}

#[test]
fn a_problem_shows_its_line_with_a_caret_under_the_words() {
    let root = Root::new(&[(LESSON, WRONG_DATE)]);
    let err = root.run(&["check"]).expect(1).err;
    let lines: Vec<&str> = err.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("授课日期: 上个月") && line.contains('│'))
        .unwrap_or_else(|| panic!("{err}"));
    assert!(err.contains(&format!("──▶ {LESSON}:3:7")), "{err}");
    let (shown, carets) = (lines[at], lines[at + 1]);
    let before = shown.split("上个月").next().unwrap_or_default();
    assert_eq!(width(before), carets.find('^').map_or(0, |end| width(&carets[..end])), "{err}");
    assert_eq!(carets.matches('^').count(), 6, "three Han characters are six columns: {err}");
    assert!(err.contains("改法：") && err.contains("jiangtai explain E112"), "{err}");
}

#[test]
fn the_last_line_of_a_build_is_the_summary() {
    let ran = Root::with_lesson().run(&["build"]).expect(0);
    let last = ran.last();
    assert!(last.starts_with("完成：教案 1 份，附件 0 个，页面 "), "{last}");
    assert!(last.contains("，提醒 0，错误 0，用时 ") && last.ends_with(" 秒"), "{last}");
}

#[test]
fn json_has_the_keys_of_the_contract() {
    let root = Root::new(&[(LESSON, WRONG_DATE)]);
    let built = root.run(&["build", "--format", "json"]).expect(0).json();
    let expected = [
        "schema_version",
        "command",
        "pages",
        "written",
        "unchanged",
        "removed",
        "lessons",
        "attachments",
        "errors",
        "warnings",
        "seconds",
    ];
    assert_eq!(keys(&built), expected);
    assert_eq!(
        (built["command"].as_str(), built["lessons"].as_u64(), built["errors"].as_u64()),
        (Some("build"), Some(1), Some(1))
    );
    assert!(built["pages"].as_u64() > Some(10) && built["seconds"].is_number());
    let checked = root.run(&["check", "--format", "json"]).expect(1).json();
    assert_eq!(keys(&checked), ["schema_version", "command", "errors", "warnings", "hints", "diagnostics"]);
    let problem = &checked["diagnostics"][0];
    assert_eq!(keys(problem), ["code", "severity", "file", "line", "column", "message", "hint"]);
    assert_eq!(
        (&problem["code"], &problem["severity"], &problem["file"]),
        (&"E112".into(), &"error".into(), &LESSON.into())
    );
    assert_eq!((problem["line"].as_u64(), problem["column"].as_u64()), (Some(3), Some(7)));
}

#[test]
fn a_problem_that_a_program_can_mend_says_how() {
    let root = Root::new(&[(LESSON, "---\n标题：夜巡\n---\n正文\n")]);
    let checked = root.run(&["check", "--format", "json"]).expect(0).json();
    let problem = &checked["diagnostics"][0];
    assert_eq!(keys(problem), ["code", "severity", "file", "line", "column", "message", "hint", "fix"]);
    assert_eq!(problem["code"], "W104");
    assert_eq!(problem["fix"], serde_json::json!({"safe": true, "replacement": "标题: 夜巡"}));
}

#[test]
fn a_failure_is_one_object_too() {
    let ran = Root::new(&[]).run(&["build", "--format", "json"]).expect(4);
    assert!(ran.json()["error"].as_str().is_some_and(|error| error.contains("content")), "{}", ran.out);
}

/// Columns on a terminal, as far as these tests need them.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() || c == '│' { 1 } else { 2 }).sum()
}
