/* The list of results as a table for spreadsheets. */
(function () {
  "use strict";
  var app = window.jiangtaiResults;
  var finder = window.jiangtaiFinder;
  /* More rows than anybody reads: what is known of each has to be loaded. */
  var MOST = 1000;

  /* Saves the table and gives what to say of it. */
  app.save = function (view) {
    var words = view.words;
    var hits = view.answer.hits.slice(0, MOST);
    return view.engine.facts(hits.map(function (hit) { return hit.document; })).then(function (all) {
      var rows = all.filter(Boolean).map(function (facts, at) {
        return [String(at + 1)].concat([
          facts.title,
          words.kinds[facts.kind] || facts.kind,
          facts.unit || "",
          facts.year ? String(facts.year) : "",
          facts.instructors.join(words.comma),
          facts.honours.map(function (key) { return words.honours[key] || key; }).join(words.comma),
          facts.summary,
          address(facts.url)
        ].map(guarded));
      });
      var file = finder.fill(words.file, { query: window.jiangtaiFiles.plain(view.answer.query.text) });
      window.jiangtaiFiles.save(file, window.jiangtaiFiles.table([words.columns].concat(rows)));
      return finder.fill(view.answer.total > MOST ? words.saved_first : words.saved, { n: rows.length, file: file });
    });
  };

  /* Words that a spreadsheet would take for a formula begin with an apostrophe, as in
     all tables that the site offers. */
  function guarded(text) { return /^[=+\-@\t\r]/.test(text) ? "'" + text : text; }

  /* Whole where the site has a server; a folder may be elsewhere tomorrow. */
  function address(url) {
    return location.protocol === "file:" ? url : new URL(finder.root() + url, location.href).href;
  }
})();
