//! As much of the Chrome DevTools protocol as the cases need: calls, their answers,
//! and the events that come in between.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message, WebSocket};

use crate::{LONG, Result};

/// How long one look for a message takes at most.
const GLANCE: Duration = Duration::from_millis(20);

/// A connection to a browser.
pub struct Client {
    socket: WebSocket<TcpStream>,
    calls: u64,
    events: VecDeque<Event>,
}

/// Something the browser told unasked.
pub struct Event {
    pub session: String,
    pub method: String,
    pub params: Value,
}

impl Client {
    pub fn connect(port: u16, path: &str) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(LONG))?;
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let address = format!("ws://127.0.0.1:{port}{path}");
        let (socket, _) = tungstenite::client::client_with_config(address, stream, Some(config))?;
        socket.get_ref().set_read_timeout(Some(GLANCE))?;
        Ok(Self { socket, calls: 0, events: VecDeque::new() })
    }

    /// Calls a method, of a session or, when that is empty, of the browser.
    pub fn call(&mut self, session: &str, method: &str, params: Value) -> Result<Value> {
        self.calls += 1;
        let id = self.calls;
        let mut call = json!({ "id": id, "method": method, "params": params });
        if !session.is_empty() {
            call["sessionId"] = session.into();
        }
        self.socket.send(Message::text(call.to_string()))?;
        let begun = Instant::now();
        while begun.elapsed() < LONG {
            let Some(mut message) = self.read()? else { continue };
            if message["id"] != id {
                self.keep(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                return Err(format!("{method}: {}", message["error"]["message"]).into());
            }
        }
        Err(format!("{method} was never answered").into())
    }

    /// The next event, if one comes soon.
    pub fn event(&mut self) -> Result<Option<Event>> {
        if self.events.is_empty()
            && let Some(message) = self.read()?
        {
            self.keep(message);
        }
        Ok(self.events.pop_front())
    }

    /// The events that have come already.
    pub fn came(&mut self) -> Vec<Event> {
        self.events.drain(..).collect()
    }

    fn read(&mut self) -> Result<Option<Value>> {
        match self.socket.read() {
            Ok(Message::Text(text)) => Ok(Some(serde_json::from_str(&text)?)),
            Ok(_) => Ok(None),
            Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps an event; answers to calls that nobody waits for any more are dropped.
    fn keep(&mut self, mut message: Value) {
        let Some(method) = message["method"].as_str().map(str::to_owned) else { return };
        let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
        self.events.push_back(Event { session, method, params: message["params"].take() });
    }
}
