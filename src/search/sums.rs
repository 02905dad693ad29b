//! What the lists of an index follow from, of all documents together. It is remembered,
//! so that after an edit only the documents that say something else are gone through.

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::postings::{Tally, occurrences, tallies};
use crate::base::Key;

/// One of how many documents may say something else before all are counted anew.
const FEW: usize = 16;
/// How many may in any case.
const SOME: usize = 8;

/// Counts over all documents, and how long each of them is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sums {
    /// What each document follows from; none where that cannot be told.
    origins: Vec<Key>,
    /// Of every unit.
    pub tallies: Vec<Tally>,
    /// The units of each document.
    pub lengths: Vec<u32>,
}

/// A document that says something else than before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub number: usize,
    pub old: Layout,
    pub new: Layout,
}

impl Sums {
    /// Counts documents.
    pub fn of(layouts: &[&Layout], origins: Option<&[Key]>) -> Self {
        let lengths = layouts.iter().map(|layout| layout.length()).collect();
        Sums { origins: origins.unwrap_or_default().to_vec(), tallies: tallies(layouts), lengths }
    }

    /// Counts as many documents of which most say what they said before. `old` gives what
    /// followed from something, `new` what a document says now. Gives those that say
    /// something else as well. `None` where that is not known, or many of them do.
    pub fn after(
        &self,
        origins: &[Key],
        old: impl Fn(Key) -> Option<Layout>,
        new: impl Fn(usize) -> Option<Layout>,
    ) -> Option<(Self, Vec<Change>)> {
        if self.origins.len() != origins.len() {
            return None;
        }
        let others = self.origins.iter().zip(origins).enumerate().filter(|(_, (before, now))| before != now);
        let others: Vec<(usize, Key)> = others.map(|(number, (before, _))| (number, *before)).collect();
        if others.len() > (origins.len() / FEW).max(SOME) {
            return None;
        }
        let mut sums = Sums { origins: origins.to_vec(), ..self.clone() };
        let change = |(number, before)| Some(Change { number, old: old(before)?, new: new(number)? });
        let changes = others.into_iter().map(change).collect::<Option<Vec<Change>>>()?;
        for Change { number, old, new } in &changes {
            occurrences(*number, old, &mut |unit, sum| sums.tallies[usize::from(unit)].remove(sum));
            occurrences(*number, new, &mut |unit, sum| sums.tallies[usize::from(unit)].add(sum));
            sums.lengths[*number] = new.length();
        }
        Some((sums, changes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::layout::{Block, PageText};

    fn layout(title: &str, text: &str) -> Layout {
        let block = Block { text: text.to_owned(), ..Block::default() };
        PageText { title: title.to_owned(), meta: Vec::new(), blocks: vec![block] }.layout()
    }

    #[test]
    fn what_is_counted_after_an_edit_is_what_is_counted_anew() {
        let key = |text: &str| Key::of([text.as_bytes()]);
        let mut texts: Vec<(String, String)> =
            (0..9).map(|at| (format!("第{at}课"), format!("夜间巡查的第{at}个窍门"))).collect();
        let count = |texts: &[(String, String)]| {
            let layouts: Vec<Layout> = texts.iter().map(|(title, text)| layout(title, text)).collect();
            let origins: Vec<Key> = texts.iter().map(|(title, text)| key(&format!("{title}{text}"))).collect();
            (Sums::of(&layouts.iter().collect::<Vec<_>>(), Some(&origins)), origins)
        };
        let (before, origins) = count(&texts);
        let old = texts.clone();
        let known = |wanted: Key| {
            let at = origins.iter().position(|origin| *origin == wanted)?;
            Some(layout(&old[at].0, &old[at].1))
        };
        texts[3] = ("第3课再讲一次".to_owned(), "夜间巡查，先看灯".to_owned());
        let (anew, now) = count(&texts);
        let new = |at: usize| Some(layout(&texts[at].0, &texts[at].1));
        let (after, changes) = before.after(&now, known, new).expect("few changes");
        assert_eq!((after, changes.len()), (anew.clone(), 1));
        assert_ne!(before, anew);
        assert_eq!(before.after(&now, |_| None, new), None, "what it said before is forgotten");
        assert_eq!(before.after(&now[1..], known, new), None, "one less gives all others other numbers");
        let all: Vec<Key> = (0..9).map(|at| key(&format!("另{at}"))).collect();
        assert_eq!(before.after(&all, known, new), None, "all say something else");
    }
}
