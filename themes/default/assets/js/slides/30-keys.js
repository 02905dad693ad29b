/* Keys, remote clickers, fingers, the mouse and the buttons of the bar. Keys that are
   a single character can be switched off in the settings (WCAG 2.1.4). */
(function () {
  "use strict";
  var deck = window.jiangtaiDeck;
  var digits = "";
  var doing = {
    next: deck.next, previous: deck.previous,
    answer: function () { deck.reveal(deck.at); },
    overview: function () { deck.set({ overview: !deck.overview, blank: "" }, true); },
    blank: function () { blank("black"); },
    white: function () { blank("white"); },
    full: full,
    print: function () { window.print(); },
    presenter: function () { if (deck.openPresenter) deck.openPresenter(); }
  };
  deck.doing = doing;
  function blank(color) { deck.set({ blank: deck.blank === color ? "" : color, overview: false }); }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(function () { /* refused */ });
  }

  var KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next",
    ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous"
  };
  var LETTERS = { n: "next", a: "answer", o: "overview", b: "blank", ".": "blank", w: "white", ",": "white", f: "full", s: "presenter", t: "pause" };

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-do]").forEach(function (button) {
      button.addEventListener("click", function () {
        var act = doing[button.getAttribute("data-do")];
        if (act) act();
      });
    });
    if (deck.isPresenter) document.querySelector("[data-do=presenter]").hidden = true;
    document.addEventListener("keydown", key);
    document.querySelector("[data-blank]").addEventListener("click", function () { deck.set({ blank: "" }); });
    deck.main.addEventListener("click", click);
    swipe();
    idle();
  });

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    var act = named(event);
    if (!act) return;
    event.preventDefault();
    act();
  }
  /* What a key does, if anything. */
  function named(event) {
    var target = event.target.closest ? event.target.closest("button, a, summary, input, select, textarea, [tabindex='0']") : null;
    var name = event.key;
    if (deck.overview && /^Arrow/.test(name)) return function () { move(name); };
    /* What scrolls on its own keeps its keys. */
    if (target && target.getAttribute("tabindex") === "0" && target.scrollHeight > target.clientHeight && /^(Arrow(Up|Down)|Page|Home|End| )/.test(name)) return null;
    if (name === "Enter" && digits) { var number = +digits - 1; digits = ""; return function () { deck.go(number); }; }
    if (name === " " || name === "Enter" || name === "Spacebar") {
      if (target && target.getAttribute("tabindex") !== "0") return null;
      return event.shiftKey ? deck.previous : deck.next;
    }
    if (name === "Backspace") return deck.previous;
    if (name === "Home") return function () { deck.go(0); };
    if (name === "End") return function () { deck.go(deck.slides.length - 1); };
    if (name === "Escape") {
      digits = "";
      if (deck.overview) return doing.overview;
      return deck.blank ? function () { deck.set({ blank: "" }); } : null;
    }
    if (KEYS[name]) { digits = ""; return doing[KEYS[name]]; }
    if (document.documentElement.getAttribute("data-keys") === "off") return null;
    if (/^\d$/.test(name)) return function () { digits = (digits + name).slice(-3); };
    digits = "";
    return doing[LETTERS[name.toLowerCase()]] || null;
  }
  /* The arrows walk over the overview. */
  function move(name) {
    var step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: deck.columns, ArrowUp: -deck.columns }[name];
    var to = deck.at + step;
    if (to >= 0 && to < deck.slides.length) deck.set({ at: to }, true);
  }

  function click(event) {
    if (deck.overview || event.defaultPrevented || event.target.closest("a, button, summary, input, label, .is-long")) return;
    if (String(window.getSelection())) return;
    if (event.target.closest(".slide")) deck.next();
  }
  function swipe() {
    var from = null;
    deck.main.addEventListener("touchstart", function (event) {
      from = event.touches.length === 1 ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
    }, { passive: true });
    deck.main.addEventListener("touchend", function (event) {
      if (!from || deck.overview || !event.changedTouches.length) return;
      var x = event.changedTouches[0].clientX - from.x, y = event.changedTouches[0].clientY - from.y;
      from = null;
      if (Math.abs(x) < 40 || Math.abs(x) < 1.5 * Math.abs(y)) return;
      if (x < 0) deck.next(); else deck.previous();
    }, { passive: true });
  }
  /* In full screen the bar hides while nothing moves. */
  function idle() {
    var bar = document.querySelector(".deck-bar");
    var timer = 0;
    function wake() {
      bar.classList.remove("is-idle");
      clearTimeout(timer);
      timer = setTimeout(function () { if (document.fullscreenElement) bar.classList.add("is-idle"); }, 2500);
    }
    ["mousemove", "touchstart", "keydown", "focusin"].forEach(function (name) { document.addEventListener(name, wake, { passive: true }); });
  }
})();
