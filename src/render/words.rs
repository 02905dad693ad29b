//! The words that scripts say, as a script that they load when they first speak, so
//! that pages need not carry them.

use serde_json::Value;

use super::Scene;
use crate::theme::Asset;

/// `window.jiangtaiWords`: the part `finder` of the strings file, and what honours are
/// called. Named by its content, as all files of the theme are.
pub(super) fn script(scene: &Scene<'_>) -> Asset {
    let strings = &scene.theme.strings;
    let tree = strings.get(scene.config.lang.tag()).or_else(|| strings.get("zh-Hans"));
    let part = |path: &str| tree.and_then(|tree| tree.pointer(path)).cloned().unwrap_or_default();
    let mut words = part("/finder");
    if let Value::Object(words) = &mut words {
        words.insert("honours".to_owned(), part("/honours/kinds"));
    }
    let bytes = format!("window.jiangtaiWords = {words};\n").into_bytes();
    let hash = blake3::hash(&bytes).to_hex();
    Asset { path: format!("assets/words-{}.js", &hash[..10]), bytes }
}
