//! Settings: `site.yaml` as written, and what it means with the defaults and the
//! flags of the command line.
//!
//! Whatever DOMAIN.md marks as an assumption is a setting here, never a constant
//! elsewhere.

mod policy;
mod publishing;
mod service;

use crate::base::text::{fold, split_list};
use crate::base::{Day, Finding, Findings, Located, SourcePath};
use crate::records::{self, Record, SITE, Value};
use crate::source::{FileKind, Sources};

pub use policy::{AgeRule, Policy, RateScope};
pub use publishing::Publishing;
pub use service::SearchService;

/// The language of the site's interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// zh-Hans.
    #[default]
    Chinese,
    /// en.
    English,
}

impl Lang {
    /// The name of the strings file and of the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Chinese => "zh-Hans",
            Lang::English => "en",
        }
    }
}

/// What the command line says over the settings file.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--as-of`.
    pub as_of: Option<Day>,
    /// `--base-url`.
    pub base_url: Option<String>,
    /// `--drafts`.
    pub drafts: bool,
    /// `--lang`.
    pub lang: Option<Lang>,
    /// `--theme`.
    pub theme: Option<String>,
}

/// The settings of a build.
#[derive(Debug, Clone)]
pub struct Config {
    /// 站名.
    pub name: String,
    /// 单位全称, the bureau.
    pub organization: Option<String>,
    /// The language of the interface.
    pub lang: Lang,
    /// The theme's folder name.
    pub theme: String,
    /// The site's address, with a slash at its end; only feeds and the sitemap need it.
    pub base_url: Option<String>,
    /// 统计日: what is later has not happened yet.
    pub as_of: Day,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// 每月次数: least and most sessions a month (directive S41).
    pub sessions_per_month: (u32, u32),
    /// Lines, ages, weights and quotas.
    pub policy: Policy,
    /// 附件上限, in megabytes.
    pub attachment_limit: u32,
    /// 图片宽度, in pixels: wider pictures are made smaller; zero leaves them alone.
    pub picture_width: u32,
    /// How many entries a page of a list has.
    pub page_size: usize,
    /// 页脚.
    pub footer: Option<String>,
    /// 联系邮箱.
    pub contact: Option<String>,
    /// Whether pages say that the data are invented.
    pub sample_banner: bool,
    /// 领导小组.
    pub leading_group: Option<String>,
    /// Shown on the home page.
    pub intro: Option<String>,
    /// Where and how the site is published.
    pub publishing: Publishing,
    /// 检索服务.
    pub search_service: Option<SearchService>,
}

/// Reads the settings. `today` counts when neither the flags nor the file give a
/// date, so that the clock is asked in one place only.
pub fn load(sources: &Sources, flags: &Flags, today: Day, findings: &mut Findings) -> Config {
    let written =
        sources.of(FileKind::Site).find_map(|file| Some(records::settings(file.text()?, &file.path, &SITE, findings)));
    let record =
        written.unwrap_or_else(|| Record::empty(crate::base::Place::file(&SourcePath::new("content/site.yaml"))));
    resolve(&record, flags, today, findings)
}

fn resolve(record: &Record, flags: &Flags, today: Day, findings: &mut Findings) -> Config {
    let text = |key: &str| records::text(record.get(key)).map(|located| located.value);
    let as_of = records::date(record.get("as_of"), findings);
    let limit = records::integer(record.get("attachment_limit"), findings);
    let picture_width = records::integer(record.get("picture_width"), findings);
    let page_size = records::integer(record.get("page_size"), findings);
    Config {
        name: text("name").unwrap_or_else(|| "互动式岗位教学法教材库".to_owned()),
        organization: text("organization"),
        lang: flags.lang.or_else(|| language(record, findings)).unwrap_or_default(),
        theme: flags.theme.clone().or_else(|| text("theme")).unwrap_or_else(|| "default".to_owned()),
        base_url: flags.base_url.clone().or_else(|| address(record, findings)),
        as_of: flags.as_of.or(as_of).unwrap_or(today),
        drafts: flags.drafts,
        sessions_per_month: range(record, "sessions_per_month", findings).unwrap_or((1, 2)),
        policy: Policy::read(record, findings),
        attachment_limit: limit.unwrap_or(20),
        picture_width: picture_width.unwrap_or(1600),
        page_size: page_size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0).unwrap_or(24),
        footer: text("footer"),
        contact: text("contact"),
        sample_banner: records::boolean(record.get("sample_banner"), findings).unwrap_or(false),
        leading_group: text("leading_group"),
        intro: text("intro"),
        publishing: Publishing::read(record, findings),
        search_service: SearchService::read(record, findings),
    }
}

/// A site's address in its usual form: http or https, a host, no query and no anchor,
/// a slash at its end. `None` for anything else.
pub fn site_address(written: &str) -> Option<String> {
    let written = written.trim();
    let rest = ["http://", "https://"].iter().find_map(|scheme| written.strip_prefix(scheme))?;
    let plain = !rest.starts_with('/')
        && !rest.is_empty()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\^`{|}".contains(c));
    plain.then(|| format!("{}/", written.trim_end_matches('/')))
}

fn address(record: &Record, findings: &mut Findings) -> Option<String> {
    let written = records::text(record.get("base_url"))?;
    let found = site_address(&written.value);
    if found.is_none() {
        let finding = Finding::new("E116", written.place).with("键", "网址").with("值", written.value);
        findings.push(finding.with("列表", "完整的网址，例如 http://jcw.example.invalid/jiaocai/"));
    }
    found
}

fn language(record: &Record, findings: &mut Findings) -> Option<Lang> {
    let written = records::text(record.get("lang"))?;
    match fold(&written.value).as_str() {
        "zh" | "zh-hans" | "zh-cn" | "中文" => Some(Lang::Chinese),
        "en" | "english" | "英文" => Some(Lang::English),
        _ => {
            let finding =
                Finding::new("E116", written.place).with("键", "语言").with("值", written.value).with("列表", "zh、en");
            findings.push(finding);
            None
        }
    }
}

/// Two whole numbers, the smaller first.
fn range(record: &Record, key: &str, findings: &mut Findings) -> Option<(u32, u32)> {
    let entry = record.get(key)?;
    let parts: Vec<Located<String>> = match &entry.node.value {
        Value::Text(text) => {
            let parts = text.split(['-', '—', '~', '～', '至']).flat_map(split_list);
            parts.map(|part| Located::new(part.to_owned(), entry.node.place.clone())).collect()
        }
        _ => records::list(Some(entry), false),
    };
    let numbers: Option<Vec<u32>> =
        parts.iter().map(|part| fold(&part.value).trim_end_matches(['次', '分', '钟']).parse().ok()).collect();
    match numbers.as_deref() {
        Some([least, most]) if least <= most => Some((*least, *most)),
        Some([both]) => Some((*both, *both)),
        _ => {
            let finding = Finding::new("E115", entry.node.place.clone())
                .with("键", &entry.name.value)
                .with("值", entry.node.shown());
            findings.push(finding);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::site_address;

    #[test]
    fn only_a_whole_address_is_one() {
        assert_eq!(site_address("http://x.example/jc").as_deref(), Some("http://x.example/jc/"));
        assert_eq!(site_address(" https://x.example/ ").as_deref(), Some("https://x.example/"));
        for wrong in [
            "not a url",
            "javascript:alert(1)",
            "http://",
            "http:///x",
            "http://x/a?b=1",
            "http://x/#a",
            "//x/",
            "http://x/\"<",
        ] {
            assert_eq!(site_address(wrong), None, "{wrong}");
        }
    }
}
