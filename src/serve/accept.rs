//! Taking connections, with bounds on what one of them may cost.
//!
//! A client that sends its question letter by letter, or takes its answer so, holds a
//! place and nothing else, and not for long; heads of any length are not gathered.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::ServeError;

/// What connections may cost.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How many are answered at a time; further ones wait. Fifty browsers with six each
    /// find room, and a system that lets a program have 1024 open files is kept to.
    pub connections: usize,
    /// How long the head of a request may take to arrive, and how long a connection
    /// without one is kept.
    pub asking: Duration,
    /// How long an answer may be stuck because nobody takes it.
    pub taking: Duration,
    /// How long the head of a request may be, in bytes.
    pub head: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { connections: 400, asking: Duration::from_secs(15), taking: Duration::from_secs(30), head: 32 * 1024 }
    }
}

/// After the system refused a connection, as it does when files run out.
const REST: Duration = Duration::from_millis(100);

/// Answers requests for as long as the future is kept.
pub async fn serve(listener: TcpListener, router: Router, bounds: Bounds) -> Result<(), ServeError> {
    listener.set_nonblocking(true).map_err(ServeError::System)?;
    let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::System)?;
    let places = Arc::new(Semaphore::new(bounds.connections));
    loop {
        // The semaphore is never closed; were it, nobody could be answered any more.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return Ok(()) };
        match listener.accept().await {
            Ok((stream, _)) => {
                let router = router.clone();
                tokio::spawn(async move {
                    answer(stream, router, bounds).await;
                    drop(place);
                });
            }
            Err(_) => tokio::time::sleep(REST).await,
        }
    }
}

/// One connection to its end. That it broke is the client's affair.
async fn answer(stream: TcpStream, router: Router, bounds: Bounds) {
    // Without this the system waits for more before it sends a short answer.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(bounds.taking));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.asking)
        .max_buf_size(bounds.head)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router));
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::{Ipv4Addr, SocketAddr};

    use axum::body::Body;
    use axum::routing::get;

    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    /// A server with these bounds that answers `/` with a word and `/big` without end.
    fn start(bounds: Bounds) -> std::io::Result<SocketAddr> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let endless = || async {
            let piece = || Ok::<_, std::convert::Infallible>(vec![b'-'; 1 << 16]);
            Body::from_stream(tokio_stream::iter(std::iter::repeat_with(piece)))
        };
        let router = Router::new().route("/", get(|| async { "好" })).route("/big", get(endless));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let _ = runtime.block_on(serve(listener, router, bounds));
        });
        Ok(address)
    }

    fn connect(address: SocketAddr) -> std::io::Result<std::net::TcpStream> {
        let stream = std::net::TcpStream::connect(address)?;
        stream.set_read_timeout(Some(LONG))?;
        Ok(stream)
    }

    fn short() -> Bounds {
        Bounds { asking: Duration::from_millis(100), taking: Duration::from_millis(100), ..Bounds::default() }
    }

    /// Reads to the end, which has to come; how it comes is the system's choice.
    fn rest(mut stream: std::net::TcpStream) -> String {
        let mut bytes = Vec::new();
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert!(!matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "nobody hung up");
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn a_question_that_never_ends_is_hung_up_on() -> std::io::Result<()> {
        let address = start(short())?;
        for begun in ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n"] {
            let mut stream = connect(address)?;
            stream.write_all(begun.as_bytes())?;
            assert!(!rest(stream).contains("200 OK"), "{begun}");
        }
        Ok(())
    }

    #[test]
    fn a_question_that_trickles_is_hung_up_on() -> std::io::Result<()> {
        let mut stream = connect(start(short())?)?;
        let hung_up = (0..10_000).any(|_| {
            std::thread::sleep(Duration::from_millis(5));
            stream.write_all(b"x").is_err()
        });
        assert!(hung_up);
        Ok(())
    }

    #[test]
    fn a_silent_connection_is_closed_after_its_answer() -> std::io::Result<()> {
        let mut stream = connect(start(short())?)?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        assert!(rest(stream).contains("200 OK"));
        Ok(())
    }

    #[test]
    fn an_answer_that_nobody_takes_gives_its_place_free() -> std::io::Result<()> {
        let address = start(Bounds { connections: 1, ..short() })?;
        let mut stuck = connect(address)?;
        stuck.write_all(b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut next = connect(address)?;
        next.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        assert!(rest(next).contains("200 OK"));
        Ok(())
    }

    #[test]
    fn a_head_without_measure_is_refused() -> std::io::Result<()> {
        let address = start(Bounds::default())?;
        let long = "x".repeat(64 * 1024);
        let many = "X: y\r\n".repeat(500);
        for (head, status) in [
            (format!("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {long}\r\n\r\n"), "431"),
            (format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"), "414"),
            (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), "431"),
        ] {
            let mut stream = connect(address)?;
            // It may hang up before it has heard everything.
            let _ = stream.write_all(head.as_bytes());
            let answer = rest(stream);
            assert!(answer.is_empty() || answer.contains(status) || answer.contains("431"), "{status}: {answer}");
            assert!(!answer.contains("200 OK"));
        }
        Ok(())
    }

    #[test]
    fn more_connections_than_places_wait_their_turn() -> std::io::Result<()> {
        let address = start(Bounds { connections: 2, ..Bounds::default() })?;
        let asking = (0..20).map(|_| {
            std::thread::spawn(move || -> std::io::Result<String> {
                let mut stream = connect(address)?;
                stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
                Ok(rest(stream))
            })
        });
        for asked in asking.collect::<Vec<_>>() {
            assert!(asked.join().unwrap()?.contains("200 OK"));
        }
        Ok(())
    }
}
