/* The presenter window: the same page with ?presenter, opened from the slides. The two
   tell each other what is shown, over a channel and from window to window: opened from a
   folder only the second works. */
(function () {
  "use strict";
  var deck = window.jiangtaiDeck;
  var page = location.pathname;
  var channel = null;
  var other = deck.isPresenter ? window.opener : null;
  var heard = false;
  /* A message comes both ways; what was heard once is not heard again, or it would undo
     what has been done since. */
  var name = String(Math.random());
  var sent = 0;
  var known = {};

  document.addEventListener("DOMContentLoaded", function () {
    try { channel = new BroadcastChannel("jiangtai-slides"); } catch (e) { /* an old browser, or a folder */ }
    if (channel) channel.onmessage = function (event) { hear(event.data, null); };
    window.addEventListener("message", function (event) { hear(event.data, event.source); });
    deck.listen(function (quietly) { if (!quietly) tell("state"); });
    if (!deck.isPresenter) return;
    tell("hello");
    /* The slides may be loaded again, and then know nothing of this window. */
    setInterval(function () { tell("here"); }, 2000);
    setTimeout(function () { if (!heard) deck.say(panel().getAttribute("data-alone")); }, 1500);
    present();
  });

  deck.openPresenter = function () {
    if (deck.isPresenter) return;
    var opened = window.open(page + "?presenter#slide-" + (deck.at + 1), "jiangtai-presenter", "width=1180,height=760");
    if (!opened) { deck.say(deck.main.getAttribute("data-blocked")); return; }
    other = opened;
    opened.focus();
  };

  function tell(kind) {
    var message = { jiangtai: "slides", page: page, kind: kind, presenter: deck.isPresenter, from: name, sent: ++sent };
    if (kind === "state") { message.at = deck.at; message.blank = deck.blank; message.shown = Object.keys(deck.shown).filter(function (i) { return deck.shown[i]; }); }
    if (channel) channel.postMessage(message);
    try { if (other && !other.closed) other.postMessage(message, "*"); } catch (e) { /* it is gone */ }
  }
  function hear(message, source) {
    if (!message || message.jiangtai !== "slides" || message.page !== page || message.presenter === deck.isPresenter) return;
    if (source && !deck.isPresenter) other = source;
    if (known[message.from] >= message.sent) return;
    known[message.from] = message.sent;
    if (message.kind === "hello" || (message.kind === "here" && !heard)) {
      heard = true;
      if (!deck.isPresenter) { tell("state"); deck.say(deck.main.getAttribute("data-linked")); }
    }
    if (message.kind !== "state") return;
    heard = true;
    var shown = {};
    if (Array.isArray(message.shown)) message.shown.forEach(function (i) { if (/^\d+$/.test(i)) shown[i] = true; });
    var blank = message.blank === "black" || message.blank === "white" ? message.blank : "";
    if (typeof message.at === "number" && isFinite(message.at)) deck.set({ at: Math.floor(message.at), blank: blank, shown: shown, overview: deck.overview && deck.isPresenter }, true);
  }

  function panel() { return document.querySelector("[data-presenter]"); }

  /* Where the current slide, the next one, the notes and the clock stand. */
  function present() {
    var view = panel();
    var labels = view.querySelectorAll(".pane-label");
    var clock = view.querySelector(".presenter-clock");
    var notes = view.querySelector(".presenter-notes");
    view.hidden = false;
    document.title = view.getAttribute("aria-label") + " - " + document.title;
    deck.panes = function (room, place) {
      var gap = 16, label = 24;
      var wide = room.w > 700;
      var left = wide ? Math.round(room.w * 0.6) : room.w;
      var now = { x: gap, y: label + 8, w: left - 2 * gap, h: Math.round(room.h * (wide ? 0.68 : 0.4)) };
      now.h = Math.min(now.h, Math.round(now.w * 9 / 16));
      var next = wide ? { x: left, y: now.y, w: room.w - left - gap, h: Math.round(room.h * 0.36) } : { x: gap, y: now.y + now.h + label, w: Math.round(room.w * 0.45), h: Math.round(room.h * 0.2) };
      place(deck.slides[deck.at], now.x, now.y, now.w, now.h);
      if (deck.slides[deck.at + 1]) place(deck.slides[deck.at + 1], next.x, next.y, next.w, next.h);
      box(labels[0], now.x, 4, now.w, label);
      box(labels[1], next.x, next.y - label - 4, next.w, label);
      if (wide) {
        box(clock, now.x, now.y + now.h + 8, now.w, room.h - now.y - now.h - 16);
        box(notes, next.x, next.y + next.h + 12, next.w, room.h - next.y - next.h - 24);
      } else {
        box(clock, next.x + next.w + gap, next.y, room.w - next.w - 3 * gap, next.h);
        box(notes, gap, next.y + next.h + 12, room.w - 2 * gap, room.h - next.y - next.h - 24);
      }
    };
    deck.listen(showNotes);
    size(0);
    deck.doing.smaller = function () { size(-1); };
    deck.doing.larger = function () { size(1); };
    timer(view);
    deck.set({}, true);
  }
  function box(element, x, y, w, h) {
    element.style.left = x + "px";
    element.style.top = y + "px";
    element.style.width = w + "px";
    element.style.height = Math.max(0, h) + "px";
  }

  /* Notes of the slide first, then those on the whole lesson. */
  function showNotes() {
    var into = document.querySelector("[data-notes]");
    var own = deck.slides[deck.at].querySelectorAll(".slide-notes");
    var whole = document.querySelector("[data-notes-lesson] .slide-notes");
    into.textContent = "";
    own.forEach(function (notes) { if (notes !== whole) copy(notes, into, false); });
    if (!into.firstChild) {
      var none = document.createElement("p");
      none.textContent = panel().getAttribute("data-none");
      into.appendChild(none);
    }
    if (whole) copy(whole, into, true);
    into.parentNode.scrollTop = 0;
  }
  function copy(notes, into, titled) {
    if (titled) {
      var heading = document.createElement("h3");
      heading.textContent = notes.querySelector("summary").textContent;
      into.appendChild(heading);
    }
    Array.prototype.forEach.call(notes.querySelector(".slide-said").childNodes, function (node) {
      var twin = node.cloneNode(true);
      if (twin.querySelectorAll) [twin].concat(Array.prototype.slice.call(twin.querySelectorAll("[id]"))).forEach(function (one) { one.removeAttribute("id"); });
      into.appendChild(twin);
    });
  }
  var step = 0;
  function size(by) {
    step = Math.max(-3, Math.min(6, step + by));
    document.querySelector("[data-notes]").style.fontSize = (1.25 + step * 0.15) + "rem";
  }

  /* The time runs from the first move on; it survives loading this window again. */
  function timer(view) {
    var time = { begun: 0, spent: 0 };
    var pause = view.querySelector("[data-do=pause]");
    var planned = +view.getAttribute("data-minutes");
    try { var kept = JSON.parse(sessionStorage.getItem("jiangtai.timer")); if (kept && kept.page === page) time = { begun: +kept.begun || 0, spent: +kept.spent || 0 }; } catch (e) { /* none */ }
    function keep() {
      try { sessionStorage.setItem("jiangtai.timer", JSON.stringify({ page: page, begun: time.begun, spent: time.spent })); } catch (e) { /* storage is closed */ }
      tick();
    }
    function spent() { return time.spent + (time.begun ? Date.now() - time.begun : 0); }
    deck.doing.pause = function () {
      time = time.begun ? { begun: 0, spent: spent() } : { begun: Date.now(), spent: time.spent };
      keep();
    };
    deck.doing.reset = function () { time = { begun: 0, spent: 0 }; keep(); };
    deck.listen(function () { if (!time.begun && !time.spent && deck.at > 0) { time.begun = Date.now(); keep(); } });
    function two(number) { return (number < 10 ? "0" : "") + number; }
    function tick() {
      var seconds = Math.floor(spent() / 1000);
      var over = planned && seconds >= planned * 60 + 60 ? Math.floor(seconds / 60) - planned : 0;
      var plan = view.querySelector("[data-plan]");
      var now = new Date();
      view.querySelector("[data-timer]").textContent = two(Math.floor(seconds / 60)) + ":" + two(seconds % 60);
      view.querySelector("[data-clock]").textContent = two(now.getHours()) + ":" + two(now.getMinutes());
      plan.textContent = over ? view.getAttribute("data-over").replace("{n}", over) : planned ? view.getAttribute("data-planned").replace("{n}", planned) : "";
      plan.className = over ? "is-over" : "";
      pause.textContent = view.getAttribute(time.begun || !time.spent ? "data-pause" : "data-resume");
    }
    setInterval(tick, 500);
    tick();
  }
})();
