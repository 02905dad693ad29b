//! Answers requests with the files of the built site.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;

use super::Ask;
use super::files::{self, aside, failed, html, is_known, not_modified, to_folder};
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
    if let Some(refusal) = files::only_looking(request.method()) {
        return refusal;
    }
    let (folder, path) = (site.folder.clone(), request.uri().path().to_owned());
    match aside(move || Ok(locate::find(&folder, &path))).await {
        Ok(Found::File(path)) if kinds::is_page(&path) => page(&site, path, request.headers()).await,
        Ok(Found::File(path)) => match files::file(&path, request).await {
            Ok(response) => response,
            Err(error) if error.kind() == io::ErrorKind::NotFound => not_found(&site).await,
            Err(error) => failed(&error),
        },
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
    let address = path.strip_prefix(&site.folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    let build = site.hub.build_of(&address);
    let bytes = aside(move || std::fs::read(path)).await?;
    let bytes = Bytes::from(inject::script(&bytes, &build));
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Ok((bytes, format!("\"{:016x}\"", hasher.finish())))
}

/// The site's own page for it, or ours; both listen for rebuilds, so that the page
/// appears as soon as it is there.
async fn not_found(site: &Site) -> Response {
    let own = site.folder.join("404.html");
    let bytes = match changed_page(site, own).await {
        Ok((bytes, _)) => bytes,
        Err(_) => Bytes::from(inject::script(MISSING, &site.hub.build_of(""))),
    };
    (StatusCode::NOT_FOUND, html(), bytes).into_response()
}
