/* The search page: asks what the address asks, shows what the engine answers. */
(function () {
  "use strict";
  var app = window.jiangtaiResults;
  var finder = window.jiangtaiFinder;
  var LONGEST = 200;
  /* A quick answer needs no notice before it. */
  var PATIENCE = 300;
  var page = {};
  var state = null;
  var turn = 0;
  var heading = "";
  var site = "";

  document.addEventListener("DOMContentLoaded", function () {
    ["start", "recent", "results", "count", "problem", "chips", "advice", "groups", "more", "aside", "facets", "save", "saved", "lists"].forEach(function (name) {
      page[name] = document.querySelector("[data-" + name + "]");
    });
    page.form = document.querySelector("[data-finder]");
    page.box = document.querySelector("[data-search-box]");
    page.count.tabIndex = -1;
    heading = document.querySelector("h1").textContent;
    site = document.title.slice(heading.length);
    page.form.addEventListener("submit", function (event) {
      event.preventDefault();
      go({ q: page.box.value.trim(), filters: state.filters, shown: app.PAGE });
    });
    page.facets.addEventListener("submit", function (event) { event.preventDefault(); });
    window.addEventListener("popstate", read);
    window.addEventListener("hashchange", read);
    page.recent.querySelector("[data-forget]").addEventListener("click", function () {
      finder.forget();
      showRecent();
      page.box.focus();
    });
    page.groups.addEventListener("click", leave);
    app.arrows(page.groups, page.box);
    foldFilters();
    read();
    if (!state.q && window.matchMedia("(pointer: fine)").matches) page.box.focus();
  });

  function read() {
    var before = JSON.stringify(state);
    state = app.read();
    if (JSON.stringify(state) !== before) run();
  }
  function go(next, replaces) {
    if (app.write(next, replaces)) read();
  }

  function run() {
    var mine = ++turn;
    var asked = state;
    function isCurrent() { return mine === turn; }
    page.box.value = asked.q.slice(0, LONGEST);
    page.start.hidden = Boolean(asked.q);
    page.results.hidden = !asked.q;
    page.lists.hidden = false;
    title(heading);
    if (!asked.q) { showRecent(); return; }
    finder.remember(asked.q.slice(0, LONGEST));
    clear();
    var timer = setTimeout(function () { finder.words().then(function (words) { if (isCurrent()) say(words.busy); }); }, PATIENCE);
    finder.open().then(function (engine) {
      return Promise.all([engine.ask(asked.q, asked.filters, []), finder.words()]).then(function (both) {
        clearTimeout(timer);
        if (isCurrent()) return show(asked, Object.assign({ engine: engine, answer: both[0], words: both[1], isCurrent: isCurrent }, page));
      });
    }).catch(function () {
      clearTimeout(timer);
      if (isCurrent()) broken();
    });
  }

  function clear() {
    trouble("");
    page.saved.textContent = "";
  }
  function title(text) { document.title = text + site; }
  function say(text) { page.count.textContent = text; }
  function trouble(text) {
    page.problem.hidden = !text;
    page.problem.querySelector("span").textContent = text;
  }
  /* The words of the scripts may be gone as well, so the page itself has these. */
  function broken() {
    say("");
    [page.groups, page.advice, page.chips].forEach(function (part) { part.textContent = ""; });
    page.aside.hidden = page.more.hidden = page.save.hidden = true;
    page.lists.hidden = false;
    trouble(page.results.getAttribute("data-broken"));
  }

  function show(asked, view) {
    var answer = view.answer;
    var words = view.words;
    var found = answer.total > 0;
    title(finder.fill(words.title, { query: answer.query.text }));
    trouble([answer.fallen ? words.fallen : "", app.missing(words, answer.missing)].join(" ").trim());
    page.lists.hidden = found;
    page.groups.textContent = "";
    var chosen = app.chips(view, asked, go);
    say(app.counted(words, answer, chosen > 0) + (asked.q.length > LONGEST ? finder.fill(words.too_long, { n: LONGEST }) : ""));
    page.aside.hidden = !found && !chosen;
    page.aside.querySelector("summary span").textContent = chosen ? finder.fill(words.filters, { n: chosen }) : page.aside.getAttribute("data-title");
    page.facets.setAttribute("aria-busy", String(!answer.facets.length));
    if (answer.facets.length) page.aside.hidden = !app.facets(view, asked, go);
    page.save.hidden = !found;
    page.save.onclick = function () { app.save(view).then(function (text) { page.saved.textContent = text; }); };
    return Promise.all([app.help(view, asked, go), more(view, 0, asked.shown)]).then(function () {
      if (!view.isCurrent()) return;
      returned();
      if (!answer.facets.length) return count(asked, view);
    });
  }

  /* Counting takes more files than finding, so the titles do not wait for it. */
  function count(asked, view) {
    return view.engine.ask(asked.q, asked.filters).then(function (counted) {
      if (!view.isCurrent()) return;
      view.answer.facets = counted.facets;
      if (counted.missing.length) trouble(app.missing(view.words, counted.missing));
      page.aside.hidden = !app.facets(view, asked, go);
      page.facets.setAttribute("aria-busy", "false");
    });
  }

  /* Shows results from a place on, and the button for those after them. */
  function more(view, from, to) {
    var left = view.answer.hits.length - to;
    page.more.hidden = true;
    return app.list(view, from, to).then(function (lost) {
      if (!view.isCurrent()) return;
      if (lost) trouble([page.problem.textContent.trim(), finder.fill(view.words.lost, { n: lost })].join(" ").trim());
      page.more.hidden = left <= 0;
      if (left <= 0) return;
      page.more.textContent = finder.fill(view.words.more, { n: left });
      page.more.onclick = function () {
        state = Object.assign({}, state, { shown: to + app.PAGE });
        app.write(state, true);
        more(view, to, to + app.PAGE).then(function () {
          var next = page.groups.querySelectorAll(".result-title a")[to];
          if (next) next.focus();
        });
      };
    });
  }

  /* Whoever comes back finds the result that was opened. */
  function leave(event) {
    var link = event.target.closest(".result-title a");
    if (!link) return;
    var at = Array.prototype.indexOf.call(page.groups.querySelectorAll(".result-title a"), link);
    try { history.replaceState({ opened: at }, ""); } catch (refused) { /* the list begins at its top */ }
  }
  function returned() {
    var kept = history.state;
    var links = page.groups.querySelectorAll(".result-title a");
    if (kept && links[kept.opened]) links[kept.opened].focus();
  }

  function showRecent() {
    var list = page.recent.querySelector("ul");
    var kept = finder.recent();
    list.textContent = "";
    page.recent.hidden = !kept.length;
    kept.forEach(function (text) { list.appendChild(app.element("li")).appendChild(app.query(text)); });
  }

  /* On a wide window the filters stand beside the results and do not fold. */
  function foldFilters() {
    var fold = page.aside.querySelector("details");
    var wide = window.matchMedia("(min-width: 64em)");
    function follow() { fold.open = wide.matches; }
    page.aside.setAttribute("data-title", fold.querySelector("summary span").textContent);
    follow();
    if (wide.addEventListener) wide.addEventListener("change", follow);
  }
})();
