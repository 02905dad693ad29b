/* A page that was opened from a result (`?h=…`): the words asked for are marked, and
   a bar leads from one place to the next. Only text is wrapped; ids, forms, scripts and
   drawings stay as they are. */
(function () {
  "use strict";
  var LONGEST = 200;
  /* More places than anybody steps through. */
  var MOST = 500;
  var LEFT_OUT = "nav, script, style, svg, template, noscript, form, input, textarea, select, button, [hidden], .sr, .print-only, [data-search=skip]";

  document.addEventListener("DOMContentLoaded", function () {
    var typed = (new URLSearchParams(location.search).get("h") || "").slice(0, LONGEST).trim();
    var main = document.querySelector("main");
    if (!typed || !main || !document.querySelector("[data-finder]")) return;
    var box = document.querySelector("[data-search-box]");
    if (!box.value) box.value = typed;
    window.jiangtaiFinder.open().then(function (engine) {
      function mark(query) {
        var places = [];
        runs(main).forEach(function (run) {
          if (places.length < MOST) places = places.concat(wrap(run, engine.marks(run.text, query)));
        });
        if (places.length) bar(typed, places, main);
        return places.length > 0;
      }
      /* Characters that are written otherwise here are known only to whoever asks. */
      return engine.query(typed).then(mark).then(function (isMarked) {
        if (!isMarked) return engine.ask(typed, {}).then(function (answer) { mark(answer.query); });
      });
    }).catch(function () { /* the page reads as well without marks */ });
  });

  /* Pieces of text that stand in one block without a break, with their nodes. */
  function runs(main) {
    var found = [];
    var last = null;
    var walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
      acceptNode: function (node) {
        if (node.nodeType === 3) return NodeFilter.FILTER_ACCEPT;
        return node.matches(LEFT_OUT) || getComputedStyle(node).display === "none" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      }
    });
    while (walker.nextNode()) {
      var node = walker.currentNode;
      if (node.nodeType !== 3) {
        if (node.tagName === "BR" && last) last.text += "\n";
        continue;
      }
      var block = blockOf(node.parentElement);
      if (!last || last.block !== block) {
        last = { block: block, text: "", nodes: [] };
        found.push(last);
      }
      last.nodes.push({ node: node, from: last.text.length });
      last.text += node.data;
    }
    return found;
  }
  function blockOf(element) {
    while (/^(inline$|contents$)/.test(getComputedStyle(element).display)) element = element.parentElement;
    return element;
  }

  /* Wraps parts of a run; each place is the list of its marks. From the end on, so that
     what is before stays where it was counted. */
  function wrap(run, parts) {
    var places = parts.map(function () { return []; });
    run.nodes.slice().reverse().forEach(function (one) {
      var length = one.node.data.length;
      for (var at = parts.length - 1; at >= 0; at--) {
        var from = Math.max(parts[at][0] - one.from, 0);
        var to = Math.min(parts[at][1] - one.from, length);
        if (from >= to) continue;
        var mark = document.createElement("mark");
        mark.className = "hit";
        one.node.splitText(to);
        mark.appendChild(one.node.splitText(from));
        one.node.parentNode.insertBefore(mark, one.node.nextSibling);
        places[at].unshift(mark);
      }
    });
    return places.filter(function (marks) { return marks.length; });
  }

  function bar(typed, places, main) {
    var words = window.jiangtaiWords;
    var fill = window.jiangtaiFinder.fill;
    var current = -1;
    var element = document.createElement("div");
    element.className = "hits-bar";
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", fill(words.bar, { query: typed }));
    var status = part("p", fill(words.bar, { query: typed }));
    var count = part("p", "");
    status.className = "hits-query";
    count.setAttribute("role", "status");
    var short = count.appendChild(document.createElement("span"));
    var spoken = count.appendChild(document.createElement("span"));
    short.setAttribute("aria-hidden", "true");
    spoken.className = "sr";
    button(words.previous, function () { step(current - 1); });
    button(words.next, function () { step(current + 1); });
    button(words.clear, clear);
    main.parentNode.insertBefore(element, main);
    document.documentElement.classList.add("has-hits");
    step(first());

    function part(name, text) {
      var made = element.appendChild(document.createElement(name));
      made.textContent = text;
      return made;
    }
    function button(text, act) {
      var made = part("button", text);
      made.type = "button";
      made.className = "button button-quiet";
      made.addEventListener("click", act);
    }
    /* The first place in the part of the page that the result names, else on the page. */
    function first() {
      var id = "";
      try { id = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* no id of ours */ }
      var anchor = id && document.getElementById(id);
      var inside = Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY;
      for (var at = 0; anchor && at < places.length; at++) {
        if (anchor.compareDocumentPosition(places[at][0]) & inside) return at;
      }
      return 0;
    }
    function step(to) {
      paint(false);
      current = (to + places.length) % places.length;
      paint(true);
      for (var folded = places[current][0].closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
      places[current][0].scrollIntoView({ block: "center" });
      short.textContent = current + 1 + "/" + places.length;
      spoken.textContent = fill(words.at, { n: current + 1, all: places.length });
    }
    function paint(on) {
      if (current >= 0) places[current].forEach(function (mark) { mark.classList.toggle("is-current", on); });
    }
    function clear() {
      places.forEach(function (marks) {
        marks.forEach(function (mark) {
          var parent = mark.parentNode;
          while (mark.firstChild) parent.insertBefore(mark.firstChild, mark);
          parent.removeChild(mark);
          parent.normalize();
        });
      });
      element.parentNode.removeChild(element);
      document.documentElement.classList.remove("has-hits");
      main.focus({ preventScroll: true });
      var rest = new URLSearchParams(location.search);
      rest.delete("h");
      var search = rest.toString();
      try { history.replaceState(history.state, "", location.pathname + (search && "?" + search) + location.hash); } catch (e) { /* the address keeps the words */ }
    }
  }
})();
