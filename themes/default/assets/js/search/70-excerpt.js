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
  search.excerpt = (page, query, table) => {
    for (const phrase of phrases(query)) for (const [, anchor, text, place] of page.b) {
      const [units, froms] = search.place(text, table), at = units.indexOf(phrase);
      if (at < 0) continue;
      const shown = around(text, froms[at]);
      return { text: shown, marks: search.marks(shown, query, table), anchor, place: place || "" };
    }
    return { text: "", marks: [], anchor: "", place: "" };
  };
})(this);
