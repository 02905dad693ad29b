/* What a name may go on with while it is typed: titles that hold it, by their signs or
   by their sound. It loads the lists that the search will ask for next. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  /* What somebody more likely means by a name than a lesson. */
  const FIRST = ["person", "unit", "topic"];
  /* So many documents are looked at for each that is wanted. */
  const SPARE = 2;

  const isFirst = fact => FIRST.indexOf(fact.kind) >= 0;
  search.complete = async (engine, query, limit, factsOf) => {
    const missing = new Set(), whole = query.variants[0] || "", letters = search.letters(query.text);
    if (!whole) return [];
    const [titled, names] = await Promise.all([
      engine.titled(whole, missing), letters ? search.namesSounding(letters, engine.start, engine.file, missing) : []
    ]);
    const first = titled.filter(one => one.begins), rest = titled.filter(one => !one.begins);
    /* People, units and topics stand behind all lessons: some from the end are looked at too. */
    const some = (list, count) => list.slice(0, count).concat(list.slice(count).slice(-count));
    const sounding = names.sort((one, other) => other.how - one.how).slice(0, limit * SPARE);
    /* The page of a name itself stands behind those of the lessons under it. */
    const heard = [].concat(...sounding.map(name => name.documents.slice(0, 1).concat(name.documents.slice(-1))));
    const wanted = some(first, limit).concat(some(rest, Math.max(limit - first.length, 2)))
      .map(one => one.document).concat(heard.slice(0, limit * SPARE));
    const facts = (await factsOf(Array.from(new Set(wanted)))).filter(Boolean), loud = new Set(heard);
    const ranked = facts.map((fact, at) => {
      const place = search.units(fact.title, engine.table).indexOf(whole);
      const how = place === 0 ? 0 : place > 0 ? 1 : loud.has(fact.document) ? 2 : 3;
      return { fact, how, at };
    }).filter(one => one.how < 3);
    ranked.sort((one, other) => one.how - other.how || isFirst(other.fact) - isFirst(one.fact) || one.at - other.at);
    const seen = new Set(), found = [];
    ranked.forEach(({ fact }) => {
      const name = fact.kind + " " + fact.title;
      if (found.length >= limit || seen.has(name)) return;
      seen.add(name);
      found.push({ text: fact.title, kind: fact.kind, url: fact.url });
    });
    return found;
  };
})(this);
