//! What the commands that make documents have in common: the library with all that
//! follows from it, the unit that is meant, and where a document goes.

use std::path::Path;

use super::args::Global;
use super::init::write_new;
use super::print::Printer;
use super::workspace::{Root, Workspace, shown};
use super::{Exit, Failure};
use crate::atlas::{self, Atlas};
use crate::base::text::nearest;
use crate::base::{Finding, Findings};
use crate::export::Stock;
use crate::ledger::{self, Ledger};
use crate::memo::Memo;
use crate::model::{Library, UnitId};
use crate::{model, rules};

/// A library that has been read and reckoned.
pub(super) struct Desk {
    pub root: Root,
    pub workspace: Workspace,
    pub library: Library,
    pub ledger: Ledger,
    pub atlas: Atlas,
}

impl Desk {
    pub(super) fn new(global: &Global) -> Result<Self, Failure> {
        let root = Root::new(global, None);
        let workspace = root.read()?;
        let mut unheard = Findings::default();
        let library = model::load(&workspace.sources, &workspace.config, &mut unheard);
        let ledger = ledger::compute(&library, &workspace.config);
        let atlas = atlas::draw(&library, &ledger, &workspace.config, &Memo::none(), &mut unheard);
        Ok(Self { root, workspace, library, ledger, atlas })
    }

    pub(super) fn stock(&self) -> Stock<'_> {
        Stock { library: &self.library, ledger: &self.ledger, atlas: &self.atlas, config: &self.workspace.config }
    }

    /// The unit that somebody means by a name, folder or short name.
    pub(super) fn unit(&self, written: &str) -> Result<UnitId, Failure> {
        if let Some((id, _)) = self.library.unit_ids().find(|(_, unit)| unit.is_called(written)) {
            return Ok(id);
        }
        let names: Vec<&str> = self.library.units.iter().map(|unit| unit.name.as_str()).collect();
        let hint = match nearest(written, names.iter().copied()) {
            Some(near) => format!("是不是“{near}”？"),
            None if names.is_empty() => "教材库里还没有单位。".to_owned(),
            None => format!("可以写：{}。", names.join("、")),
        };
        Err(Failure::new(Exit::Usage, format!("没有“{written}”这个单位。{hint}")))
    }
}

/// A mistake in the theme, in words.
pub(super) fn theme_failure(finding: &Finding) -> Failure {
    let said = rules::phrase(finding);
    Failure::new(Exit::Settings, format!("[E801] {}", said.message))
}

/// Puts a document to standard output, or into a file that is not there yet. Whatever
/// stands under the name already may be somebody's work, so it is never written over.
pub(super) fn deliver(bytes: &[u8], file: Option<&Path>, printer: &Printer) -> Result<(), Failure> {
    let Some(file) = file else {
        printer.bytes(bytes);
        return Ok(());
    };
    if file.symlink_metadata().is_ok() {
        let message = format!("{} 已经有了，没有动它。请换一个文件名，或先把它移走。", shown(file));
        return Err(Failure::new(Exit::Usage, message));
    }
    write_new(file, bytes)
}
