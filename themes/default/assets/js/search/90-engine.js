/* The engine: what the page asks. No promise but that of `start` is ever broken; what
   could not be had is told in `missing`. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;

  search.open = load => {
    const file = search.files(load);
    let opened = null;
    const table = new Map();
    const open = () => opened || (opened = (async () => {
      const missing = new Set(), start = await file("start", search.json, missing);
      if (!start || start.v !== 1) {
        opened = null;
        return null;
      }
      const [traditional, simplified] = await file("s", search.json, missing) || ["", ""], simple = Array.from(simplified);
      Array.from(traditional).forEach((character, at) => table.set(character, simple[at]));
      const terms = search.terms(start, file), pages = search.pages(start, file, table);
      return { start, pages, rank: search.ranking(start, file, terms, pages) };
    })());
    const list = missing => Array.from(missing).sort();

    const start = async () => {
      const engine = await open();
      if (!engine) throw new Error("the index has no start");
      return { documents: engine.start.n, id: engine.start.id, kinds: engine.start.kinds };
    };

    const ask = async (words, filters) => {
      const query = search.query(words, table), missing = new Set(), engine = await open();
      if (!engine) return { query, total: 0, exact: 0, hits: [], facets: [], missing: ["start"] };
      const parsed = search.query(words, table);
      const [found, rows] = await Promise.all([engine.rank(parsed, missing), file("f", search.json, missing)]);
      const facets = (rows || []).map(row => ({
        key: row.k, values: row.v.map(value => ({ label: value[0], documents: search.sums(value[1]) }))
      }));
      const chosen = Object.keys(filters || {}).filter(key => filters[key] && filters[key].length).map(key => {
        const labels = new Set(filters[key].map(String)), taken = new Set();
        facets.filter(facet => facet.key === key).forEach(facet => facet.values.forEach(value => {
          if (labels.has(value.label)) value.documents.forEach(document => taken.add(document));
        }));
        return { key, taken };
      });
      const passes = (document, but) => chosen.every(one => one.key === but || one.taken.has(document));
      const hits = found.filter(hit => passes(hit.document));
      const counts = facets.map(facet => {
        const others = new Set(found.map(hit => hit.document).filter(document => passes(document, facet.key)));
        const values = facet.values.map(value => ({
          label: value.label, count: value.documents.filter(document => others.has(document)).length
        }));
        return { key: facet.key, values: values.filter(value => value.count) };
      });
      return {
        query: parsed, total: hits.length, exact: hits.filter(hit => search.isExact(hit.tier)).length,
        hits: hits.map(hit => ({ document: hit.document, tier: search.TIERS[hit.tier], sub: hit.sub, score: hit.score })),
        facets: counts, missing: list(missing)
      };
    };

    const facts = async documents => {
      const engine = await open();
      return Promise.all(documents.map(async document => {
        const row = engine && await engine.pages.facts(document, new Set());
        return row && {
          document, title: row[0], url: row[1], kind: engine.start.kinds[row[2]], unit: row[3], year: row[4] || null,
          instructors: row[5], honours: row[6] ? row[6].split(" ") : [], summary: row[9]
        };
      }));
    };
    const excerpt = async (document, query) => {
      const engine = await open(), page = engine && await engine.pages.page(document, new Set());
      return search.excerpt(page || { b: [] }, query, table);
    };
    const marks = (text, query) => search.marks(String(text), query, table);
    /* A query taken apart, for those who only mark it. */
    const query = async words => {
      await open();
      return search.query(words, table);
    };
    return { start, ask, facts, excerpt, marks, query };
  };
})(this);
