//! What must be true of a site wherever it is shown.

use std::fs;
use std::path::Path;

use jiangtai::serve::policy;

use crate::Result;
use crate::http::{Answer, ask, get};

/// A site on a server.
pub struct Shown<'a> {
    pub folder: &'a Path,
    pub port: u16,
    /// The path of its top, with a slash at both ends.
    pub prefix: &'a str,
}

impl Shown<'_> {
    fn get(&self, path: &str) -> Result<Answer> {
        get(self.port, &format!("{}{path}", self.prefix))
    }

    /// Everything, with all that is wrong.
    pub fn is_as_it_should_be(&self) -> Result {
        let outcomes = [
            ("pages", self.pages()),
            ("folders", self.folders()),
            ("keeping", self.keeping()),
            ("kinds", self.kinds()),
            ("drawings", self.drawings()),
            ("missing", self.missing()),
            ("listings", self.listings()),
            ("outside", self.nothing_else_is_shown()),
            ("again", self.nothing_is_sent_twice()),
        ];
        let failed = outcomes.into_iter().filter_map(|(name, outcome)| Some(format!("{name}: {}", outcome.err()?)));
        let failed: Vec<String> = failed.collect();
        if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
    }

    fn pages(&self) -> Result {
        let page = self.get("index.html")?;
        is(page.status, 200, "status")?;
        is(page.header("content-type"), "text/html; charset=utf-8", "kind")?;
        is(page.header("content-security-policy"), policy::PAGES, "policy")?;
        is(page.header("cache-control"), policy::FRESH, "keeping")?;
        let own = page.text();
        let own = own
            .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
            .and_then(|(_, own)| own.split_once('"'));
        let own = own.ok_or("the page itself says nothing of what it may load")?.0;
        is(format!("{own}; {}", policy::ANYTHING), policy::PAGES, "the page and the server say the same")?;
        is(page.body, fs::read(self.folder.join("index.html"))?, "bytes")?;
        let post = ask(self.port, "POST", &format!("{}index.html", self.prefix), &["Content-Length: 0"])?;
        yes(matches!(post.status, 403 | 405), &format!("nobody may write: {}", post.status))
    }

    fn folders(&self) -> Result {
        is(self.get("")?.text(), fs::read_to_string(self.folder.join("index.html"))?, "top")?;
        is(self.get("units/")?.text(), fs::read_to_string(self.folder.join("units/index.html"))?, "folder")?;
        let without = self.get("units")?;
        yes(matches!(without.status, 301 | 307), &format!("status {}", without.status))?;
        yes(without.header("location").ends_with(&format!("{}units/", self.prefix)), without.header("location"))?;
        if self.prefix != "/" {
            let top = get(self.port, self.prefix.trim_end_matches('/'))?;
            is(top.status, 301, "top without its slash")?;
            yes(top.header("location").ends_with(self.prefix), top.header("location"))?;
        }
        Ok(())
    }

    /// What has a hash in its address is kept, nothing else is.
    fn keeping(&self) -> Result {
        let hashed = self.file("assets", |name| name.starts_with("site-") && name.ends_with(".css"))?;
        is(self.get(&hashed)?.header("cache-control"), policy::LASTING, &hashed)?;
        is(self.get("search/start.js?1f2e")?.header("cache-control"), policy::LASTING, "index with its name")?;
        for fresh in ["search/start.js", "assets/icons/icon.svg", "assets/none-98a72610d6.css", "search/none.js?1f"] {
            let kept = self.get(fresh)?;
            yes(kept.header("cache-control") != policy::LASTING, fresh)?;
        }
        Ok(())
    }

    fn kinds(&self) -> Result {
        let csv = self.find("csv")?;
        is(self.get(&csv)?.header("content-type"), "text/csv; charset=utf-8", &csv)?;
        let docx = self.find("docx")?;
        let answer = self.get(&docx)?;
        yes(answer.header("content-type").ends_with("wordprocessingml.document"), answer.header("content-type"))?;
        for path in [csv, docx, "index.html".to_owned(), "none.html".to_owned()] {
            let answer = self.get(&path)?;
            for (name, value) in policy::ALWAYS {
                is(answer.header(name), value, &path)?;
            }
        }
        Ok(())
    }

    fn drawings(&self) -> Result {
        let icon = self.get("assets/icons/icon.svg")?;
        yes(icon.header("content-type").starts_with("image/svg+xml"), icon.header("content-type"))?;
        is(icon.header("content-security-policy"), policy::DRAWINGS, "policy")
    }

    fn missing(&self) -> Result {
        let own = fs::read_to_string(self.folder.join("404.html"))?;
        yes(own.contains(&format!("href=\"{}index.html\"", self.prefix)), "404.html leads to the top")?;
        for path in ["none.html", "units/none/none.html", "units/none/"] {
            let missing = self.get(path)?;
            is(missing.status, 404, path)?;
            is(missing.text(), own.clone(), path)?;
            is(missing.header("content-security-policy"), policy::PAGES, path)?;
        }
        Ok(())
    }

    fn listings(&self) -> Result {
        for path in ["assets/", "search/"] {
            let answer = self.get(path)?;
            yes(matches!(answer.status, 403 | 404), &format!("{path}: {}", answer.status))?;
            yes(!answer.text().contains("Index of") && !answer.text().contains("icon.svg</a>"), path)?;
        }
        Ok(())
    }

    /// Beside the folder lies `secret.txt`, and in the folder are two links that lead there.
    fn nothing_else_is_shown(&self) -> Result {
        let up = "%2e%2e/".repeat(6);
        let paths = [
            "../secret.txt",
            "%2e%2e/secret.txt",
            "..%2fsecret.txt",
            "%252e%252e/secret.txt",
            "..%5csecret.txt",
            "..\\secret.txt",
            "units/..;/..;/secret.txt",
            "link.txt",
            "out/secret.txt",
            ".jiangtai-manifest",
            "%2ejiangtai-manifest",
            "index.html%00.txt",
            "%c0%ae%c0%ae/secret.txt",
        ];
        for path in paths.into_iter().map(str::to_owned).chain([format!("{up}etc/passwd")]) {
            let answer = self.get(&path)?;
            let text = answer.text();
            yes(matches!(answer.status, 400 | 403 | 404), &format!("{path}: {}", answer.status))?;
            yes(!["机密", "root:", "jiangtai-manifest 1"].iter().any(|secret| text.contains(secret)), &path)?;
        }
        Ok(())
    }

    fn nothing_is_sent_twice(&self) -> Result {
        let page = format!("{}index.html", self.prefix);
        for encoding in ["Accept-Encoding: identity", "Accept-Encoding: gzip"] {
            let first = ask(self.port, "GET", &page, &[encoding])?;
            let known = format!("If-None-Match: {}", first.header("etag"));
            is(ask(self.port, "GET", &page, &[encoding, &known])?.status, 304, encoding)?;
        }
        Ok(())
    }

    /// A file of a folder, from the top on.
    fn file(&self, folder: &str, wanted: impl Fn(&str) -> bool) -> Result<String> {
        for entry in fs::read_dir(self.folder.join(folder))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if wanted(&name) {
                return Ok(format!("{folder}/{name}"));
            }
        }
        Err(format!("no such file in {folder}").into())
    }

    /// Some file of a kind with a plain name.
    fn find(&self, extension: &str) -> Result<String> {
        let mut folders = vec![self.folder.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let relative = path.strip_prefix(self.folder)?.to_string_lossy().into_owned();
                if fs::symlink_metadata(&path)?.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == extension) && relative.is_ascii() {
                    return Ok(relative);
                }
            }
        }
        Err(format!("no {extension}").into())
    }
}

fn is<T: PartialEq<U> + std::fmt::Debug, U: std::fmt::Debug>(found: T, wanted: U, what: &str) -> Result {
    let begin = |text: String| text.chars().take(200).collect::<String>();
    let differ = || format!("{what}: {} instead of {}", begin(format!("{found:?}")), begin(format!("{wanted:?}")));
    if found == wanted { Ok(()) } else { Err(differ().into()) }
}

fn yes(so: bool, what: &str) -> Result {
    if so { Ok(()) } else { Err(what.into()) }
}
