//! Answers requests with a finished site, as a web server would.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::files::{self, aside, failed, html, to_folder};
use super::locate::{self, Found};
use super::{guard, policy};

struct Site {
    folder: PathBuf,
    only_local: bool,
}

/// All addresses of the site.
pub fn router(folder: PathBuf, only_local: bool) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(Site { folder, only_local }))
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    if site.only_local && !guard::is_local(request.headers()) {
        return guard::foreign();
    }
    let path = request.uri().path().trim_start_matches('/');
    let lasts = policy::is_lasting(path, request.uri().query());
    let mut response = match files::only_looking(request.method()) {
        Some(refusal) => refusal,
        None => find(&site, request).await,
    };
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    let origin = if is_page { origin(&site.folder).await } else { None };
    mark(&mut response, lasts, origin.as_deref());
    response
}

async fn find(site: &Site, request: Request) -> Response {
    let (folder, path) = (site.folder.clone(), request.uri().path().to_owned());
    match aside(move || Ok(locate::find(&folder, &path))).await {
        Ok(Found::File(path)) => match files::file(&path, request).await {
            Ok(response) => response,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => not_found(&site.folder).await,
            Err(error) => failed(&error),
        },
        Ok(Found::Folder) => to_folder(request.uri()),
        Ok(Found::Nothing) => not_found(&site.folder).await,
        Err(error) => failed(&error),
    }
}

/// The site's own page for it, or a line.
async fn not_found(folder: &Path) -> Response {
    let folder = folder.to_path_buf();
    let read = move || match locate::find(&folder, "/404.html") {
        Found::File(page) => std::fs::read(page),
        _ => Err(std::io::ErrorKind::NotFound.into()),
    };
    match aside(read).await {
        Ok(page) => (StatusCode::NOT_FOUND, html(), page).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "没有这一页\n").into_response(),
    }
}

/// The server with which the site's pages speak, as its start page says: the folder may
/// be another site's after the next `publish`.
async fn origin(folder: &Path) -> Option<String> {
    let start = folder.join("index.html");
    let page = aside(move || std::fs::read_to_string(start)).await.ok()?;
    policy::origin(&page).map(str::to_owned)
}

/// Says what a browser may do with the answer, and how long it may keep it.
fn mark(response: &mut Response, lasts: bool, origin: Option<&str>) {
    let lasts = lasts && matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if let Some(may) = policy::of(kind, origin).and_then(|may| HeaderValue::try_from(may).ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, may);
    }
    let keep = if lasts { policy::LASTING } else { policy::FRESH };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    for (name, value) in policy::ALWAYS {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}
