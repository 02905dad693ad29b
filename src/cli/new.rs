//! `new`: templates with comments, so that nobody starts from a blank sheet.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Global, NewKind, NewOptions, parse_year};
use super::homes::Homes;
use super::init::write_new;
use super::print::Printer;
use super::workspace::{Root, shown};
use super::{Exit, Failure};
use crate::base::Day;
use crate::records::{BLANKS, EXAM_BLANK, LESSON};

pub(super) fn run(global: &Global, options: &NewOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, None);
    let content = root.content_folder();
    let today = global.as_of.unwrap_or_else(Day::today);
    let name = file_name(&options.title);
    if name.is_empty() {
        return Err(Failure::new(Exit::Usage, "标题不能是空的。"));
    }
    let homes = Homes::read(&root)?;
    let unit = options.unit.as_deref();
    let files: Vec<(PathBuf, Vec<u8>)> = match options.kind {
        NewKind::Lesson => {
            let folder = homes.lessons(unit, options.year.unwrap_or(today.year()))?;
            vec![(folder.join(format!("{name}.md")), lesson(options).into_bytes())]
        }
        NewKind::Unit => {
            homes.refuse_double(&options.title)?;
            vec![(homes.units().join(&name).join("unit.yaml"), unit_info(&options.title).into_bytes())]
        }
        NewKind::Year => {
            let year = parse_year(&options.title).map_err(|_| {
                Failure::new(Exit::Usage, "新建年度请写年份（四位数），例如：jiangtai new year 2025 --unit 城东分局")
            })?;
            year_files(&homes, unit, year)?
        }
        NewKind::Notice => {
            vec![(content.join("notices").join(format!("{name}.md")), notice(&options.title, today).into_bytes())]
        }
        NewKind::Page => {
            let folder = unit.map_or_else(|| Ok(content.clone()), |unit| homes.unit(Some(unit)))?;
            vec![(folder.join(format!("{name}.md")), page(&options.title).into_bytes())]
        }
    };
    let mut made = Vec::new();
    for (path, bytes) in &files {
        if path.exists() {
            printer.say(&format!("{} 已经有了，没有动它。", shown(path)));
        } else {
            write_new(path, bytes)?;
            printer.say(&format!("已新建 {}", shown(path)));
            made.push(shown(path));
        }
    }
    if printer.json {
        printer.object(&json!({"schema_version": 1, "command": "new", "files": made}));
    }
    if made.is_empty() {
        return Err(Failure::new(Exit::Usage, "要建的文件都已经有了，什么也没有改。"));
    }
    if let (NewKind::Year, Ok(year)) = (&options.kind, parse_year(&options.title)) {
        for (name, folder) in homes.years(unit, year)? {
            inbox(&name, year, &folder, printer)?;
        }
    }
    Ok(Exit::Done)
}

/// The folder where a clerk puts what colleagues send; nobody should have to guess it.
fn inbox(unit: &str, year: i32, folder: &Path, printer: &Printer) -> Result<(), Failure> {
    if folder.join("收件箱").is_dir() {
        return Ok(());
    }
    let inbox = folder.join("inbox");
    fs::create_dir_all(&inbox)
        .map_err(|error| Failure::new(Exit::Environment, format!("建不了 {}：{error}。", shown(&inbox))))?;
    printer.say(&format!("同事交来的表格放进 {}，再运行 jiangtai collect {unit} {year}", shown(&inbox)));
    Ok(())
}

/// The tables of a unit's year and a summary to be written, for the unit that is named
/// or for all; for all, the table of marks as well.
fn year_files(homes: &Homes, unit: Option<&str>, year: i32) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    for (name, folder) in homes.years(unit, year)? {
        let tables = BLANKS.iter().map(|blank| (folder.join(blank.file), blank.bytes(year)));
        let summary = (folder.join("年度总结.md"), summary(&name, year).into_bytes());
        files.extend(tables.chain([summary]).map(|(path, bytes)| (homes.twin_of(&path), bytes)));
    }
    if unit.is_none() {
        let path = homes.exams().join(format!("{year}.csv"));
        files.push((homes.twin_of(&path), EXAM_BLANK.bytes(year)));
    }
    Ok(files)
}

/// A name that every system can write. Systems count bytes, of which a Han character
/// has three.
pub(super) fn file_name(title: &str) -> String {
    let kept: String = title
        .chars()
        .filter(|c| !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '：' | '？') && !c.is_control())
        .collect();
    let name = kept.trim().trim_start_matches(['.', '_', '~']);
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= 180).last();
    name[..end.unwrap_or(0)].trim_end().to_owned()
}

/// A value in quotes, so that no sign in it means anything.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn lesson(options: &NewOptions) -> String {
    const SHOWN: &[&str] = &[
        "summary",
        "domain",
        "skill",
        "content_kind",
        "form",
        "venue",
        "minutes",
        "objectives",
        "key_points",
        "difficult_points",
        "questions",
        "basis",
        "tags",
    ];
    let mut front =
        format!("---\n标题: {}\n小教员: {}\n", quoted(&options.title), options.instructor.as_deref().unwrap_or(""));
    front.push_str("# 下面各栏都可以不填；要填就去掉行首的“# ”。全部栏目见网站页脚的“填写说明”。\n");
    for field in LESSON.fields.iter().filter(|field| SHOWN.contains(&field.key)) {
        // What stands behind ` # ` stays a comment when the first `#` is taken away.
        front.push_str(&format!("# {}:   # {}\n", field.name, field.note));
    }
    front.push_str("---\n\n");
    front
        + "\
## 来自哪项工作

写清是哪一类事、在哪一步容易出错，一两句话就够。

## 案例

时间、地点、人物都改成“某超市”“张某”。

## 步骤

1. 先……
2. 再……
3. 最后……

## 经验和教训

哪一步最见效，哪一步吃过亏，别处照着做要注意什么。

## 一页纸

> [!要点]
> 把最该记住的三五条写在这里，打印出来能贴在桌边。

:::练习
判断：……
答案：对
解析：……
:::
"
}

fn unit_info(name: &str) -> String {
    format!(
        "名称: {}\n# 分局、机关支部 或 其他；不写就按名称判断\n# 类别: 分局\n# 简称: \n# 负责人: \n# 内勤: \n# 内勤邮箱: \n# 试点: 否\n# 从哪个月开始统计，例如 2025-03；不写就从有计划的第一个月算起\n# 启动月份: \n# 简介: |\n#   两三句话。\n",
        quoted(name)
    )
}

fn summary(unit: &str, year: i32) -> String {
    format!(
        "---\n标题: {}\n草稿: 是\n# 写好后把“草稿: 是”这一行删掉，总结就会出现在本单位这一年的页面上。\n---\n\n\
         ## 完成情况\n\n计划几次、完成几次、谁讲了什么。\n\n## 做法和经验\n\n哪几课有用，为什么。\n\n\
         ## 问题和打算\n\n还差什么，明年怎么补。\n",
        quoted(&format!("{unit}{year}年互动教学总结"))
    )
}

fn notice(title: &str, today: Day) -> String {
    format!(
        "---\n标题: {}\n日期: {today}\n# 摘要: 一句话\n# 发布单位: 人事教育科\n---\n\n各单位：\n\n正文写在这里。\n",
        quoted(title)
    )
}

fn page(title: &str) -> String {
    format!("---\n标题: {}\n---\n\n正文写在这里。\n", quoted(title))
}
