//! Answers requests with the files of the built site.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{http, middleware};
use percent_encoding::percent_decode_str;
use tower_http::services::ServeFile;

use super::Ask;
use super::hub::Hub;
use super::locate::{self, Found};
use super::{events, guard, inject, kinds};

/// What stands in the place of pages that are not there yet.
const MISSING: &[u8] = include_bytes!("assets/missing.html");

/// The site being previewed.
pub struct Site {
    /// Where its files lie.
    pub folder: PathBuf,
    /// What its pages should know.
    pub hub: Arc<Hub>,
    /// Whether only this machine may ask.
    pub only_local: bool,
    /// Who answers a search.
    pub ask: Ask,
}

/// Where searches are answered, for pages that are set to ask a server.
const SEARCH: &str = "/__jiangtai/search";

/// All addresses of the preview.
pub fn router(site: Site) -> Router {
    let site = Arc::new(site);
    let asset =
        |kind: &'static str, text: &'static str| get(move || async move { ([(header::CONTENT_TYPE, kind)], text) });
    Router::new()
        .route("/__jiangtai/events", get(|State(site): State<Arc<Site>>| async move { events::stream(&site.hub) }))
        .route(SEARCH, get(search))
        .route(inject::SCRIPT, asset("text/javascript; charset=utf-8", include_str!("assets/reload.js")))
        .route("/__jiangtai/reload.css", asset("text/css; charset=utf-8", include_str!("assets/reload.css")))
        .fallback(answer)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard::check))
        .with_state(site)
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "预览只能看，不能写\n").into_response();
    }
    let (folder, path) = (site.folder.clone(), request.uri().path().to_owned());
    match aside(move || Ok(locate::find(&folder, &path))).await {
        Ok(Found::File(path)) if kinds::is_page(&path) => page(&site, path, request.headers()).await,
        Ok(Found::File(path)) => file(&site, &path, request).await,
        Ok(Found::Folder) => to_folder(request.uri()),
        Ok(Found::Nothing) => not_found(&site).await,
        Err(error) => failed(&error),
    }
}

/// The JSON of `jiangtai search` (CLI.md), for `?q=…&unit=…&limit=…&offset=…`.
async fn search(State(site): State<Arc<Site>>, request: Request) -> Response {
    let asked = pairs(request.uri().query().unwrap_or_default());
    let ask = Arc::clone(&site.ask);
    match aside(move || ask(&asked)).await {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], json).into_response(),
        Err(error) => failed(&error),
    }
}

/// The names and values of an address.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// Disks may be slow, so they are asked outside the thread that answers.
async fn aside<T: Send + 'static>(ask: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(ask).await.map_err(io::Error::other)?
}

/// A page is changed on its way, so its tag is of the changed bytes, and a request for
/// a part of it is answered, as it may be, with the whole.
async fn page(site: &Site, path: PathBuf, headers: &HeaderMap) -> Response {
    match changed_page(site, path).await {
        Ok((_, tag)) if is_known(headers, &tag) => not_modified(tag),
        Ok((bytes, tag)) => (html(), [(header::ETAG, tag)], bytes).into_response(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => not_found(site).await,
        Err(error) => failed(&error),
    }
}

/// The build is asked before the page is read: should a rebuild come between, the page
/// takes itself for older than it is and reloads once too often, not once too seldom.
async fn changed_page(site: &Site, path: PathBuf) -> io::Result<(Bytes, String)> {
    let build = site.hub.build();
    let bytes = aside(move || std::fs::read(path)).await?;
    let bytes = Bytes::from(inject::script(&bytes, &build));
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Ok((bytes, format!("\"{:016x}\"", hasher.finish())))
}

/// Any other file goes out as it is, in part if wanted. Its tag has the time in full:
/// the header for times counts in seconds, and two rebuilds fit into one.
async fn file(site: &Site, path: &Path, mut request: Request) -> Response {
    let named = path.to_path_buf();
    let tag = match aside(move || tag_of(&named)).await {
        Ok(tag) => tag,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return not_found(site).await,
        Err(error) => return failed(&error),
    };
    if is_known(request.headers(), &tag) {
        return not_modified(tag);
    }
    simplify(request.headers_mut(), &tag);
    match ServeFile::new(path).try_call(request).await {
        Ok(response) => {
            let mut response = response.map(Body::new);
            let headers = response.headers_mut();
            if headers.contains_key(header::CONTENT_TYPE) {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kinds::of(path)));
            }
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                headers.insert(header::ETAG, tag);
            }
            response
        }
        Err(error) => failed(&error),
    }
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

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
    })
}

fn not_modified(tag: String) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
}

/// Temporary, so that a browser does not remember what the next rebuild may change.
fn to_folder(uri: &http::Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("{}/{query}", uri.path()))]).into_response()
}

/// The site's own page for it, or ours; both listen for rebuilds, so that the page
/// appears as soon as it is there.
async fn not_found(site: &Site) -> Response {
    let own = site.folder.join("404.html");
    let bytes = match changed_page(site, own).await {
        Ok((bytes, _)) => bytes,
        Err(_) => Bytes::from(inject::script(MISSING, &site.hub.build())),
    };
    (StatusCode::NOT_FOUND, html(), bytes).into_response()
}

fn html() -> [(header::HeaderName, &'static str); 1] {
    [(header::CONTENT_TYPE, "text/html; charset=utf-8")]
}

fn failed(error: &io::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("读不出这个文件：{error}\n")).into_response()
}
