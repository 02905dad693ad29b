/* The engine: what the page asks. No promise but that of `start` is ever broken; what
   could not be had is told in `missing`. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;

  search.open = load => {
    const file = search.files(load), table = new Map();
    let opened = null;
    const learn = ([traditional, simplified]) => {
      for (let at = 0; at < traditional.length; at++) table.set(traditional[at], simplified[at]);
    };
    const learnAll = async missing => {
      const all = await file("s", search.json, missing);
      if (all) learn(all);
    };
    const open = async missing => {
      const start = await file("start", search.json, missing);
      if (!start || start.v !== 1) {
        missing.add("start");
        opened = null;
        return null;
      }
      if (start.s === 1) await learnAll(missing); else learn(start.s);
      const terms = search.terms(start, file), pages = search.pages(start, file, table);
      return Object.assign({ start, table, terms, pages, file }, search.ranking(start, file, terms, pages));
    };
    const ready = missing => opened || (opened = open(missing));

    /* Whether a query has characters that no page has: they may be traditional. */
    const isStrange = async (query, terms, missing) => {
      const whole = query.variants[0] || "", units = Array.from(new Set(whole)).filter(unit => unit >= "\u3400");
      const known = terms.seen(whole), rest = units.filter(unit => !known.has(unit));
      if (rest.length > 3) return true;
      const lists = await Promise.all(rest.map(unit => terms.list(search.single(unit), missing, 0)));
      return lists.some(list => list && list.none);
    };
    /* A query and its hits. Who asks for more of the same is not made to wait for them. */
    let last = null;
    const find = async (words, engine, missing) => {
      if (!last || last.words !== words || last.engine !== engine) last = { words, engine, lost: new Set(), found: null };
      const mine = last;
      if (!mine.found) mine.found = seek(words, engine, mine.lost);
      const found = await mine.found;
      mine.lost.forEach(name => missing.add(name));
      /* What could not be had may be there the next time. */
      if (mine.lost.size && last === mine) last = null;
      return found;
    };
    const seek = async (words, engine, missing) => {
      const query = search.query(words, table), hits = await engine.rank(query, missing);
      if (engine.start.s === 1 || !await isStrange(query, engine.terms, missing)) return { query, hits };
      await learnAll(missing);
      const again = search.query(words, table);
      if (again.variants[0] === query.variants[0]) return { query, hits };
      return { query: again, hits: await engine.rank(again, missing) };
    };

    const start = async () => {
      const engine = await ready(new Set());
      if (!engine) throw new Error("search: the index has no start");
      const { n, id, kinds } = engine.start;
      return { documents: n, id, kinds };
    };
    /* `counted` names the facets that are to be counted: all, if it is left out. */
    const ask = async (words, filters, counted) => {
      const missing = new Set(), engine = await ready(missing);
      if (!engine) return { query: search.query(words, table), total: 0, exact: 0, hits: [], facets: [], missing: ["start"] };
      const found = await find(words, engine, missing);
      const { hits, facets } = await search.filter(engine.start, file, found.hits, filters, counted || engine.start.facets, missing);
      return {
        query: found.query, total: hits.length, exact: hits.filter(hit => search.isExact(hit.tier)).length,
        hits: hits.map(({ document, tier, sub, score }) => ({ document, tier: search.TIERS[tier], sub, score })),
        facets, missing: Array.from(missing).sort()
      };
    };
    const facts = async documents => {
      const engine = await ready(new Set());
      return Promise.all(documents.map(async document => {
        const row = engine && await engine.pages.facts(document, new Set());
        return row && {
          document, title: row[0], url: row[1], kind: engine.start.kinds[row[2]], unit: row[3], year: row[4] || null,
          instructors: row[5], honours: row[6] ? row[6].split(" ") : [], summary: row[9]
        };
      }));
    };
    const excerpt = async (document, query) => {
      const engine = await ready(new Set()), page = engine && await engine.pages.page(document, new Set());
      return search.excerpt(page || { b: [] }, query, table);
    };
    const marks = (text, query) => search.marks(String(text), query, table);
    /* A query taken apart, for those who only mark it. */
    const query = async words => {
      const missing = new Set(), engine = await ready(missing), found = search.query(words, table);
      if (!engine || !found.variants.length) return found;
      await Promise.all(search.cover(found.variants[0]).map(term => engine.terms.list(term.key, missing, 0)));
      if (!await isStrange(found, engine.terms, missing)) return found;
      await learnAll(missing);
      return search.query(words, table);
    };
    const complete = async (typed, limit) => {
      const engine = await ready(new Set());
      return engine ? search.complete(engine, await query(typed), limit || 8, facts) : [];
    };
    const help = async words => {
      const engine = await ready(new Set());
      return engine ? search.help(engine, await query(words)) : { homophones: [], neighbours: [] };
    };
    return { start, ask, facts, excerpt, marks, query, complete, help };
  };
})(this);
