//! `webserver`: settings for the web servers that offices have, filled in for this
//! site. They say of its files what `serve --release` says (`serve::policy`).

use std::path::{Path, PathBuf};

use super::args::{Global, Server, WebserverOptions};
use super::print::Printer;
use super::workspace::Root;
use super::{Exit, Failure};
use crate::serve::{kinds, policy};

const NGINX: &str = include_str!("webserver/nginx.conf");
const APACHE: &str = include_str!("webserver/apache.conf");
const IIS: &str = include_str!("webserver/web.config");

/// Kinds of file that IIS does not know of itself and would not send.
const UNKNOWN_TO_IIS: [&str; 9] = ["avif", "csv", "ics", "json", "md", "svg", "webmanifest", "webp", "woff2"];

pub(super) fn run(global: &Global, options: &WebserverOptions, printer: &Printer) -> Result<Exit, Failure> {
    let root = Root::new(global, None);
    let config = if root.content_folder().is_dir() { Some(root.read()?.config) } else { None };
    let url = options.base_url.clone().or_else(|| config.as_ref()?.base_url.clone());
    if url.as_deref().is_some_and(|url| url.starts_with("https:")) {
        printer.say("注意：配置里只有 http。https 要用的证书和端口，请照服务器自己的说明加上。");
    }
    let folder = options.folder.clone().unwrap_or_else(|| root.root.join("public"));
    let service = config.and_then(|config| config.search_service);
    let pages = policy::pages(service.and_then(|service| service.origin).as_deref());
    let place = Place { pages, ..Place::new(url.as_deref(), &folder)? };
    printer.data(&match options.server {
        Server::Nginx => place.nginx(),
        Server::Apache => place.apache(),
        Server::Iis => place.iis(),
    });
    Ok(Exit::Done)
}

/// Where the site is, in both worlds.
struct Place {
    /// Its name, if it is to have one.
    host: Option<String>,
    port: u16,
    /// The path of its top, with a slash at both ends.
    prefix: String,
    /// The folder, without a slash at its end.
    folder: String,
    /// What its pages may load.
    pages: String,
}

impl Place {
    /// Takes an address apart (`config::site_address` has seen it) and refuses what would
    /// mean something else in a settings file.
    fn new(url: Option<&str>, folder: &Path) -> Result<Self, Failure> {
        let refused = |what: &str, remedy: &str| Failure::new(Exit::Usage, format!("{what}不能写进配置，{remedy}。"));
        let whole: PathBuf = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let whole = whole.to_string_lossy();
        let slashed = if cfg!(windows) { whole.replace('\\', "/") } else { whole.into_owned() };
        let folder = slashed.trim_end_matches('/').to_owned();
        if folder.is_empty() || folder.contains(|c: char| c.is_control() || "\"'\\$%{};*?[]".contains(c)) {
            return Err(refused(&format!("文件夹 {slashed} "), "请换一个名字里没有引号、括号和 $ % ; 等符号的文件夹"));
        }
        let pages = policy::pages(None);
        let Some(url) = url else { return Ok(Self { host: None, port: 80, prefix: "/".to_owned(), folder, pages }) };
        let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
        let (authority, path) = behind.split_once('/').unwrap_or((behind, ""));
        let (host, port) = match authority.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => (host, port),
            _ => (authority, 80),
        };
        let is_plain = |c: char, more: &str| c.is_ascii_alphanumeric() || more.contains(c);
        let prefix = format!("/{path}");
        let plain = host.chars().all(|c| is_plain(c, ".-")) && prefix.chars().all(|c| is_plain(c, "/._~-"));
        if !plain || prefix.contains("//") {
            return Err(refused(&format!("网址 {url} "), "主机名和路径请只用英文字母、数字、短横线和点"));
        }
        Ok(Self { host: Some(host.to_owned()), port, prefix, folder, pages })
    }

    fn nginx(&self) -> String {
        let always = lines(policy::ALWAYS, |(name, value)| format!("    add_header {name} \"{value}\" always;"));
        let to_prefix = self.without_slash(|short| {
            format!("\n    location = {short} {{\n        return 301 {};\n    }}\n", self.prefix)
        });
        let host = self.host.clone().unwrap_or_else(|| "_".to_owned());
        self.fill(NGINX, &[("name", &host), ("always", &always), ("to_prefix", &to_prefix)])
    }

    fn apache(&self) -> String {
        let always = lines(policy::ALWAYS, |(name, value)| format!("        Header always set {name} \"{value}\""));
        let to_prefix =
            self.without_slash(|short| format!("    RedirectMatch 301 \"^{}$\" \"{}\"", pattern(short), self.prefix));
        let name = self.host.as_ref().map(|host| format!("    ServerName {host}")).unwrap_or_default();
        self.fill(APACHE, &[("name", &name), ("always", &always), ("to_prefix", &to_prefix)])
    }

    fn iis(&self) -> String {
        let always =
            lines(policy::ALWAYS, |(name, value)| format!("        <add name=\"{name}\" value=\"{value}\" />"));
        let types = lines(UNKNOWN_TO_IIS, |extension| {
            let kind = kinds::of(Path::new(&format!("a.{extension}")));
            format!(
                "      <remove fileExtension=\".{extension}\" />\n      \
                 <mimeMap fileExtension=\".{extension}\" mimeType=\"{kind}\" />"
            )
        });
        self.fill(IIS, &[("always", &always), ("types", &types), ("below", &self.prefix[1..])])
    }

    /// What is needed so that the address of the top works without its last slash too.
    fn without_slash(&self, write: impl Fn(&str) -> String) -> String {
        let short = self.prefix.trim_end_matches('/');
        if short.is_empty() { String::new() } else { write(short) }
    }

    fn fill(&self, sample: &str, more: &[(&str, &str)]) -> String {
        let port = self.port.to_string();
        let pattern = pattern(&self.prefix);
        let common = [
            ("port", port.as_str()),
            ("prefix", &self.prefix),
            ("pattern", &pattern),
            ("folder", &self.folder),
            ("pages", &self.pages),
            ("drawings", policy::DRAWINGS),
            ("anything", policy::ANYTHING),
            ("fresh", policy::FRESH),
            ("lasting", policy::LASTING),
        ];
        common.iter().chain(more).fold(sample.to_owned(), |text, (name, value)| {
            // A line that holds nothing but an empty value goes with it.
            let text = if value.is_empty() { text.replace(&format!("{{{{{name}}}}}\n"), "") } else { text };
            text.replace(&format!("{{{{{name}}}}}"), value)
        })
    }
}

fn lines<T>(items: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    items.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A path as a regular expression.
fn pattern(path: &str) -> String {
    path.replace('.', "\\.")
}
