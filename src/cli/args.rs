//! The arguments: the contract that scripts rely on.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::base::Day;
use crate::base::text::narrow;
use crate::search::Kind;

/// How help is laid out.
pub(super) const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const PUBLISH_HELP: &str = "\
示例：
  jiangtai publish /srv/jiaocaiku --dry-run   先看会有哪些变化
  jiangtai publish /srv/jiaocaiku             发布；网站服务器指向 /srv/jiaocaiku/current

Publishes the site: builds it, writes what differs into a new release, flushes and
verifies it, and only then switches TARGET/current in one step. Example:
  jiangtai publish /srv/jiaocaiku --yes";

const RELEASES_HELP: &str = "\
示例：
  jiangtai releases /srv/jiaocaiku

Lists the releases of a target and marks the one that is served. Example:
  jiangtai releases /srv/jiaocaiku --format json";

const ROLLBACK_HELP: &str = "\
示例：
  jiangtai rollback /srv/jiaocaiku            退回前一版
  jiangtai rollback /srv/jiaocaiku --to 3     换成第 3 版

Makes the release before the current one, or the named one, current in one step. Example:
  jiangtai rollback /srv/jiaocaiku --to 3";

const PACK_HELP: &str = "\
示例：
  jiangtai pack -o 教材库.zip

Packs the site, SHA256SUMS and a page that says what is inside into one file. Example:
  jiangtai pack -o library.zip";

const VERIFY_HELP: &str = "\
示例：
  jiangtai verify 教材库.zip
  jiangtai verify /srv/jiaocaiku

Checks a pack or a release for missing, extra and altered files; exits with 5 if there
are any. Example:
  jiangtai verify library.zip";

#[derive(Debug, Parser)]
#[command(
    name = "jiangtai",
    version,
    about = "讲台：把教案文件夹生成可浏览、可打印的互动式岗位教学法教材库",
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    next_help_heading = "选项"
)]
pub(super) struct Args {
    #[command(flatten)]
    pub global: Global,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "通用选项")]
pub(super) struct Global {
    /// 教材库所在的文件夹
    #[arg(short, long, global = true, default_value = ".", value_name = "文件夹", hide_default_value = true)]
    pub root: PathBuf,
    /// 内容文件夹，默认 content
    #[arg(long, global = true, default_value = "content", value_name = "文件夹", hide_default_value = true)]
    pub content: PathBuf,
    /// 主题名称，默认 default
    #[arg(long, global = true, value_name = "名称")]
    pub theme: Option<String>,
    /// 主题文件夹，默认 themes
    #[arg(long, global = true, default_value = "themes", value_name = "文件夹", hide_default_value = true)]
    pub themes: PathBuf,
    /// 统计日，例如 2025-12-31
    #[arg(long, global = true, value_name = "日期", value_parser = parse_day)]
    pub as_of: Option<Day>,
    /// 输出格式：human（给人看）或 json（给程序用）；export 另有 csv、xlsx、ics、ndjson
    #[arg(long, global = true, value_enum, default_value_t = Format::Human, value_name = "格式", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// 网站界面和帮助的语言：zh 或 en
    #[arg(long, global = true, value_enum, value_name = "语言", hide_possible_values = true)]
    pub lang: Option<Language>,
    /// 只显示错误
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// 显示更多
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// 颜色：auto、always、never
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "方式", hide_default_value = true, hide_possible_values = true)]
    pub color: Color,
    /// 同时用几个处理器
    #[arg(short, long, global = true, value_name = "个数", value_parser = parse_jobs)]
    pub jobs: Option<usize>,
    /// 显示各步用时
    #[arg(long, global = true)]
    pub timings: bool,
    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
}

/// One flag for all commands: those for people and programs everywhere, those for
/// other software only where data are exported (`Format::is_for_files`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
    Csv,
    Xlsx,
    Ics,
    Ndjson,
}

impl Format {
    /// Whether it is a kind of file that only `export` makes.
    pub(super) fn is_for_files(self) -> bool {
        matches!(self, Format::Csv | Format::Xlsx | Format::Ics | Format::Ndjson)
    }

    /// As it is written.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Ics => "ics",
            Format::Ndjson => "ndjson",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新建教材库；--sample 装入示例库
    #[command(help_template = TEMPLATE)]
    Init(InitOptions),
    /// 新建教案、单位、年度表格、通知或页面
    #[command(help_template = TEMPLATE)]
    New(NewOptions),
    /// 检查内容，列出全部问题
    #[command(help_template = TEMPLATE)]
    Check(CheckOptions),
    /// 归并收件箱（inbox）里的选学单、申报表和测评票；默认只看结果，不改文件
    #[command(help_template = TEMPLATE)]
    Collect(CollectOptions),
    /// 把 docx、pptx、md、txt 改成教案；默认只看结果，不写文件
    #[command(help_template = TEMPLATE)]
    Import(ImportOptions),
    /// 解释一个问题编号，例如 E112
    #[command(help_template = TEMPLATE)]
    Explain {
        /// 问题编号；不写就列出全部
        #[arg(value_name = "编号")]
        code: Option<String>,
    },
    /// 生成网站
    #[command(help_template = TEMPLATE)]
    Build(BuildOptions),
    /// 生成网站并打开预览，内容一改就自动刷新
    #[command(help_template = TEMPLATE)]
    Serve(ServeOptions),
    /// 输出网页服务器的配置：nginx、apache 或 iis
    #[command(help_template = TEMPLATE)]
    Webserver(WebserverOptions),
    /// 起草教学计划或评选结果，供修改后使用
    #[command(help_template = TEMPLATE, subcommand_help_heading = "可以起草", subcommand_value_name = "种类")]
    Draft {
        #[command(subcommand)]
        what: Draft,
    },
    /// 生成内部报表（不进网站，不对外）
    #[command(help_template = TEMPLATE)]
    Report(ReportOptions),
    /// 导出计划、授课记录、荣誉、教案目录或检索数据
    #[command(help_template = TEMPLATE)]
    Export(ExportOptions),
    /// 把一个单位一年的材料打成一个文件归档
    #[command(help_template = TEMPLATE)]
    Archive(ArchiveOptions),
    /// 发布：生成网站，写成新的一版，一步切换；读者看到的始终是一个完整的网站
    #[command(help_template = TEMPLATE, after_help = PUBLISH_HELP)]
    Publish(PublishOptions),
    /// 列出发布过的各版，标出当前的一版
    #[command(help_template = TEMPLATE, after_help = RELEASES_HELP)]
    Releases(TargetOptions),
    /// 退回以前的一版，一步切换
    #[command(help_template = TEMPLATE, after_help = ROLLBACK_HELP)]
    Rollback(RollbackOptions),
    /// 把整个网站打成一个压缩包，装 U 盘带走
    #[command(help_template = TEMPLATE, after_help = PACK_HELP)]
    Pack(PackOptions),
    /// 核对压缩包或发布的网站：有没有缺少、多出、被改动的文件
    #[command(help_template = TEMPLATE, after_help = VERIFY_HELP)]
    Verify(VerifyOptions),
    /// 检索教材库，结果和次序与网站上的检索相同
    #[command(help_template = TEMPLATE)]
    Search(SearchOptions),
    /// 列出教案、草稿、待复核教案、单位或人员
    #[command(help_template = TEMPLATE)]
    List {
        /// lessons、drafts、stale、units 或 people
        #[arg(value_enum, value_name = "内容", hide_possible_values = true)]
        what: Listing,
    },
    /// 输出各种表格和信息栏的 JSON Schema，供编辑器使用
    #[command(help_template = TEMPLATE)]
    Schema {
        /// 只要一种，例如 lesson
        #[arg(value_name = "名称")]
        name: Option<String>,
    },
    /// 输出命令行补全脚本
    #[command(help_template = TEMPLATE)]
    Completions {
        /// bash、zsh、fish、powershell 或 elvish
        #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct InitOptions {
    /// 放在哪个文件夹，默认为当前文件夹
    #[arg(value_name = "文件夹")]
    pub dir: Option<PathBuf>,
    /// 装入示例库
    #[arg(long)]
    pub sample: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct NewOptions {
    /// lesson（教案）、unit（单位）、year（年度）、notice（通知）或 page（页面）
    #[arg(value_name = "种类", value_parser = parse_kind)]
    pub kind: NewKind,
    /// 标题；新建年度时写年份
    #[arg(value_name = "标题")]
    pub title: String,
    /// 单位
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 年份
    #[arg(long, value_name = "年份", value_parser = parse_year)]
    pub year: Option<i32>,
    /// 小教员
    #[arg(long, value_name = "姓名")]
    pub instructor: Option<String>,
}

/// What `new` can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NewKind {
    Lesson,
    Unit,
    Year,
    Notice,
    Page,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckOptions {
    /// 只看这些文件、文件夹或单位
    #[arg(value_name = "路径或单位")]
    pub paths: Vec<String>,
    /// 自动改好编码、全角冒号和 Tab，原文件另存为 .bak
    #[arg(long)]
    pub fix: bool,
    /// 提示也显示
    #[arg(long)]
    pub all: bool,
    /// 有提醒也算不通过
    #[arg(long)]
    pub strict: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CollectOptions {
    /// 单位，例如 城东分局
    #[arg(value_name = "单位")]
    pub unit: String,
    /// 年度，例如 2026
    #[arg(value_name = "年度", value_parser = parse_year)]
    pub year: i32,
    /// 写进汇总表，收过的文件移到 inbox/collected
    #[arg(long)]
    pub write: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ImportOptions {
    /// 要导入的文件
    #[arg(value_name = "文件", required = true)]
    pub files: Vec<PathBuf>,
    /// 单位；只有一个单位时可以不写
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 年份
    #[arg(long, value_name = "年份", value_parser = parse_year)]
    pub year: i32,
    /// 写成教案；已经有的文件不会动，原件一起保存
    #[arg(long)]
    pub write: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Output {
    /// 输出文件夹，默认 public
    #[arg(short, long, value_name = "文件夹")]
    pub output: Option<PathBuf>,
    /// 网站的完整网址，只有订阅和站点地图要用
    #[arg(short = 'u', long, value_name = "网址", value_parser = parse_url)]
    pub base_url: Option<String>,
    /// 草稿也生成
    #[arg(short = 'D', long)]
    pub drafts: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    pub output: Output,
    /// 有错误或提醒就不生成
    #[arg(long)]
    pub strict: bool,
    /// 输出文件夹里有别的文件也照样生成（不会动它们）
    #[arg(long)]
    pub force: bool,
    /// 全部重写一遍
    #[arg(long)]
    pub clean: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ServeOptions {
    #[command(flatten)]
    pub output: Output,
    /// 端口，默认 8000；被占用时自动往后找
    #[arg(long, default_value_t = 8000, value_name = "端口", hide_default_value = true)]
    pub port: u16,
    /// 监听地址，默认只有本机能看
    #[arg(long, default_value = "127.0.0.1", value_name = "地址", hide_default_value = true)]
    pub bind: IpAddr,
    /// 自动打开浏览器
    #[arg(long)]
    pub open: bool,
    /// 每隔多少毫秒查看一次改动，网络盘上用
    #[arg(long, value_name = "毫秒")]
    pub poll: Option<u64>,
    /// 只展示这个已经生成好的网站，不生成、不监视；可以供一个单位的人同时使用
    #[arg(long, value_name = "文件夹", conflicts_with_all = ["output", "base_url", "drafts", "poll"])]
    pub release: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct WebserverOptions {
    /// nginx、apache 或 iis
    #[arg(value_enum, value_name = "服务器", hide_possible_values = true)]
    pub server: Server,
    /// 网站所在的文件夹，默认 public；用 publish 发布的写“发布文件夹/current”
    #[arg(long, value_name = "文件夹")]
    pub folder: Option<PathBuf>,
    /// 网站的完整网址，默认按 site.yaml 里的“网址”
    #[arg(short = 'u', long, value_name = "网址", value_parser = parse_url)]
    pub base_url: Option<String>,
}

/// Web servers for which there are settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Server {
    Nginx,
    Apache,
    Iis,
}

#[derive(Debug, Subcommand)]
pub(super) enum Draft {
    /// 教学计划：已采纳的申报，加上想学未排的课题
    #[command(help_template = TEMPLATE, alias = "计划")]
    Plan {
        /// 单位
        #[arg(value_name = "单位")]
        unit: String,
        /// 年份
        #[arg(value_name = "年份")]
        year: i32,
        /// 写成文件；已经有计划时不写
        #[arg(long)]
        write: bool,
    },
    /// 评选结果：有资格的教员、可选的课件、标兵人选，都写成说明行
    #[command(help_template = TEMPLATE, alias = "评选")]
    Awards {
        /// 年份
        #[arg(value_name = "年份")]
        year: i32,
        /// 写成文件；已经有名单时不写
        #[arg(long)]
        write: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct ReportOptions {
    /// 放在哪个文件夹，默认 reports
    #[arg(short, long, value_name = "文件夹")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportOptions {
    /// plan（计划）、sessions（授课记录）、awards（荣誉）、lessons（教案）或 search（检索数据，供其他检索软件用）
    #[arg(value_enum, value_name = "内容", hide_possible_values = true)]
    pub what: Exported,
    /// 只要一个单位
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 只要一年
    #[arg(long, value_name = "年份")]
    pub year: Option<i32>,
    /// 写成文件；不写就输出到屏幕。检索数据写成一个新文件夹，含 OpenSearch、Quickwit、Meilisearch 的设置
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Exported {
    #[value(alias = "计划")]
    Plan,
    #[value(alias = "授课")]
    Sessions,
    #[value(alias = "荣誉")]
    Awards,
    #[value(alias = "教案")]
    Lessons,
    #[value(alias = "检索")]
    Search,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ArchiveOptions {
    /// 单位
    #[arg(value_name = "单位")]
    pub unit: String,
    /// 年份
    #[arg(value_name = "年份")]
    pub year: i32,
    /// 写成哪个文件，默认为“单位-年份.zip”
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SearchOptions {
    /// 要找的话：题目、正文里的任何一段，姓名，拼音或拼音首字母
    #[arg(value_name = "词语", required = true)]
    pub words: Vec<String>,
    /// 只要一个单位
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 只要一年
    #[arg(long, value_name = "年份", value_parser = parse_year)]
    pub year: Option<i32>,
    /// 只要一种：教案、课件、小教员、单位、年度、荣誉、依据、制度、通知、主题、统计或页面
    #[arg(long, value_name = "种类", value_parser = parse_page_kind)]
    pub kind: Option<Kind>,
    /// 最多几条，默认 10
    #[arg(long, default_value_t = 10, value_name = "条数", hide_default_value = true)]
    pub limit: usize,
}

#[derive(Debug, ClapArgs)]
pub(super) struct TargetOptions {
    /// 发布位置：一个文件夹，可以在共享盘上；不写就用站点设置里的“发布位置”
    #[arg(value_name = "发布位置")]
    pub target: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PublishOptions {
    #[command(flatten)]
    pub place: TargetOptions,
    /// 只看会有哪些变化，不发布
    #[arg(long)]
    pub dry_run: bool,
    /// 最多允许删掉几页；不写是现有页数的两成，至少 50 页
    #[arg(long, value_name = "页数", value_parser = parse_count)]
    pub max_deletes: Option<usize>,
    /// 有错误也发布，问题写进 reports 文件夹的“问题清单”
    #[arg(long)]
    pub allow_errors: bool,
    /// 不询问，直接发布；不在终端里运行时本来就不询问
    #[arg(short, long)]
    pub yes: bool,
    /// 保留最新的几版，其余删掉；不写就用站点设置里的“保留发布数”
    #[arg(long, value_name = "个数", value_parser = parse_keep)]
    pub keep: Option<usize>,
    /// 网站的完整网址，只有订阅和站点地图要用
    #[arg(short = 'u', long, value_name = "网址", value_parser = parse_url)]
    pub base_url: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RollbackOptions {
    #[command(flatten)]
    pub place: TargetOptions,
    /// 退到哪一版：写编号，例如 3；不写就是前一版
    #[arg(long, value_name = "版")]
    pub to: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PackOptions {
    /// 写成哪个文件，默认为“教材库-统计日.zip”
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 有错误也打包，问题写进 reports 文件夹的“问题清单”
    #[arg(long)]
    pub allow_errors: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct VerifyOptions {
    /// 压缩包、解压出来的文件夹、发布位置或其中的一版；不写就核对站点设置里的“发布位置”
    #[arg(value_name = "文件或文件夹")]
    pub place: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    #[value(alias = "教案")]
    Lessons,
    #[value(alias = "草稿")]
    Drafts,
    #[value(alias = "待复核")]
    Stale,
    #[value(alias = "单位")]
    Units,
    #[value(alias = "人员")]
    People,
}

fn parse_day(text: &str) -> Result<Day, String> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let day = match numbers.as_slice() {
        [year, month, day] => year
            .parse()
            .ok()
            .zip(month.parse().ok())
            .zip(day.parse().ok())
            .and_then(|((year, month), day)| Day::new(year, month, day)),
        _ => None,
    };
    day.ok_or_else(|| "请写成 2025-12-31".to_owned())
}

/// More threads than any machine here has processors only make it slower.
fn parse_jobs(text: &str) -> Result<usize, String> {
    let jobs = text.parse().ok().filter(|jobs| (1..=64).contains(jobs));
    jobs.ok_or_else(|| "请写 1 到 64 的整数".to_owned())
}

fn parse_count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "请写 0 或更大的整数".to_owned())
}

fn parse_keep(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| "请写 1 或更大的整数".to_owned())
}

fn parse_url(text: &str) -> Result<String, String> {
    let url = crate::config::site_address(text);
    url.ok_or_else(|| "请写完整的网址，例如 http://jcw.example.invalid/jiaocai/，不带问号和井号".to_owned())
}

/// `2025`, `2025年`, `２０２５`: a year whose folder the library reads.
pub(super) fn parse_year(text: &str) -> Result<i32, String> {
    let plain = narrow(text);
    let digits = plain.trim().trim_end_matches('度').trim_end_matches('年').trim();
    let year: Option<i32> = digits.parse().ok().filter(|year| (2000..=2100).contains(year));
    year.ok_or_else(|| "请写四位数的年份，例如 2025".to_owned())
}

fn parse_page_kind(text: &str) -> Result<Kind, String> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.key() == text || kind.name() == text);
    let all = || Kind::ALL.map(|kind| format!("{}（{}）", kind.key(), kind.name())).join("、");
    kind.ok_or_else(|| format!("可以写 {}", all()))
}

fn parse_kind(text: &str) -> Result<NewKind, String> {
    match text.to_lowercase().as_str() {
        "lesson" | "教案" => Ok(NewKind::Lesson),
        "unit" | "单位" => Ok(NewKind::Unit),
        "year" | "年度" | "年份" => Ok(NewKind::Year),
        "notice" | "通知" => Ok(NewKind::Notice),
        "page" | "页面" => Ok(NewKind::Page),
        _ => Err("可以写 lesson（教案）、unit（单位）、year（年度）、notice（通知）、page（页面）".to_owned()),
    }
}
