//! Finding a free port and answering on it.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// How many ports after the one wanted are tried.
const TRIES: u16 = 50;

/// Why the preview could not begin or go on.
#[derive(Debug)]
pub enum ServeError {
    /// This machine does not let us listen there.
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// The cause.
        source: io::Error,
    },
    /// Every port that was tried is taken.
    NoFreePort {
        /// The first one tried.
        first: u16,
        /// The last one tried.
        last: u16,
    },
    /// The system refused a thread, a socket or a signal.
    System(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind { address, source } => {
                let why = match source.kind() {
                    io::ErrorKind::PermissionDenied => "没有权限，1024 以下的端口要管理员才能用，请换一个 --port",
                    io::ErrorKind::AddrNotAvailable => "本机没有这个地址，请检查 --bind",
                    _ => return write!(formatter, "不能在 {address} 上预览：{source}"),
                };
                write!(formatter, "不能在 {address} 上预览：{why}")
            }
            Self::NoFreePort { first, last } => {
                write!(formatter, "端口 {first} 到 {last} 都被占用，请用 --port 换一个")
            }
            Self::System(source) => write!(formatter, "预览不能运行：{source}"),
        }
    }
}

impl Error for ServeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Bind { source, .. } | Self::System(source) => Some(source),
            Self::NoFreePort { .. } => None,
        }
    }
}

/// Takes the port wanted or the next free one; port 0 takes any.
pub fn bind(ip: IpAddr, wanted: u16) -> Result<(TcpListener, SocketAddr), ServeError> {
    let last = if wanted == 0 { 0 } else { wanted.saturating_add(TRIES) };
    for port in wanted..=last {
        let address = SocketAddr::new(ip, port);
        match TcpListener::bind(address).and_then(|listener| Ok((listener.local_addr()?, listener))) {
            Ok((address, listener)) => return Ok((listener, address)),
            Err(error) if is_taken(&error, port) => {}
            Err(source) => return Err(ServeError::Bind { address, source }),
        }
    }
    Err(ServeError::NoFreePort { first: wanted, last })
}

/// Windows keeps ranges of ports for itself and calls that a lack of permission.
fn is_taken(error: &io::Error, port: u16) -> bool {
    error.kind() == io::ErrorKind::AddrInUse
        || (cfg!(windows) && port >= 1024 && error.kind() == io::ErrorKind::PermissionDenied)
}

/// What to type into a browser on this machine.
pub fn url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}/", SocketAddr::new(ip, address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_the_next_one() -> Result<(), ServeError> {
        let ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (_held, taken) = bind(ip, 0)?;
        let (_next, used) = bind(ip, taken.port())?;
        assert!(used.port() > taken.port());
        Ok(())
    }

    #[test]
    fn the_url_can_be_opened_here() {
        assert_eq!(url(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8000)), "http://127.0.0.1:8000/");
        assert_eq!(url(SocketAddr::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 8000)), "http://[::1]:8000/");
    }
}
