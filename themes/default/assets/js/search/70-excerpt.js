/* The words around a hit, the same as src/search/excerpt.rs, and what to mark in them. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const LENGTH = 110;

  const phrases = query => query.variants.concat(query.parts);
  /* Where the words asked for stand in a text, from the first to the last. */
  search.marks = (text, query, table) => {
    const [units, froms, tos] = search.place(search.whole(text), table), marks = [], joined = [];
    phrases(query).forEach(phrase => {
      for (let at = -1; (at = units.indexOf(phrase, at + 1)) >= 0;) marks.push([froms[at], tos[at + phrase.length - 1]]);
    });
    marks.sort((one, other) => one[0] - other[0] || other[1] - one[1]).forEach(mark => {
      const last = joined[joined.length - 1];
      if (last && mark[0] < last[1]) last[1] = Math.max(last[1], mark[1]);
      else joined.push(mark);
    });
    return joined;
  };

  /* Some characters around a place of a text. */
  const around = (text, at) => {
    const before = Array.from(text.slice(0, at)), start = Math.max(before.length - Math.floor(LENGTH / 3), 0);
    const after = Array.from(text.slice(at)), room = LENGTH - (before.length - start);
    return (start ? "…" : "") + before.slice(start).concat(after.slice(0, room)).join("") + (after.length > room ? "…" : "");
  };
  /* The first block with the most of some phrases, and where the first of them stands. */
  const best = (page, wanted, table) => {
    let most = 0, found = null;
    for (const block of page.b) {
      const [units, froms] = search.place(block[2], table);
      const held = wanted.map(phrase => units.indexOf(phrase)).filter(at => at >= 0);
      if (held.length > most) {
        most = held.length;
        found = { block, at: froms[Math.min(...held)] };
      }
      if (held.length === wanted.length) break;
    }
    return found;
  };
  search.excerpt = (page, query, table) => {
    let found = null;
    for (const variant of query.variants) found = found || best(page, [variant], table);
    found = found || best(page, query.parts, table);
    if (!found) return { text: "", marks: [], anchor: "", place: "" };
    const [, anchor, text, place] = found.block, shown = around(text, found.at);
    return { text: shown, marks: search.marks(shown, query, table), anchor, place: place || "" };
  };
})(this);
