/* A server's search before that of the site: the same engine for the page, whose
   results come over http, as src/export/search/说明.txt tells. What the server does not
   answer, or not as agreed, the index of the site answers; `fallen` tells. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  /* So many results are asked for at once, and so many are listed at most. */
  const BLOCK = 50, MOST = 1000;
  const TIERS = ["title", "heading", "sound", "body", "parts", "partial"];

  const isCount = value => typeof value === "number" && value >= 0 && Math.floor(value) === value;
  const text = value => typeof value === "string" ? value : "";
  const texts = value => Array.isArray(value) ? value.filter(one => typeof one === "string" && one) : [];
  /* A page of this site and nothing else: no scheme, no host, nothing above the top. */
  const isPage = url => typeof url === "string" && /^[^\s\u0000-\u001f:\\?#/][^\s\u0000-\u001f:\\?#]*$/.test(url)
    && url.split("/").every(part => part && !/^(\.|%2e){1,2}$/i.test(part));

  /* A result as the page takes it; null where it cannot be shown. */
  const row = told => {
    if (!told || !isPage(told.url) || !text(told.title)) return null;
    return {
      url: told.url, title: told.title, kind: text(told.kind), unit: text(told.unit),
      year: isCount(told.year) && told.year || null, instructors: texts(told.instructors), honours: texts(told.honours),
      summary: text(told.excerpt), anchor: text(told.anchor), place: text(told.place),
      tier: TIERS.indexOf(told.tier) < 0 ? "body" : told.tier
    };
  };
  const facets = told => (Array.isArray(told) ? told : []).filter(facet => facet && text(facet.key) && Array.isArray(facet.values))
    .map(({ key, values }) => ({
      key, values: values.filter(value => value && isCount(value.count) && value.count && (text(value.label) || isCount(value.label)))
        .map(({ label, count }) => ({ label: String(label), count }))
    }));
  /* The answer; null when it is not as agreed. */
  const read = told => {
    const isAnswer = told && (told.schema_version === undefined || told.schema_version === 1) && isCount(told.total) && Array.isArray(told.results);
    if (!isAnswer) return null;
    const exact = isCount(told.exact) ? Math.min(told.exact, told.total) : null;
    return { total: told.total, exact, facets: facets(told.facets), rows: told.results.slice(0, BLOCK).map(row) };
  };

  /* `ask` takes names and values and gives what the server says to `done`, or null. */
  search.service = (engine, ask) => {
    const block = (words, filters, at) => new Promise(done => {
      const pairs = [["q", words], ["limit", BLOCK], ["offset", at * BLOCK]];
      Object.keys(filters || {}).forEach(facet => filters[facet].forEach(value => pairs.push([facet, value])));
      ask(pairs, told => done(read(told)));
    });
    /* The results of a question; further blocks are asked for when somebody wants them. */
    const listed = (words, filters, first) => {
      const blocks = [Promise.resolve(first)], count = Math.min(first.total, MOST), list = { hits: [], row: null };
      const settle = (rows, at) => rows.forEach((one, place) => {
        const hit = list.hits[at * BLOCK + place];
        if (hit && one) hit.tier = one.tier;
      });
      const last = first.rows[first.rows.length - 1];
      for (let at = 0; at < count; at++) {
        list.hits.push({ document: { list, at }, tier: at < first.exact || !last ? "body" : last.tier, sub: 0, score: 0 });
      }
      settle(first.rows, 0);
      list.row = async at => {
        const number = Math.floor(at / BLOCK);
        blocks[number] = blocks[number] || block(words, filters, number);
        const found = await blocks[number];
        if (!found) blocks[number] = null;
        else settle(found.rows, number);
        return found && found.rows[at % BLOCK] || null;
      };
      return list.hits;
    };

    const isOurs = document => typeof document === "number";
    const own = async (words, filters, counted) => {
      const answer = await engine.ask(words, filters, counted);
      return Object.assign(answer, { fallen: true });
    };
    return Object.assign({}, engine, {
      ask: async (words, filters, counted) => {
        const typed = search.query(words, new Map());
        if (!typed.variants.length) return engine.ask(words, filters, counted);
        const [query, first] = await Promise.all([engine.query(words), block(typed.text, filters, 0)]);
        if (!first) return own(words, filters, counted);
        const hits = listed(typed.text, filters, first);
        return { query, total: first.total, exact: first.exact, hits, facets: first.facets, missing: [], isOpen: hits.length > first.rows.length };
      },
      facts: documents => Promise.all(documents.map(async document => {
        if (isOurs(document)) return (await engine.facts([document]))[0];
        const found = await document.list.row(document.at);
        return found && Object.assign({ document }, found);
      })),
      excerpt: async (document, query) => {
        if (isOurs(document)) return engine.excerpt(document, query);
        const found = await document.list.row(document.at);
        if (!found) return { text: "", marks: [], anchor: "", place: "" };
        return { text: found.summary, marks: engine.marks(found.summary, query), anchor: found.anchor, place: found.place };
      }
    });
  };
})(this);
