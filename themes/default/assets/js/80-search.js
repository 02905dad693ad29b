/* The search box of every page: suggestions while typing, what was searched for on
   this device, and the engine, which is loaded when somebody first needs it. */
(function () {
  "use strict";
  var RECENT = "jiangtai.searches";
  var RECENTS = 8;
  var SUGGESTIONS = 8;
  /* Long enough that fast typing does not ask for every letter. */
  var PAUSE = 80;
  /* A page may stay open while the site is published anew. */
  var MINUTE = 60000;
  var form = null;
  var opened = null;
  var known = { id: "", since: 0 };
  var loaded = {};

  var finder = window.jiangtaiFinder = {
    /* The address of the site's top, seen from this page. */
    root: function () { return form.getAttribute("data-root"); },
    /* What the scripts say, in the language of the site. */
    words: function () { return script(form.getAttribute("data-words")).then(function () { return window.jiangtaiWords; }); },
    /* The engine, ready to be asked. Fails where its files do not load. */
    open: function () {
      opened = opened ? opened.then(renewed) : finder.words().then(function () { return script(form.getAttribute("data-engine")); }).then(start);
      opened.catch(function () { opened = null; });
      return opened;
    },
    /* A sentence with its {n} filled. */
    fill: function (sentence, values) {
      return sentence.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
    },
    recent: function () {
      try {
        var kept = JSON.parse(localStorage.getItem(RECENT));
        return Array.isArray(kept) ? kept.filter(function (text) { return typeof text === "string" && text; }).slice(0, RECENTS) : [];
      } catch (e) { return []; }
    },
    remember: function (text) {
      var kept = [text].concat(finder.recent().filter(function (other) { return other !== text; })).slice(0, RECENTS);
      try { localStorage.setItem(RECENT, JSON.stringify(kept)); } catch (e) { /* storage is closed: nothing is kept */ }
    },
    forget: function () { try { localStorage.removeItem(RECENT); } catch (e) { /* nothing was kept */ } }
  };

  document.addEventListener("DOMContentLoaded", function () {
    form = document.querySelector("[data-finder]");
    if (form) enliven(form.querySelector("input"));
  });

  /* The start of the index is asked for anew, so that no cache gives that of an earlier
     site; all else by the id that it tells, under which it never changes. */
  function start() {
    var search = window.jiangtaiSearch;
    var load = fresh();
    var engine = search.open(function (name, done) {
      load(name, name !== "start" ? done : function (bytes) {
        if (bytes) load = search.scripts(finder.root(), known.id = search.json(bytes).id);
        known.since = Date.now();
        done(bytes);
      });
    });
    var address = serviceAddress();
    if (!address) return engine.start().then(function () { return engine; });
    /* A server may answer also where the site's own index is damaged. */
    return script(form.getAttribute("data-asking")).then(function () { return search.service(engine, search.asking(address)); });
  }
  function fresh() { return window.jiangtaiSearch.scripts(finder.root(), Date.now().toString(36)); }
  /* The same engine while the index is the same; its files would not fit to another's. */
  function renewed(engine) {
    if (Date.now() - known.since < MINUTE) return engine;
    known.since = Date.now();
    return new Promise(function (done) { fresh()("start", done); }).then(function (bytes) {
      return !bytes || window.jiangtaiSearch.json(bytes).id === known.id ? engine : start();
    });
  }

  /* A copy in a folder has no server on which a path would lead anywhere. */
  function serviceAddress() {
    var address = form.getAttribute("data-service");
    return address && (location.protocol !== "file:" || address[0] !== "/") ? address : "";
  }

  function script(address) {
    loaded[address] = loaded[address] || new Promise(function (done, failed) {
      var element = document.createElement("script");
      element.src = address;
      element.onload = done;
      element.onerror = function () {
        loaded[address] = null;
        failed(new Error(address));
      };
      document.head.appendChild(element);
    });
    return loaded[address];
  }

  /* A combobox as WAI-ARIA describes it: the focus stays in the field, the list says
     which of its options is meant. */
  function enliven(input) {
    var list = document.createElement("ul");
    var items = [];
    var active = -1;
    var turn = 0;
    var timer = 0;
    list.id = input.id + "-list";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector("label").textContent);
    form.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    input.addEventListener("focus", function () {
      finder.open().catch(function () { /* the search page says what is wrong */ });
      if (!input.value) suggest();
    });
    input.addEventListener("input", function (event) { if (!event.isComposing) later(); });
    input.addEventListener("compositionend", later);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", press);
    form.addEventListener("submit", function () { settle([]); });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("li");
      if (option) choose(items[Array.prototype.indexOf.call(list.children, option)]);
    });

    /* What is typed now makes what was asked before stale. */
    function later() {
      turn += 1;
      clearTimeout(timer);
      timer = setTimeout(suggest, PAUSE);
    }
    function suggest() {
      var typed = input.value.trim();
      var mine = ++turn;
      var wanted = typed ? finder.open().then(function (engine) { return engine.complete(typed, SUGGESTIONS); })
        : finder.words().then(function () { return finder.recent().map(function (text) { return { text: text, kind: "recent" }; }); });
      wanted.then(function (found) { if (mine === turn) settle(found, true); }, function () { if (mine === turn) settle([]); });
    }
    /* Takes suggestions over; none cancels those that are on their way. */
    function settle(found, show) {
      if (!found.length) { clearTimeout(timer); turn += 1; }
      items = found;
      active = -1;
      list.textContent = "";
      items.forEach(function (item, at) { list.appendChild(option(item, list.id + "-" + at)); });
      if (show && items.length && document.activeElement === input) open(); else close();
    }
    function open() {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }
    function mark(at) {
      if (active >= 0 && list.children[active]) list.children[active].setAttribute("aria-selected", "false");
      active = at;
      if (at < 0) { input.removeAttribute("aria-activedescendant"); return; }
      list.children[at].setAttribute("aria-selected", "true");
      list.children[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[at].id);
    }
    function press(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      var down = event.key === "ArrowDown";
      if ((down || event.key === "ArrowUp") && items.length) {
        if (list.hidden) { open(); mark(down ? 0 : items.length - 1); }
        else mark(down ? (active + 2) % (items.length + 1) - 1 : (active < 0 ? items.length : active) - 1);
      } else if (event.key === "Enter" && active >= 0) choose(items[active]);
      else if (event.key === "Escape" && !list.hidden) close();
      else return;
      event.preventDefault();
    }
    /* A name leads to its page, words to what is found for them. */
    function choose(item) {
      if (item.url) { location.href = finder.root() + item.url; return; }
      input.value = item.text;
      form.requestSubmit();
    }
  }

  function option(item, id) {
    var element = document.createElement("li");
    var text = document.createElement("span");
    var kind = document.createElement("span");
    element.id = id;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    text.textContent = item.text;
    kind.className = "hint";
    kind.textContent = window.jiangtaiWords.kinds[item.kind] || "";
    element.appendChild(text);
    element.appendChild(document.createTextNode(" "));
    element.appendChild(kind);
    return element;
  }
})();
