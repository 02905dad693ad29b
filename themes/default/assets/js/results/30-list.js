/* The results: exact ones first, then under a heading each those in which the words
   stand apart, and those that have only some of them. */
(function () {
  "use strict";
  var app = window.jiangtaiResults;
  var finder = window.jiangtaiFinder;
  var GROUPS = { parts: "parts", partial: "partial" };

  /* Puts hits from a place on into the page; gives how many could not be had. */
  app.list = function (view, from, to) {
    var hits = view.answer.hits.slice(from, to);
    return view.engine.facts(hits.map(function (hit) { return hit.document; })).then(function (all) {
      var lost = 0;
      if (!view.isCurrent()) return lost;
      all.forEach(function (facts, at) {
        if (!facts) { lost += 1; return; }
        group(view, GROUPS[hits[at].tier] || "exact").appendChild(result(view, facts, hits[at]));
      });
      return lost;
    });
  };

  function group(view, name) {
    var list = view.groups.querySelector("[data-group=" + name + "]");
    if (list) return list;
    if (name !== "exact") {
      var count = view.answer.hits.filter(function (hit) { return hit.tier === name; }).length;
      var title = view.groups.appendChild(app.element("h2", "group-title", view.words[name]));
      title.appendChild(app.element("span", "count", count));
    }
    list = view.groups.appendChild(app.element("ol", "results"));
    list.setAttribute("data-group", name);
    return list;
  }

  function result(view, facts, hit) {
    var item = document.querySelector("[data-result]").content.cloneNode(true).firstElementChild;
    var link = item.querySelector("a");
    var query = view.answer.query;
    var text = item.querySelector(".result-text");
    var place = item.querySelector(".result-place");
    app.marked(link, facts.title, view.engine.marks(facts.title, query));
    link.href = target(facts, hit, query, "");
    place.hidden = true;
    line(item.querySelector(".result-facts"), view, facts);
    text.textContent = facts.summary;
    view.engine.excerpt(hit.document, query).then(function (found) {
      link.href = target(facts, hit, query, found.anchor);
      if (found.text) app.marked(text, found.text, found.marks);
      if (!found.place) return;
      place.hidden = false;
      place.querySelector("span").textContent = found.place;
    }, function () { /* the summary stands already */ });
    return item;
  }

  /* The page, told what to mark; a name that only sounds so is not on it. */
  function target(facts, hit, query, anchor) {
    var marked = hit.tier === "sound" ? "" : "?h=" + encodeURIComponent(query.text);
    return finder.root() + facts.url + marked + (anchor && anchor !== "main" ? "#" + encodeURIComponent(anchor) : "");
  }

  function line(element, view, facts) {
    var words = view.words;
    var named = facts.kind === "person" ? [] : facts.instructors;
    [
      app.element("span", "badge", words.kinds[facts.kind] || facts.kind),
      facts.unit && facts.unit !== facts.title && app.element("span", "", facts.unit),
      facts.year && app.element("span", "", app.label(words, "year", facts.year)),
      named.length && app.element("span", "result-people", named.join(words.comma))
    ].concat(facts.honours.map(function (key) {
      return app.element("span", "honour-badge", words.honours[key] || key);
    })).filter(Boolean).forEach(function (part) {
      element.appendChild(part);
      element.appendChild(document.createTextNode(" "));
    });
    view.engine.marks && element.querySelectorAll("span:not([class]), .result-people").forEach(function (part) {
      app.marked(part, part.textContent, view.engine.marks(part.textContent, view.answer.query));
    });
  }

  /* Arrows go through the results and back to the box. */
  app.arrows = function (groups, box) {
    function links() { return Array.prototype.slice.call(groups.querySelectorAll(".result-title a")); }
    groups.addEventListener("keydown", function (event) {
      var all = links();
      var at = all.indexOf(document.activeElement);
      if (event.altKey || event.ctrlKey || event.metaKey || at < 0) return;
      if (event.key === "ArrowDown") (all[at + 1] || all[at]).focus();
      else if (event.key === "ArrowUp") (all[at - 1] || box).focus();
      else if (event.key === "Escape") box.select();
      else return;
      event.preventDefault();
    });
    box.addEventListener("keydown", function (event) {
      var first = links()[0];
      if (event.key !== "ArrowDown" || event.defaultPrevented || event.altKey || !first) return;
      first.focus();
      event.preventDefault();
    });
  };
})();
