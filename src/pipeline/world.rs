//! A name for everything that pages can be made of, except the bodies of texts.

use rayon::prelude::*;
use serde::Serialize;

use crate::base::Key;
use crate::config::Config;
use crate::memo::key_of;
use crate::model::Library;
use crate::theme::Theme;

/// How many lessons or sessions are written down at a time.
const CHUNK: usize = 512;

/// The name of a library without its bodies, under some settings and in a theme. What
/// follows from these, figures and addresses, is thereby named as well.
pub(super) fn world(library: &Library, config: &Config, theme: &Theme) -> Option<Key> {
    let (lists, rest) = rayon::join(|| lists(library), || rest(library));
    let (lists, rest, theme) = (lists?, rest?, look(theme, config)?);
    Some(Key::of([&lists.0[..], &rest.0, format!("{config:?}").as_bytes(), &theme.0]))
}

/// A name for templates, words and the addresses of styles and scripts.
pub(super) fn look(theme: &Theme, config: &Config) -> Option<Key> {
    let words = theme.strings.get(config.lang.tag()).map(ToString::to_string).unwrap_or_default();
    let default = theme.strings.get("zh-Hans").map(ToString::to_string).unwrap_or_default();
    let assets: Vec<&str> = theme.assets.files.iter().map(|asset| asset.path.as_str()).collect();
    let mut parts = vec![words.into_bytes(), default.into_bytes(), assets.join("\n").into_bytes()];
    for template in &theme.templates {
        parts.push(template.name.as_bytes().to_vec());
        parts.push(template.text.as_bytes().to_vec());
    }
    Some(Key::of(parts.iter().map(Vec::as_slice)))
}

/// The long lists of a library, on all cores.
fn lists(library: &Library) -> Option<Key> {
    let (lessons, sessions) = rayon::join(|| list(&library.lessons), || list(&library.sessions));
    key_of(&(lessons?, sessions?))
}

fn list<T: Serialize + Sync>(items: &[T]) -> Option<Vec<Key>> {
    items.par_chunks(CHUNK).map(key_of).collect()
}

fn rest(library: &Library) -> Option<Key> {
    key_of(&library.without_lists())
}
