//! README.md, "The first hour": every command and every file of it, in an empty folder.

use std::fs;

use crate::support::command::Root;

const README: &str = include_str!("../../README.md");

/// A fenced block: what stands behind the fence, and what is in it.
fn blocks(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(info) if !is_open => {
                found.push((info.trim(), Vec::new()));
                is_open = true;
            }
            Some(_) => is_open = false,
            None if is_open => found.last_mut().expect("a block is open").1.push(line),
            None => {}
        }
    }
    found
}

/// The words of a command as a shell reads them; no quote has another within.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in command.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_owned)),
            _ => words.push(piece.to_owned()),
        }
    }
    words
}

#[test]
fn every_command_of_the_first_hour_works_in_an_empty_folder() {
    let (_, hour) = README.split_once("## The first hour").expect("the first hour");
    let (hour, _) = hour.split_once("\n## ").expect("what follows");
    let root = Root::new(&[]);
    let mut folder = String::new();
    let mut ran = Vec::new();
    let mut said = String::new();
    for (info, lines) in blocks(hour) {
        match info.split_once(' ') {
            Some((kind, file)) => {
                let place = format!("{folder}{file}");
                // A table grows by rows; a lesson is written as a whole.
                let before = if kind == "csv" {
                    fs::read_to_string(root.path(&place)).unwrap_or_default()
                } else {
                    String::new()
                };
                root.write(&place, format!("{before}{}\n", lines.join("\n")).as_bytes());
            }
            None if info == "text" => {
                let check = root.run_below(&folder, &["check"]);
                let shown = lines.join("\n");
                assert!(check.err.contains(&shown), "README shows what is not said:\n{}", check.err);
            }
            None => {
                for line in lines {
                    let (command, comment) = line.split_once(" #").unwrap_or((line, ""));
                    let words = words(command);
                    match words[0].as_str() {
                        "cd" => folder = format!("{}/", words[1]),
                        // It stays until it is stopped; tests/serve.rs has it.
                        "jiangtai" if words[1] == "serve" => {}
                        "jiangtai" => {
                            let code = if comment.contains("exit code 5") { 5 } else { 0 };
                            let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
                            let done = root.run_below(&folder, &arguments).expect(code);
                            said = format!("{}{}", done.out, done.err);
                            ran.push(words[1].clone());
                        }
                        other => panic!("{other} is no command of the first hour"),
                    }
                }
            }
        }
    }
    for command in [
        "init", "new", "build", "collect", "draft", "check", "report", "publish", "rollback", "releases", "pack",
        "verify",
    ] {
        assert!(ran.iter().any(|one| one == command), "{command} is not shown");
    }
    assert!(said.contains("核对"), "{said}");
    // What was typed has arrived: the choice, the session with its ballots, the release.
    let read = |file: &str| root.read(&format!("mylib/content/units/城东分局/2026/{file}"));
    assert!(read("选学汇总.csv").contains("工单七个工作日怎么数,张三"));
    root.run_below("mylib/", &["build"]).expect(0);
    let year = root.read("mylib/public/units/cheng-dong-fen-ju/2026/index.html");
    assert!(year.contains("夜间巡查小窍门") && year.contains("2026年3月13日"));
    assert!(!root.path("www/current/units/cheng-dong-fen-ju/2026/huai.html").exists(), "it was taken back");
    assert!(root.path("www/current/units/cheng-dong-fen-ju/2026/ye-jian-xun-cha-xiao-qiao-men.html").exists());
}
