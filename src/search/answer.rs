//! What a search gives to people at a terminal and to programs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::engine::Engine;
use super::entries::Facet;
use super::excerpt::excerpt;
use super::layout::PageText;
use super::query::Query;
use super::rank::{Hit, Tier, search};

/// The size of a score of one, in the integers of the ranking.
const ONE: u64 = 1000;

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// What somebody looks for.
    pub words: String,
    /// Values of facets ([`super::FACETS`]): any of one facet, and that for each facet.
    /// A unit is named by its name or its folder.
    pub filters: Vec<(String, String)>,
    /// How many results are wanted.
    pub limit: usize,
    /// How many to pass over.
    pub offset: usize,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// How many documents answer.
    pub total: usize,
    /// How many of them hold what was typed as it stands.
    pub exact: usize,
    /// Those that were wanted, the best first.
    pub results: Vec<Value>,
    /// For each facet its values that occur, with how many documents each would give.
    pub facets: Value,
}

impl Tier {
    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Tier::Title => "title",
            Tier::Heading => "heading",
            Tier::Sound => "sound",
            Tier::Body => "body",
            Tier::Parts => "parts",
            Tier::Partial => "partial",
        }
    }

    /// Whether the document holds what was typed as it stands.
    pub fn is_exact(self) -> bool {
        matches!(self, Tier::Title | Tier::Heading | Tier::Body)
    }
}

/// Answers a question.
pub fn answer(engine: &Engine, request: &Request) -> Answer {
    let query = Query::new(&request.words);
    let found = search(engine, &query);
    let filters = Filters::new(engine, &request.filters);
    let hits: Vec<&Hit> = found.iter().filter(|hit| filters.take(hit.document, None)).collect();
    let wanted = hits.iter().skip(request.offset).take(request.limit);
    Answer {
        total: hits.len(),
        exact: hits.iter().filter(|hit| hit.tier.is_exact()).count(),
        results: wanted.filter_map(|hit| result(engine, &query, hit)).collect(),
        facets: filters.counts(engine, &found),
    }
}

/// The JSON object of `jiangtai search` (CLI.md).
pub fn object(request: &Request, answer: &Answer) -> Value {
    json!({
        "schema_version": 1,
        "command": "search",
        "query": request.words,
        "total": answer.total,
        "exact": answer.exact,
        "results": answer.results,
        "facets": answer.facets,
    })
}

fn result(engine: &Engine, query: &Query, hit: &Hit) -> Option<Value> {
    let found = engine.document(hit.document)?;
    let best = excerpt(&PageText::from_json(&found.text), query);
    Some(json!({
        "url": found.url,
        "title": found.title,
        "kind": found.kind,
        "score": (hit.score / (ONE / 10)) as f64 / 10.0,
        "excerpt": if best.text.is_empty() { found.summary } else { best.text },
        "unit": found.unit,
        "year": found.year,
        "instructors": found.instructors,
        "honours": found.honours,
        "tier": hit.tier.key(),
        "anchor": best.anchor,
        "place": best.place,
    }))
}

/// For each facet that is filtered by, the documents that it lets through.
struct Filters(Vec<(String, BTreeSet<u32>)>);

impl Filters {
    fn new(engine: &Engine, wanted: &[(String, String)]) -> Self {
        let mut filters: Vec<(String, BTreeSet<u32>)> = Vec::new();
        for (facet, value) in wanted {
            let unit = engine.units().iter().find(|(folder, _)| facet == "unit" && folder == value);
            let value = unit.map_or(value, |(_, name)| name);
            let values = engine.facets().iter().filter(|known| known.name == *facet).flat_map(|known| &known.values);
            let documents = values.filter(|known| known.label == *value).flat_map(|known| &known.documents);
            match filters.iter_mut().find(|(name, _)| name == facet) {
                Some((_, taken)) => taken.extend(documents),
                None => filters.push((facet.clone(), documents.copied().collect())),
            }
        }
        Filters(filters)
    }

    /// Whether a document passes all facets but one.
    fn take(&self, document: u32, but: Option<&str>) -> bool {
        self.0.iter().filter(|(name, _)| Some(name.as_str()) != but).all(|(_, taken)| taken.contains(&document))
    }

    /// What each value of a facet would give beside the filters of the other facets.
    fn counts(&self, engine: &Engine, found: &[Hit]) -> Value {
        let facet = |Facet { name, values }: &Facet| {
            let others: BTreeSet<u32> =
                found.iter().map(|hit| hit.document).filter(|document| self.take(*document, Some(name))).collect();
            let counted = values.iter().filter_map(|value| {
                let count = value.documents.iter().filter(|document| others.contains(document)).count();
                (count > 0).then(|| json!({"label": value.label, "count": count}))
            });
            json!({"key": name, "values": counted.collect::<Vec<_>>()})
        };
        engine.facets().iter().map(facet).collect()
    }
}
