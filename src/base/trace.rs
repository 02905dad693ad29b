//! Which texts were read while something was made.
//!
//! What a page is made of is known beforehand, except for the bodies of lessons and
//! articles: hardly any page reads one, and each belongs to few. So reading a body notes
//! it, and whoever makes a page is told which were read, without the page's knowing.

use std::cell::RefCell;

use super::Key;

thread_local! {
    /// What was read on this thread since the innermost [`record`] began.
    static NOTES: RefCell<Option<Vec<Key>>> = const { RefCell::new(None) };
}

/// Notes that a text was read.
pub(super) fn note(key: Key) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes.as_mut().filter(|notes| !notes.contains(&key)) {
            notes.push(key);
        }
    });
}

/// Makes something on this thread alone, and tells which texts were read for it.
pub fn record<T>(make: impl FnOnce() -> T) -> (T, Vec<Key>) {
    let around = NOTES.replace(Some(Vec::new()));
    let made = make();
    let read = NOTES.replace(around).unwrap_or_default();
    // Who records around this has read the same.
    read.iter().for_each(|key| note(*key));
    (made, read)
}
