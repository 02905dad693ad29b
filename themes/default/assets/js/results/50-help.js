/* What is said of the results: how many there are and of which kind, what is missing,
   and where nothing was found, what to try. */
(function () {
  "use strict";
  var app = window.jiangtaiResults;
  var finder = window.jiangtaiFinder;
  var NAMES = 3;

  app.counted = function (words, answer, isNarrowed) {
    var query = answer.query;
    var values = {
      n: answer.total, query: query.text, exact: answer.exact, related: answer.total - answer.exact,
      words: query.parts.length, partial: answer.hits.filter(function (hit) { return hit.tier === "partial"; }).length
    };
    values.whole = values.n - values.partial;
    if (!query.variants.length) return words.nothing_typed;
    if (!values.n) return finder.fill(isNarrowed ? words.none_within : words.none, values);
    return finder.fill(words.count + (words[kindOf(answer, values)] || ""), values);
  };
  function kindOf(answer, values) {
    if (answer.hits.every(function (hit) { return hit.tier === "sound"; })) return "by_sound";
    if (values.exact === values.n) return "all_exact";
    /* A server may not say how many are exact, nor yet what the rest is. */
    if (values.exact === null) return "";
    if (answer.isOpen) return values.exact ? "some_exact" : "none_exact";
    if (values.words) return values.partial ? "some_words" : "all_words";
    return values.exact ? "some_exact" : "none_exact";
  }

  app.missing = function (words, names) {
    if (!names.length) return "";
    var shown = names.slice(0, NAMES).join(words.comma) + (names.length > NAMES ? "…" : "");
    return finder.fill(words.missing, { n: names.length, names: shown });
  };

  /* What to try instead. */
  app.help = function (view, state, go) {
    var words = view.words;
    var answer = view.answer;
    var chosen = Object.keys(state.filters);
    view.advice.textContent = "";
    /* Nothing to look for, or enough that holds it. */
    var found = answer.hits.some(function (hit) { return hit.tier !== "partial"; });
    if (!answer.query.variants.length || found) return Promise.resolve();
    /* An engine without such help still leaves the filters and the hints. */
    var help = view.engine.help ? view.engine.help(state.q) : { homophones: [], neighbours: [] };
    return Promise.all([answer.total ? [] : wider(view, state, go, chosen), help]).then(function (both) {
      if (!view.isCurrent()) return;
      if (both[0].length) row("", both[0]);
      row(words.sounds_like, both[1].homophones.map(app.query));
      row(words.near, both[1].neighbours.map(app.query));
      if (!answer.total) view.advice.appendChild(hints(words.hints));
    });

    function row(label, items) {
      if (!items.length) return;
      var line = view.advice.appendChild(app.element("p", "help-row", label ? label + " " : ""));
      items.forEach(function (item) {
        line.appendChild(item);
        line.appendChild(document.createTextNode(" "));
      });
    }
  };

  /* Buttons that take filters away, each with what would be found then. */
  function wider(view, state, go, chosen) {
    var tries = chosen.map(function (facet) {
      var filters = Object.assign({}, state.filters);
      var values = filters[facet].map(function (value) { return app.filter(view.words, facet, value); });
      delete filters[facet];
      return { filters: filters, label: view.words.without, filter: values.join(view.words.comma) };
    });
    if (chosen.length > 1) tries.push({ filters: {}, label: view.words.without_all });
    return Promise.all(tries.map(function (one) {
      return view.engine.ask(state.q, one.filters).then(function (answer) {
        return answer.total && app.button("button button-quiet", finder.fill(one.label, { filter: one.filter, n: answer.total }), function () {
          go(app.narrowed(state, one.filters));
          view.count.focus();
        });
      });
    })).then(function (buttons) { return buttons.filter(Boolean); });
  }

  function hints(texts) {
    var list = app.element("ul", "hints");
    texts.forEach(function (text) { list.appendChild(app.element("li", "", text)); });
    return list;
  }
})();
