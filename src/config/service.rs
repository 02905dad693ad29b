//! Who answers a search: the index of the site, or a server that is asked first.

use crate::base::text::fold;
use crate::base::{Finding, Findings, Located};
use crate::records::{Entry, Node, Record, Value};

/// What may stand in 检索服务, for those who wrote something else.
const ADDRESSES: &str =
    "检索程序的网址（http://js.example.invalid/jiangtai），或网站同一台服务器上的路径（/jiangtai/search）";

/// A server that the search page asks before the index of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchService {
    /// Its address: whole, or a path on the server that the site is on.
    pub address: String,
    /// The scheme, host and port of a whole address: what pages must be let speak with.
    pub origin: Option<String>,
}

impl SearchService {
    pub(super) fn read(record: &Record, findings: &mut Findings) -> Option<Self> {
        let entry = record.get("search")?;
        match &entry.node.value {
            Value::Empty => None,
            Value::Map(pairs) => of_parts(entry, pairs, findings),
            _ => of_address(entry, &entry.node, findings),
        }
    }

    /// `None` for what is not an address, or is more than one.
    fn new(written: &str) -> Option<Self> {
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || "#\"'<>\\^`{|}".contains(c);
        let address = written.trim();
        if address.contains(is_odd) {
            return None;
        }
        if address.starts_with('/') {
            return (!address.starts_with("//")).then(|| Self { address: address.to_owned(), origin: None });
        }
        let scheme = ["http://", "https://"].into_iter().find(|scheme| address.starts_with(scheme))?;
        let host = address[scheme.len()..].split(['/', '?']).next().unwrap_or_default();
        let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        is_host.then(|| Self { address: address.to_owned(), origin: Some(format!("{scheme}{host}")) })
    }
}

/// `backend: http` with its `url`, or `backend: static`.
fn of_parts(entry: &Entry, pairs: &[(Located<String>, Node)], findings: &mut Findings) -> Option<SearchService> {
    let mut is_static = false;
    let mut address = None;
    for (name, node) in pairs {
        match (fold(&name.value).as_str(), fold(&node.shown()).as_str()) {
            ("backend" | "方式", "static" | "静态" | "站内") => is_static = true,
            ("backend" | "方式", "http" | "服务" | "服务器") => {}
            ("backend" | "方式", _) => findings.push(refused(name, node, "http、static")),
            ("url" | "网址" | "地址", _) => address = Some(node),
            _ => findings.push(refused(name, node, "方式（backend）、网址（url）")),
        }
    }
    match address {
        _ if is_static => None,
        Some(node) => of_address(entry, node, findings),
        None => of_address(entry, &entry.node, findings),
    }
}

fn of_address(entry: &Entry, node: &Node, findings: &mut Findings) -> Option<SearchService> {
    let found = SearchService::new(&node.shown());
    if found.is_none() {
        findings.push(refused(&entry.name, node, ADDRESSES));
    }
    found
}

fn refused(name: &Located<String>, node: &Node, allowed: &str) -> Finding {
    let finding = Finding::new("E116", node.place.clone()).with("键", &name.value);
    finding.with("值", node.shown()).with("列表", allowed)
}

#[cfg(test)]
mod tests {
    use super::SearchService;

    #[test]
    fn an_address_is_whole_or_a_path() {
        for (written, origin) in [
            ("http://js.example:9200/a/search?index=jt", Some("http://js.example:9200")),
            (" https://[::1]/ ", Some("https://[::1]")),
            ("/jiangtai/search", None),
        ] {
            let service = SearchService::new(written).expect(written);
            assert_eq!((service.address.as_str(), service.origin.as_deref()), (written.trim(), origin));
        }
        for wrong in [
            "",
            "js.example/search",
            "//js.example/",
            "javascript:alert(1)",
            "http://",
            "http://a;script-src *",
            "http://a;script-src/",
            "http://u:p@a/",
            "http://a/\"onload=",
            "http://*/",
            "file:///etc/passwd",
        ] {
            assert_eq!(SearchService::new(wrong), None, "{wrong}");
        }
    }
}
