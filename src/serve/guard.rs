//! Who may ask.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::site::Site;

/// Turns away requests under a foreign name when only this machine is served: a page
/// of another site could have its own name point at this machine, and would then
/// read drafts through the reader's browser. Also says that nothing may be kept
/// without asking again, since a preview changes all the time.
pub async fn check(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if site.only_local && !is_local(request.headers()) {
        return foreign();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The refusal of a request under a foreign name.
pub(super) fn foreign() -> Response {
    (StatusCode::FORBIDDEN, "这里只接受本机的访问\n").into_response()
}

/// Whether the request names this machine.
pub(super) fn is_local(headers: &HeaderMap) -> bool {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).is_some_and(is_local_name)
}

fn is_local_name(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    match bare {
        Some(six) => six.parse::<std::net::Ipv6Addr>().is_ok_and(|ip| ip.is_loopback()),
        None => name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_local_name;

    #[test]
    fn only_names_of_this_machine_pass() {
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"] {
            assert!(is_local_name(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.2:8000",
            "[::2]:80",
            "127.0.0.1:8000@evil.example",
            "[127.0.0.1]",
        ] {
            assert!(!is_local_name(host), "{host}");
        }
    }
}
