//! Sending files of a site as they are: whole, in part, or not again.

use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{self, HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use super::kinds;

/// Disks may be slow, so they are asked outside the thread that answers.
pub(super) async fn aside<T: Send + 'static>(ask: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(ask).await.map_err(io::Error::other)?
}

/// A file as it is, in part if wanted. Its tag has the time in full: the header for
/// times counts in seconds, and two rebuilds fit into one.
///
/// # Errors
/// When it cannot be read; it may have gone since it was found.
pub(super) async fn file(path: &Path, mut request: Request) -> io::Result<Response> {
    let named = path.to_path_buf();
    let tag = aside(move || tag_of(&named)).await?;
    if is_known(request.headers(), &tag) {
        return Ok(not_modified(tag));
    }
    simplify(request.headers_mut(), &tag);
    let mut response = ServeFile::new(path).try_call(request).await?.map(Body::new);
    let headers = response.headers_mut();
    if headers.contains_key(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kinds::of(path)));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}

fn tag_of(path: &Path) -> io::Result<String> {
    let metadata = std::fs::metadata(path)?;
    let time = metadata.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    Ok(format!("\"{time:x}-{:x}\"", metadata.len()))
}

/// Takes out of a request what the file service would answer wrongly: a time next to
/// a tag that differs, a part of a file that has changed since, several parts at once.
fn simplify(headers: &mut HeaderMap, tag: &str) {
    if headers.contains_key(header::IF_NONE_MATCH) {
        headers.remove(header::IF_MODIFIED_SINCE);
    }
    let outdated = headers.get(header::IF_RANGE).is_some_and(|known| known.as_bytes() != tag.as_bytes());
    let several = headers.get(header::RANGE).is_some_and(|range| range.as_bytes().contains(&b','));
    if outdated || several {
        headers.remove(header::RANGE);
    }
}

/// Whether the asker has what this tag names.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
    })
}

/// Nothing new.
pub(super) fn not_modified(tag: String) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
}

/// The refusal of a request that wants more than to look.
pub(super) fn only_looking(method: &Method) -> Option<Response> {
    let allow = [(header::ALLOW, "GET, HEAD")];
    let looks = matches!(*method, Method::GET | Method::HEAD);
    (!looks).then(|| (StatusCode::METHOD_NOT_ALLOWED, allow, "这里只能看，不能写\n").into_response())
}

/// Temporary, so that a browser does not remember what the next rebuild may change.
pub(super) fn to_folder(uri: &http::Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("{}/{query}", uri.path()))]).into_response()
}

/// A page.
pub(super) fn html() -> [(header::HeaderName, &'static str); 1] {
    [(header::CONTENT_TYPE, "text/html; charset=utf-8")]
}

/// The disk refused.
pub(super) fn failed(error: &io::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("读不出这个文件：{error}\n")).into_response()
}
