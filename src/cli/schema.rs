//! `schema`: JSON Schemas of front matter and settings, for editors.

use serde_json::{Map, Value, json};

use super::print::Printer;
use super::{Exit, Failure};
use crate::model::vocabulary::vocabulary;
use crate::records::{ALL, Entity, Field, FieldKind};

pub(super) fn run(name: Option<&str>, printer: &Printer) -> Result<Exit, Failure> {
    match name {
        None => {
            let definitions: Map<String, Value> =
                ALL.iter().map(|entity| (entity.key.to_owned(), schema(entity))).collect();
            printer.data(&pretty(&json!({"$schema": DRAFT, "title": "jiangtai", "$defs": definitions})));
            Ok(Exit::Done)
        }
        Some(name) => match ALL.iter().find(|entity| entity.key == name || entity.name == name) {
            Some(entity) => {
                let mut schema = schema(entity);
                if let Some(map) = schema.as_object_mut() {
                    map.insert("$schema".to_owned(), json!(DRAFT));
                }
                printer.data(&pretty(&schema));
                Ok(Exit::Done)
            }
            None => {
                let names: Vec<&str> = ALL.iter().map(|entity| entity.key).collect();
                Err(Failure::new(Exit::Usage, format!("没有“{name}”。可以写：{}。", names.join("、"))))
            }
        },
    }
}

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn schema(entity: &Entity) -> Value {
    let mut properties = Map::new();
    for field in entity.fields {
        let described = property(field);
        for name in [field.name, field.key].into_iter().chain(field.aliases.iter().copied()) {
            properties.insert(name.to_owned(), described.clone());
        }
    }
    json!({"title": entity.name, "description": entity.file, "type": "object", "properties": properties})
}

/// What editors should offer; the reader itself is more forgiving.
fn property(field: &Field) -> Value {
    let text = json!({"type": ["string", "number", "null"]});
    let several = |items: Value| json!({"anyOf": [items.clone(), {"type": "array", "items": items}]});
    let mut schema = match field.kind {
        FieldKind::Text | FieldKind::Date | FieldKind::Month | FieldKind::Integer | FieldKind::Number => text,
        FieldKind::Texts | FieldKind::List | FieldKind::People => several(text),
        FieldKind::Boolean => json!({"enum": ["是", "否", true, false, null]}),
        FieldKind::Choice(name) => words(name),
        FieldKind::Choices(name) => several(words(name)),
        FieldKind::Nested => json!({}),
    };
    if let Some(map) = schema.as_object_mut().filter(|_| !field.note.is_empty()) {
        map.insert("description".to_owned(), json!(field.note));
    }
    schema
}

fn words(name: &str) -> Value {
    let vocabulary = vocabulary(name);
    let names: Vec<&str> = vocabulary.terms.iter().map(|term| term.name).collect();
    if vocabulary.open {
        json!({"type": "string", "examples": names})
    } else {
        json!({"type": "string", "examples": names, "enum": all_names(name)})
    }
}

fn all_names(name: &str) -> Vec<&'static str> {
    vocabulary(name)
        .terms
        .iter()
        .flat_map(|term| [term.name, term.key].into_iter().chain(term.aliases.iter().copied()))
        .collect()
}
