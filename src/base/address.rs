//! Where something stands in the finished site.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A file of the output, relative to its top, with forward slashes, for example
/// `units/chengdong/2025/tui-yi-pei-san.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Takes a relative path with forward slashes.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way from this page up to the top of the site: empty, or `../` repeated.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// How a page at this address links to `target`.
    pub fn link_to(&self, target: &OutputPath) -> String {
        let here: Vec<&str> = self.0.split('/').collect();
        let there: Vec<&str> = target.0.split('/').collect();
        let folders = here.len() - 1;
        let shared = here[..folders].iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
        let mut link = "../".repeat(folders - shared);
        link.push_str(&there[shared..].join("/"));
        link
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::OutputPath;

    #[test]
    fn links_are_relative() {
        let page = OutputPath::new("units/a/2025/x.html");
        let link = |to: &'static str| page.link_to(&OutputPath::new(to));
        assert_eq!(link("units/a/2025/y.html"), "y.html");
        assert_eq!(link("units/a/2024/y.html"), "../2024/y.html");
        assert_eq!(link("index.html"), "../../../index.html");
        assert_eq!(OutputPath::new("index.html").link_to(&page), "units/a/2025/x.html");
        assert_eq!(page.to_root(), "../../../");
    }
}
