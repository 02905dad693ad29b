/* What is asked for, as it stands in the address: `?q=…&unit=…&unit=…&n=30`, or behind
   the `#` where a browser does not let a page from a folder change its address. */
(function () {
  "use strict";
  var FACETS = ["unit", "year", "kind", "domain", "ability", "instructor", "honour"];
  var PAGE = 10;

  window.jiangtaiResults = {
    PAGE: PAGE,
    FACETS: FACETS,
    read: function () {
      var behind = location.hash.slice(1);
      var values = new URLSearchParams(/(^|&)q=/.test(behind) ? behind : location.search);
      var state = { q: values.get("q") || "", filters: {}, shown: Math.min(Math.max(parseInt(values.get("n"), 10) || PAGE, PAGE), 1000) };
      FACETS.forEach(function (facet) {
        var chosen = values.getAll(facet).filter(Boolean);
        if (chosen.length) state.filters[facet] = chosen;
      });
      return state;
    },
    /* Gives whether the browser keeps the state; it tells the page itself otherwise. */
    write: function (state, replaces) {
      var text = written(state);
      try {
        history[replaces ? "replaceState" : "pushState"](null, "", text ? "?" + text : location.pathname);
        return true;
      } catch (refused) {
        if (replaces) location.replace("#" + (text || "q=")); else location.hash = text || "q=";
        return false;
      }
    },
    /* The state with other filters, from the beginning of the list. */
    narrowed: function (state, filters) { return { q: state.q, filters: filters, shown: PAGE }; },
    /* Filters with a value put in or taken out. */
    toggled: function (filters, facet, value) {
      var next = {};
      FACETS.forEach(function (name) {
        var chosen = (filters[name] || []).slice();
        var at = chosen.indexOf(value);
        if (name === facet) { if (at < 0) chosen.push(value); else chosen.splice(at, 1); }
        if (chosen.length) next[name] = chosen;
      });
      return next;
    }
  };

  function written(state) {
    var values = new URLSearchParams();
    if (state.q) values.set("q", state.q);
    FACETS.forEach(function (facet) {
      (state.filters[facet] || []).forEach(function (value) { values.append(facet, value); });
    });
    if (state.shown > PAGE) values.set("n", state.shown);
    return values.toString();
  }
})();
