//! Any sequence of commands and misfortunes.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::workbench::{Dying, KEEP, Site, Target, site};
use jiangtai::publish::state;

#[derive(Debug, Clone)]
enum Event {
    Publish(u8),
    Rollback,
    RollbackTo(u8),
    /// Publishing, stopped after so many steps.
    PublishStopped(u8, usize),
    RollbackStopped(usize),
    /// Somebody changes a file of what is served.
    HandEdit,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0u8..5).prop_map(Event::Publish),
        2 => Just(Event::Rollback),
        1 => (1u8..9).prop_map(Event::RollbackTo),
        4 => (0u8..5, 0usize..60).prop_map(|(site, steps)| Event::PublishStopped(site, steps)),
        2 => (0usize..14).prop_map(Event::RollbackStopped),
        1 => Just(Event::HandEdit),
    ]
}

/// Sites that share files with each other.
fn variant(number: u8) -> Site {
    let mut files = site(["甲", "乙", "丙", "丁", "戊"][usize::from(number)]);
    if number.is_multiple_of(2) {
        files.insert("even/page.html".to_owned(), "双数版才有".to_owned());
    }
    files
}

/// What was published under each number, as far as it is known.
#[derive(Default)]
struct Model {
    served: Option<Site>,
    edited: bool,
}

impl Model {
    /// After a command that may have done its work or not.
    fn expect(&mut self, target: &Target, other: &Site) {
        if !target.serves() {
            assert!(self.served.is_none(), "what was served is gone: {:?}", target.listing());
            return;
        }
        if self.edited && !jiangtai::publish::verify(&target.path).expect("a release").is_whole() {
            return;
        }
        let served = target.served();
        assert!(Some(&served) == self.served.as_ref() || served == *other, "{served:?}");
        self.edited = false;
        self.served = Some(served);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_served_is_always_whole(events in vec(event(), 1..16), links in any::<bool>()) {
        let target = Target::new(links);
        let mut model = Model::default();
        let mut numbers = Vec::new();
        for event in &events {
            let before = target.serves().then(|| state(&target.path).expect("a target")).and_then(|state| state.standing.release().cloned());
            match event {
                Event::Publish(number) => {
                    let published = target.publish(&variant(*number)).expect("published");
                    prop_assert!(numbers.iter().all(|earlier| *earlier < published.release.number()));
                    numbers.push(published.release.number());
                    model = Model { served: Some(variant(*number)), edited: false };
                    prop_assert_eq!(target.served(), variant(*number));
                    let kept = state(&target.path).expect("a target").releases.len();
                    prop_assert!((1..=KEEP + 1).contains(&kept), "{}", kept);
                }
                Event::PublishStopped(number, steps) => {
                    let _ = target.publish_on(&Dying::after(*steps), &variant(*number));
                    if links {
                        model.expect(&target, &variant(*number));
                    }
                    target.recover();
                    model.expect(&target, &variant(*number));
                }
                Event::Rollback | Event::RollbackTo(_) | Event::RollbackStopped(_) => {
                    let to = match event {
                        Event::RollbackTo(number) => Some(number.to_string()),
                        _ => None,
                    };
                    let result = match event {
                        Event::RollbackStopped(steps) => target.rollback_on(&Dying::after(*steps), None),
                        _ => target.rollback(to.as_deref()),
                    };
                    if target.path.is_dir() {
                        target.recover();
                    }
                    if let Ok(published) = &result {
                        prop_assert_ne!(Some(&published.release), before.as_ref());
                    }
                    if target.serves() {
                        let now = state(&target.path).expect("a target").standing.release().cloned();
                        if now != before {
                            model = Model { served: Some(target.served()), edited: false };
                        }
                    } else {
                        prop_assert!(before.is_none());
                    }
                }
                Event::HandEdit => {
                    let page = target.path.join("current/about.html");
                    if page.exists() {
                        std::fs::remove_file(&page).expect("removed");
                        std::fs::write(&page, "被人改过").expect("written");
                        model.edited = true;
                    }
                }
            }
        }
        target.publish(&variant(0)).expect("published");
        prop_assert_eq!(target.served(), variant(0));
    }
}
