/* What the hits are filtered by, and how many each filter would give. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;

  /* A facet: its labels, and the numbers of those that a document has. */
  const read = (bytes, count) => {
    const data = search.inflate(bytes), end = data.indexOf(10);
    const [labels, sets] = JSON.parse(search.text(data.subarray(0, end)));
    const has = document => {
      let set = 0;
      for (let at = end + 1 + document, times = 1; at < data.length; at += count, times *= 256) set += data[at] * times;
      return sets[set];
    };
    return { labels, has };
  };

  /* Filters hits by the labels that are wanted of each facet, and counts for the facets
     in `keys` how many each label would give beside the filters of the others. */
  search.filter = async (start, file, hits, filters, keys, missing) => {
    const wanted = Object.keys(filters || {}).filter(key => filters[key] && filters[key].length);
    const names = keys.concat(wanted.filter(key => keys.indexOf(key) < 0));
    const loaded = new Map(await Promise.all(names.map(async key => [
      key, start.facets.indexOf(key) < 0 ? null : await file("f/" + key, bytes => read(bytes, start.n), missing)
    ])));
    const tests = wanted.map(key => {
      const facet = loaded.get(key), labels = filters[key].map(String);
      const taken = new Set(facet ? facet.labels.map((label, at) => labels.indexOf(label) < 0 ? -1 : at) : []);
      /* A filter whose file is not there lets everything through; `missing` tells. */
      const lost = !facet && start.facets.indexOf(key) >= 0;
      return { key, passes: document => lost || !!facet && facet.has(document).some(at => taken.has(at)) };
    });
    const passes = (hit, but) => tests.every(test => test.key === but || test.passes(hit.document));
    const facets = keys.map(key => {
      const facet = loaded.get(key), counts = facet ? facet.labels.map(() => 0) : [];
      if (facet) hits.forEach(hit => passes(hit, key) && facet.has(hit.document).forEach(at => counts[at]++));
      const values = counts.map((count, at) => ({ label: facet.labels[at], count }));
      return { key, values: values.filter(value => value.count) };
    });
    return { hits: hits.filter(hit => passes(hit)), facets };
  };
})(this);
