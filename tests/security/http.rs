//! As much of HTTP as the cases need, so that nothing tidies a request on its way.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use crate::{LONG, Result};

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let find = |line: &'_ str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
        self.head.lines().find(|line| find(line)).map_or("", |line| line[name.len() + 1..].trim())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks a server of this machine.
pub fn ask(port: u16, method: &str, path: &str, headers: &[&str]) -> Result<Answer> {
    let host = format!("Host: localhost:{port}");
    let host = if headers.iter().any(|line| line.starts_with("Host:")) { "X: y" } else { &host };
    let lines = [&[host, "Connection: close"], headers].concat().join("\r\n");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(LONG))?;
    // In one piece: a server that refuses the first line would close before the rest.
    stream.write_all(format!("{method} {path} HTTP/1.1\r\n{lines}\r\n\r\n").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no head")?;
    let head = String::from_utf8(bytes[..end].to_vec())?;
    let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
    Ok(Answer { status, head, body: bytes[end + 4..].to_vec() })
}

pub fn get(port: u16, path: &str) -> Result<Answer> {
    ask(port, "GET", path, &[])
}

/// A port that nobody uses now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Waits until the program answers, or has ended.
pub fn wait_for(child: &mut Child, port: u16) -> Result {
    let begun = Instant::now();
    while begun.elapsed() < LONG {
        if let Some(status) = child.try_wait()? {
            return Err(format!("ended at once: {status}").into());
        }
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err("never listened".into())
}
