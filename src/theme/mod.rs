//! Templates, assets and words: the default theme out of the binary, and over it,
//! file by file, what the root has in `themes/<name>/` and `templates/`. The theme
//! `plain`, which shows how that is done, is in the binary as well.

mod assets;
mod load;
mod scripts;
mod words;

use std::collections::BTreeMap;

pub use assets::{Asset, Bundle};
pub use load::{ThemeError, load};

/// A theme that is ready to be used.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// The templates.
    pub templates: Vec<Template>,
    /// Styles and scripts, put together, and other files.
    pub assets: Bundle,
    /// The words of each language, by its tag.
    pub strings: BTreeMap<String, serde_json::Value>,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The name by which others include it: `parts/card.html`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where it comes from, for messages.
    pub origin: String,
}
