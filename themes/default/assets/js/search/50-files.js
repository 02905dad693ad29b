/* The files of the index: each is asked for once. What could not be had or is damaged
   is null and asked for again by the next query. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;

  /* `read` makes something of the bytes; `missing` takes the names of what is not there. */
  search.files = load => {
    const kept = new Map();
    const fetched = (name, read) => new Promise(done => {
      load(name, bytes => {
        try { done(bytes ? read(bytes) : null); } catch (error) { done(null); }
      });
    }).catch(() => null);
    return async (name, read, missing) => {
      if (!kept.has(name)) kept.set(name, fetched(name, read));
      const value = await kept.get(name);
      if (value === null) {
        kept.delete(name);
        missing.add(name);
      }
      return value;
    };
  };

  /* The place of a key among sorted first keys; -1 before all of them. */
  search.locate = (firsts, key) => {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (firsts[middle] <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  /* Numbers out of the ways from each to the next. */
  search.sums = gaps => {
    let sum = 0;
    return gaps.map(gap => sum += gap);
  };
})(this);
