//! Which file a request means.

use std::fs;
use std::path::{Path, PathBuf};

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A file inside the folder.
    File(PathBuf),
    /// A folder that was asked for without its slash.
    Folder,
    /// Nothing that may be shown.
    Nothing,
}

/// Finds the file for the path of a request, which is still percent-encoded. A path
/// is turned down by its words first (`..`, `\`, dotfiles such as our manifest), and
/// what is left is followed through all links and must still lie in the folder.
pub fn find(folder: &Path, path: &str) -> Found {
    let Some(path) = decode(path) else { return Found::Nothing };
    let Some(inside) = path.strip_prefix('/') else { return Found::Nothing };
    let wants_folder = inside.is_empty() || inside.ends_with('/');
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    if !inside.is_empty() && !inside.split('/').all(is_plain) {
        return Found::Nothing;
    }
    let Ok(top) = fs::canonicalize(folder) else { return Found::Nothing };
    let Some(target) = below(&top, &top.join(inside)) else { return Found::Nothing };
    match (target.is_dir(), wants_folder) {
        (true, false) => Found::Folder,
        (true, true) => match below(&top, &target.join("index.html")) {
            Some(index) if index.is_file() => Found::File(index),
            _ => Found::Nothing,
        },
        (false, true) => Found::Nothing,
        (false, false) => Found::File(target),
    }
}

/// Where a path really leads, if that is in the folder.
fn below(top: &Path, path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok().filter(|real| real.starts_with(top))
}

/// Whether one part of a path is an ordinary name. An empty part is refused as well:
/// `//host` would make a redirect that leads to another site.
fn is_plain(part: &str) -> bool {
    let odd = |c: char| c == '\\' || c.is_control() || (cfg!(windows) && c == ':');
    !part.is_empty() && !part.starts_with('.') && !part.contains(odd)
}

/// Undoes percent-encoding once; `None` when it is broken or not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> std::io::Result<tempfile::TempDir> {
        let outside = tempfile::tempdir()?;
        let top = outside.path().join("public");
        fs::create_dir_all(top.join("units"))?;
        for (path, text) in [("index.html", "首页"), ("units/index.html", "单位"), ("units/课 件.pdf", "件")] {
            fs::write(top.join(path), text)?;
        }
        fs::write(top.join(".jiangtai-manifest"), "")?;
        fs::write(outside.path().join("secret.txt"), "机密")?;
        Ok(outside)
    }

    #[test]
    fn addresses_lead_to_files() -> std::io::Result<()> {
        let site = site()?;
        let top = fs::canonicalize(site.path())?.join("public");
        let file = |path: &str| Found::File(top.join(path));
        assert_eq!(find(&top, "/"), file("index.html"));
        assert_eq!(find(&top, "/units/"), file("units/index.html"));
        assert_eq!(find(&top, "/units/%E8%AF%BE%20%E4%BB%B6.pdf"), file("units/课 件.pdf"));
        assert_eq!(find(&top, "/units"), Found::Folder);
        assert_eq!(find(&top, "/index.html/"), Found::Nothing);
        Ok(())
    }

    #[test]
    fn no_address_leads_out() -> std::io::Result<()> {
        let site = site()?;
        let top = site.path().join("public");
        #[cfg(unix)]
        std::os::unix::fs::symlink(site.path().join("secret.txt"), top.join("link.txt"))?;
        #[cfg(unix)]
        std::os::unix::fs::symlink(site.path(), top.join("out"))?;
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/units/..%2f..%2fsecret.txt",
            "/..%5csecret.txt",
            "/..\\secret.txt",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/link.txt",
            "/out/secret.txt",
            "/.jiangtai-manifest",
            "/%2ejiangtai-manifest",
            "/index.html%00.txt",
            "/%zz",
            "/%ff",
            "/units/%",
            "secret.txt",
            "*",
            "",
        ] {
            assert_eq!(find(&top, path), Found::Nothing, "{path}");
        }
        Ok(())
    }
}
