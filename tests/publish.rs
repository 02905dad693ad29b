//! Releases under every misfortune: whatever happens and whenever, what is served is
//! one whole site, the old one or the new one, and the next command says what it found.

mod support;

#[path = "publish/faults.rs"]
mod faults;
#[path = "publish/kills.rs"]
mod kills;
#[path = "publish/packs.rs"]
mod packs;
#[path = "publish/releases.rs"]
mod releases;
#[path = "publish/sequences.rs"]
mod sequences;
#[path = "publish/steps.rs"]
mod steps;
#[path = "publish/workbench.rs"]
mod workbench;
