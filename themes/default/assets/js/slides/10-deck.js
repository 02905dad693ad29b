/* Slides: which one is shown, what is revealed and whether the screen is blank. The
   other files listen for changes and ask for them here. */
(function () {
  "use strict";
  var root = document.documentElement;
  var deck = window.jiangtaiDeck = {
    slides: [], at: 0, blank: "", shown: {}, overview: false,
    isPresenter: /[?&]presenter\b/.test(location.search),
    start: start, set: set, go: go, next: next, previous: previous, reveal: reveal, listen: listen, title: title, say: say
  };
  var listeners = [];
  root.classList.add("is-show");
  if (deck.isPresenter) root.classList.add("is-presenter");

  document.addEventListener("DOMContentLoaded", start);
  function start() {
    deck.main = document.querySelector("[data-deck]");
    deck.slides = Array.prototype.slice.call(deck.main.querySelectorAll(".slide"));
    deck.slides.forEach(function (slide, i) {
      var answer = slide.querySelector(".quiz-answer");
      if (answer) answer.addEventListener("toggle", function () { if (answer.open !== !!deck.shown[i]) reveal(i, answer.open); });
    });
    set({ at: fromAddress() });
    window.addEventListener("hashchange", function () { set({ at: fromAddress() }); });
  }

  /* The address says the number of a slide, or an anchor on one. */
  function fromAddress() {
    var name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* not an address of ours */ }
    var number = /^slide-(\d+)$/.exec(name);
    if (number) return clamp(+number[1] - 1);
    var target = name && document.getElementById(name);
    var slide = target && target.closest(".slide");
    return slide ? deck.slides.indexOf(slide) : deck.at;
  }
  function clamp(number) { return Math.max(0, Math.min(deck.slides.length - 1, number)); }

  function listen(listener) { listeners.push(listener); }
  /* Changes what is shown; `quietly` when another window asked for it. */
  function set(change, quietly) {
    Object.keys(change).forEach(function (name) { deck[name] = change[name]; });
    deck.at = clamp(deck.at);
    deck.slides.forEach(function (slide, i) {
      var answer = slide.querySelector(".quiz-answer");
      slide.classList.toggle("is-now", i === deck.at);
      slide.classList.toggle("is-next", i === deck.at + 1);
      slide.classList.toggle("is-revealed", !!deck.shown[i]);
      if (answer) answer.open = !!deck.shown[i];
    });
    remember();
    listeners.forEach(function (listener) { listener(quietly); });
  }
  function remember() {
    var hash = "#slide-" + (deck.at + 1);
    if (location.hash === hash || (!location.hash && deck.at === 0)) return;
    try { history.replaceState(null, "", hash); } catch (e) { location.replace(hash); }
  }

  function go(number) { set({ at: clamp(number), blank: "", overview: false }); }
  function hasAnswer(i) { return !!deck.slides[i].querySelector(".quiz-answer"); }
  function next() {
    if (deck.blank) set({ blank: "" });
    else if (hasAnswer(deck.at) && !deck.shown[deck.at]) reveal(deck.at, true);
    else if (deck.at < deck.slides.length - 1) go(deck.at + 1);
    else say(deck.main.getAttribute("data-last"));
  }
  function previous() {
    if (deck.blank) set({ blank: "" });
    else go(deck.at - 1);
  }
  function reveal(i, on) {
    if (!hasAnswer(i)) return;
    var shown = {};
    Object.keys(deck.shown).forEach(function (key) { shown[key] = deck.shown[key]; });
    shown[i] = on === undefined ? !shown[i] : on;
    set({ shown: shown });
  }

  function title(i) {
    var heading = deck.slides[i] && deck.slides[i].querySelector("h1, h2");
    return heading ? heading.textContent.trim() : "";
  }
  var fading = 0;
  /* Tells something on the screen for a moment. */
  function say(text, quiet) {
    var note = document.querySelector("[data-say]");
    note.classList.toggle("is-quiet", !!quiet);
    note.textContent = text || "";
    clearTimeout(fading);
    if (!quiet) fading = setTimeout(function () { note.textContent = ""; }, 4000);
  }
})();
