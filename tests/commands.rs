//! The binary in real folders: exit codes, what goes to which stream, the shapes that
//! scripts rely on, and that nobody's file is ever lost (CLI.md).

mod support;

#[path = "commands/build.rs"]
mod build;
#[path = "commands/check.rs"]
mod check;
#[path = "commands/collecting.rs"]
mod collecting;
#[path = "commands/contract.rs"]
mod contract;
#[path = "commands/first_hour.rs"]
mod first_hour;
#[path = "commands/importing.rs"]
mod importing;
#[path = "commands/making.rs"]
mod making;
#[path = "commands/publishing.rs"]
mod publishing;
#[path = "commands/search.rs"]
mod search;
#[path = "commands/tables.rs"]
mod tables;
#[path = "commands/themes.rs"]
mod themes;
