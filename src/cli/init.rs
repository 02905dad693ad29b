//! `init`: a new root, empty or with the sample library.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde_json::json;

use super::args::{Global, InitOptions};
use super::print::Printer;
use super::workspace::shown;
use super::{Exit, Failure};

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

const SITE: &str = "\
# 站点设置。每一行都可以不写；行首有“#”的是说明，去掉“#”就生效。
站名: 互动式岗位教学法教材库
# 单位全称: 某某市市场监督管理局
# 联系邮箱: jiaocai@example.invalid
# 页脚: 人事教育科整理
# 统计日不写就用生成当天；写上固定日期，每次生成的结果都一样。
# as_of: 2025-12-31
# 每月应安排几次互动教学：最少、最多
# 每月次数: [1, 2]
# 常规申报每年收到哪一天（月-日）；过了这一天才提醒谁还没有申报
# 申报截止: 02-28
# 各奖项名额，不写就不限
# 名额:
#   优秀教员: 6
#   岗位履职标兵: 3
";

const ROSTER: &str = "\u{feff}编号,姓名,单位,出生年月,岗位,岗位类别,角色,免申报,起始,截止\r\n";

pub(super) fn run(global: &Global, options: &InitOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = options.dir.clone().unwrap_or_else(|| global.root.clone());
    let content = root.join(&global.content);
    let mut made = Made::default();
    if options.sample {
        let mut folders = vec![&SAMPLE];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                made.write(&content.join(file.path()), file.contents())?;
            }
        }
    } else {
        made.write(&content.join("site.yaml"), SITE.as_bytes())?;
        made.write(&content.join("人员名册.csv"), ROSTER.as_bytes())?;
        for folder in ["units", "notices", "docs"] {
            fs::create_dir_all(content.join(folder)).map_err(|error| failed(&content, &error))?;
        }
    }
    made.write(&root.join(".gitignore"), b"public/\n.jiangtai/\nreports/\n")?;
    if printer.json {
        printer.object(&json!({
            "schema_version": 1,
            "command": "init",
            "folder": shown(&root),
            "written": made.written,
            "kept": made.kept,
        }));
    }
    let here = root == Path::new(".") || root.as_os_str().is_empty();
    let place = if here { String::new() } else { format!(" -r {}", shown(&root)) };
    let folder = if here { shown(&root) } else { format!(" {} ", shown(&root)) };
    let kept = if made.kept == 0 { String::new() } else { format!("，原有 {} 个没有动", made.kept) };
    printer.say(&format!("已在{folder}建好教材库：新建 {} 个文件{kept}。", made.written));
    printer.say(&format!(
        "接着运行 jiangtai{place} serve --open 看效果；新教案放进 {}/units/单位/年份/lessons/。",
        shown(&content)
    ));
    Ok(Exit::Done)
}

#[derive(Default)]
struct Made {
    written: usize,
    kept: usize,
}

impl Made {
    /// Writes a file unless there is one.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if path.exists() {
            self.kept += 1;
            return Ok(());
        }
        write_new(path, bytes)?;
        self.written += 1;
        Ok(())
    }
}

/// Writes a file that is not there yet, with the folders above it.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| failed(path, &error))?;
    std::io::Write::write_all(&mut file, bytes).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Environment, format!("写不了 {}：{error}。请检查磁盘空间和权限。", shown(path)))
}
