//! What is asked of whoever shows the site to others, and what becomes of material that
//! somebody wrote to do harm. Every threat has its case here or where
//! `tests/security/threats.md` says.
//!
//! | variable | means |
//! |-|-|
//! | `JIANGTAI_SERVERS=required` | fail where nginx or Apache is not installed, instead of skipping |

mod support;

#[path = "security/content.rs"]
mod content;
#[path = "security/http.rs"]
mod http;
#[path = "security/licences.rs"]
mod licences;
#[path = "security/machine.rs"]
mod machine;
#[path = "security/release.rs"]
mod release;
#[path = "security/samples.rs"]
mod samples;
#[path = "security/servers.rs"]
mod servers;
#[path = "security/shown.rs"]
mod shown;
#[path = "security/tables.rs"]
mod tables;
#[path = "security/terminal.rs"]
mod terminal;
#[path = "security/themes.rs"]
mod themes;

use std::time::Duration;

use support::command;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Long enough for the slowest machine; nothing waits for it when all is well.
const LONG: Duration = Duration::from_secs(60);
