//! Puts the reload script into a page on its way to the browser.

/// Where the script is served.
pub const SCRIPT: &str = "/__jiangtai/reload.js";

/// The page with the script before the end of its body, or at its very end when it
/// has no body tag. The tag names the build that the page is from, so that a page
/// can tell whether it is out of date. The last `</body>` is taken: an earlier one
/// could stand in a comment.
pub fn script(page: &[u8], build: &str) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT}\" data-build=\"{build}\" defer></script>");
    let end = b"</body";
    let at = page.windows(end.len()).rposition(|part| part.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    let mut whole = Vec::with_capacity(page.len() + tag.len());
    whole.extend_from_slice(&page[..at]);
    whole.extend_from_slice(tag.as_bytes());
    whole.extend_from_slice(&page[at..]);
    whole
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn the_script_goes_before_the_end_of_the_body() {
        let tag = "<script src=\"/__jiangtai/reload.js\" data-build=\"7\" defer></script>";
        let with = |page: &str| String::from_utf8_lossy(&script(page.as_bytes(), "7")).into_owned();
        assert_eq!(
            with("<body>讲<!-- </body> --></BODY></html>"),
            format!("<body>讲<!-- </body> -->{tag}</BODY></html>")
        );
        assert_eq!(with("片段"), format!("片段{tag}"));
    }
}
