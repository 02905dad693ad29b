/* Names by their sound: the same as src/search/sounds.rs. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;

  /* What is typed as pinyin: letters alone, at least two; else empty. */
  search.letters = typed => {
    const letters = typed.toLowerCase().split(search.SPACE).join("").replace(/['’]/g, "").replace(/ü/g, "v");
    return /^[a-z]{2,40}$/.test(letters) ? letters : "";
  };
  /* 2 when letters match syllables in full, 1 by some initials, 0 if not. */
  const consume = (typed, syllables, at) => {
    if (!typed) return 2;
    if (at >= syllables.length) return 0;
    if (syllables[at][0] === "+") return 2;
    let best = 0;
    syllables[at].forEach(way => {
      if (typed.startsWith(way)) best = Math.max(best, consume(typed.slice(way.length), syllables, at + 1));
      if (way.startsWith(typed)) best = Math.max(best, way === typed ? 2 : 1);
      [way[0], (/^[zcs]h/.exec(way) || [])[0]].forEach(initial => {
        if (!best && initial && initial !== way && typed.startsWith(initial)
          && consume(typed.slice(initial.length), syllables, at + 1)) best = 1;
      });
    });
    return best;
  };
  const matches = (letters, suffix, key) => {
    const syllables = suffix.split(" ").map(ways => ways.split("/"));
    return consume(letters, key[1] === "^" ? syllables.slice(0, 1) : syllables, 0);
  };

  /* The names that sound so: how well (2 in full, 1 otherwise), and their documents. */
  search.namesSounding = async (letters, start, file, missing) => {
    const keys = new Set(Array.from(letters.slice(1, 7) + "_^", second => letters[0] + second)), found = [];
    await Promise.all(Array.from(keys, async key => {
      const at = search.locate(start.y, key);
      const names = at < 0 ? {} : await file("y/" + at, search.json, missing);
      (names && names[key] || []).forEach(([suffix, gaps]) => {
        const how = matches(letters, suffix, key);
        if (how) found.push({ how, documents: search.sums(gaps) });
      });
    }));
    return found;
  };
  /* The documents with such a name, and how well it sounds so. */
  search.sounding = async (letters, start, file, missing) => {
    const found = new Map();
    (await search.namesSounding(letters, start, file, missing)).forEach(({ how, documents }) => {
      documents.forEach(document => found.set(document, Math.max(how, found.get(document) || 0)));
    });
    return found;
  };
})(this);
