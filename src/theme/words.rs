//! The words of a theme, laid over those of the default one key by key, so that a theme
//! says only what it says otherwise.

/// The words of a language: groups of sentences by name.
pub(super) type Words = serde_json::Value;

/// Lays words over words. `place` is the key where both stand, for the message.
///
/// # Errors
/// When a sentence stands where a group is expected, or a group where a sentence is.
pub(super) fn lay_over(words: &mut Words, over: Words, place: &str) -> Result<(), String> {
    match (&mut *words, over) {
        // A file of nothing but comments says nothing.
        (_, Words::Null) if place.is_empty() => Ok(()),
        (Words::Object(words), Words::Object(over)) => {
            for (key, value) in over {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                match words.get_mut(&key) {
                    Some(known) => lay_over(known, value, &place)?,
                    None => drop(words.insert(key, value)),
                }
            }
            Ok(())
        }
        (Words::Null, over) => {
            *words = over;
            Ok(())
        }
        (Words::Object(_), _) if place.is_empty() => Err("里面没有“左边键、右边用语”的栏目".to_owned()),
        (Words::Object(_), _) => Err(format!("“{place}”下面是一组用语，要像默认主题那样分行写")),
        (_, Words::Object(_) | Words::Null) => Err(format!("“{place}”是一句话，要写在冒号后面同一行")),
        (_, over) => {
            *words = over;
            Ok(())
        }
    }
}
