//! The stream by which an open page hears of rebuilds.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::mpsc::{self, Sender};
use tokio::sync::watch::Receiver;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::hub::{Early, Hub, State};

/// How often a silent stream says that it is alive, so that nothing between here and
/// the browser takes it for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How long a browser should wait before it tries again after the server went away.
const RETRY: Duration = Duration::from_millis(500);

/// What one event carries to the page.
type Message = Result<Event, Infallible>;

/// Sends `build` and `problems` at once, then `problems` and `reload` as they come.
/// The page compares the build with the one it was made by, so it misses nothing,
/// however long it took to connect.
pub fn stream(hub: &Hub) -> Sse<impl Stream<Item = Message> + use<>> {
    let (sender, receiver) = mpsc::channel(4);
    tokio::spawn(relay(hub.follow(), sender));
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(HEARTBEAT).text("alive"))
}

/// Ends when the page goes away, or when the server does.
async fn relay(mut states: Receiver<State>, page: Sender<Message>) {
    let mut sent = states.borrow_and_update().clone();
    let greeting = Event::default().event("build").retry(RETRY).data(&sent.build);
    let mut listening = page.send(Ok(greeting)).await.is_ok() && send(&page, "problems", &sent.problems).await;
    while listening {
        let changed = tokio::select! {
            changed = states.changed() => changed.is_ok(),
            () = page.closed() => false,
        };
        if !changed {
            return;
        }
        let now = states.borrow_and_update().clone();
        listening = pass_on(&page, &sent, &now).await;
        sent = now;
    }
}

async fn pass_on(page: &Sender<Message>, sent: &State, now: &State) -> bool {
    let early = now.early.as_ref().filter(|_| sent.early != now.early).map(|early| only_for(early));
    (sent.problems == now.problems || send(page, "problems", &now.problems).await)
        && (sent.build == now.build || send(page, "reload", &now.build).await)
        && match early {
            Some(early) => send(page, "reload", &early).await,
            None => true,
        }
}

/// A build and, a line each, the pages that it is there for already.
fn only_for(early: &Early) -> Arc<str> {
    [&[early.build.to_string()], early.pages.as_slice()].concat().join("\n").into()
}

async fn send(page: &Sender<Message>, name: &str, data: &Arc<str>) -> bool {
    page.send(Ok(Event::default().event(name).data(data))).await.is_ok()
}
