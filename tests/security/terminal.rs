//! What is printed names files and repeats rows that many hands wrote; a terminal obeys
//! certain characters, and these must reach it as pictures.

use std::fs;

use crate::Result;
use crate::command::Root;

const ORDERS: &str = "红\u{1b}[31m\u{1b}]0;title\u{7}\u{9b}31m\u{202e}色";

fn obeyed(text: &str) -> Vec<char> {
    text.chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect()
}

#[test]
fn a_problem_gives_the_terminal_no_orders() -> Result {
    let root = Root::with_lesson();
    root.write(
        "content/units/danwei/2025/plan.csv",
        format!("月份,课题,小教员,完成日期\n十三,{ORDERS},{ORDERS},2025-13-01\n").as_bytes(),
    );
    let told = root.run(&["check", "--all", "--color=never"]).err;
    assert!(told.contains("红␛[31m␛]0;title␇\u{fffd}31m\u{fffd}色"), "{told}");
    assert!(obeyed(&told).is_empty(), "{told:?}");
    Ok(())
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_gives_the_terminal_no_orders() -> Result {
    let root = Root::with_lesson();
    let folder = root.path("content/units/danwei/2025/lessons");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{ORDERS}.md")), "")?;
    let told = root.run(&["check", "--all", "--color=never"]).err;
    assert!(told.contains("红␛[31m"), "{told}");
    assert!(obeyed(&told).is_empty(), "{told:?}");
    let refused = root.run(&["import", &format!("{ORDERS}.docx"), "--year", "2025"]).err;
    assert!(obeyed(&refused).is_empty(), "{refused:?}");
    Ok(())
}
