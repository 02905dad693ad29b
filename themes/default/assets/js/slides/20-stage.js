/* The stage: slides have a fixed size, are scaled to the window, and what is too much
   for one is set a little smaller. */
(function () {
  "use strict";
  var deck = window.jiangtaiDeck;
  var root = document.documentElement;
  var SMALLEST = 0.3;
  var size = { w: 1280, h: 720 };

  document.addEventListener("DOMContentLoaded", function () {
    deck.slides.forEach(function (slide, i) {
      var pick = document.createElement("button");
      pick.type = "button";
      pick.className = "slide-pick";
      pick.setAttribute("aria-label", words("pick", i));
      pick.addEventListener("click", function () { deck.go(i); });
      slide.appendChild(pick);
      slide.firstElementChild.setAttribute("data-number", i + 1);
      slide.querySelectorAll("img").forEach(function (image) {
        image.addEventListener("load", function () { slide.fitted = ""; if (image.offsetParent) fit(slide); });
      });
    });
    deck.listen(show);
    window.addEventListener("resize", layout);
    document.addEventListener("fullscreenchange", layout);
    window.addEventListener("load", layout);
    show(true);
  });

  function words(name, i) {
    return deck.main.getAttribute("data-" + name).replace("{at}", i + 1).replace("{total}", deck.slides.length).replace("{title}", deck.title(i));
  }

  var last = "";
  function show() {
    var blank = document.querySelector("[data-blank]");
    var progress = document.querySelector("[data-progress]");
    var answer = document.querySelector("[data-do=answer]");
    var has = !!deck.slides[deck.at].querySelector(".quiz-answer");
    root.classList.toggle("is-overview", deck.overview);
    blank.hidden = !deck.blank || deck.isPresenter;
    blank.classList.toggle("is-white", deck.blank === "white");
    blank.firstElementChild.textContent = deck.blank ? deck.main.getAttribute("data-" + deck.blank) : "";
    document.querySelector("[data-do=blank]").setAttribute("aria-pressed", deck.blank ? "true" : "false");
    progress.max = deck.slides.length;
    progress.value = deck.at + 1;
    document.querySelector("[data-at]").textContent = words("counter", deck.at);
    document.querySelector("[data-do=previous]").disabled = deck.at === 0 && !deck.overview;
    answer.disabled = !has;
    answer.lastElementChild.textContent = deck.main.getAttribute(has && deck.shown[deck.at] ? "data-hide" : "data-answer");
    layout();
    var said = deck.blank ? deck.main.getAttribute("data-" + deck.blank) : words("said", deck.at);
    if (said !== last) deck.say(said, true);
    last = said;
    if (deck.overview) {
      var pick = deck.slides[deck.at].querySelector(".slide-pick");
      pick.focus();
      pick.scrollIntoView({ block: "nearest" });
    } else if (document.activeElement && document.activeElement.className === "slide-pick") deck.main.focus();
  }

  function layout() {
    root.classList.toggle("is-full", !!document.fullscreenElement && !deck.overview);
    var room = { w: deck.main.clientWidth, h: deck.main.clientHeight };
    if (!room.w || !room.h) return;
    var ratio = room.w / room.h;
    /* A projector may be 4:3 and a phone upright; the presenter window shows the usual form. */
    if (deck.isPresenter || deck.overview) size = { w: 1280, h: 720 };
    else if (ratio < 0.85) size = { w: 720, h: Math.round(Math.max(900, Math.min(1500, 720 / ratio))) };
    else size = { w: Math.round(Math.max(960, Math.min(1280, 720 * ratio))), h: 720 };
    deck.main.style.setProperty("--cw", size.w + "px");
    deck.main.style.setProperty("--ch", size.h + "px");
    deck.main.classList.toggle("is-tall", size.h > size.w);
    if (deck.overview) overview(room);
    else if (deck.isPresenter && deck.panes) deck.panes(room, place);
    else place(deck.slides[deck.at], 0, 0, room.w, room.h);
  }

  /* Puts a slide into the middle of a rectangle. */
  function place(slide, x, y, w, h) {
    var scale = Math.min(w / size.w, h / size.h);
    scaled(slide, scale);
    slide.style.left = Math.round(x + (w - size.w * scale) / 2) + "px";
    slide.style.top = Math.round(y + (h - size.h * scale) / 2) + "px";
    fit(slide);
  }
  function scaled(slide, scale) {
    slide.style.width = Math.floor(size.w * scale) + "px";
    slide.style.height = Math.floor(size.h * scale) + "px";
    slide.firstElementChild.style.transform = "scale(" + scale + ")";
  }
  function overview(room) {
    var columns = Math.max(2, Math.min(5, Math.floor(room.w / 260)));
    var width = Math.floor((room.w - 48) / columns) - 16;
    deck.columns = columns;
    deck.slides.forEach(function (slide) {
      slide.style.left = slide.style.top = "0";
      scaled(slide, width / size.w);
      fit(slide);
    });
  }

  /* The largest type with which nothing is cut; found once for each size of stage. */
  function fit(slide) {
    var canvas = slide.firstElementChild;
    var body = slide.querySelector(".slide-body");
    var key = size.w + "x" + size.h + (slide.classList.contains("is-revealed") ? "r" : "");
    if (!body || slide.fitted === key || !body.offsetParent) return;
    slide.fitted = key;
    body.classList.remove("is-long");
    var low = SMALLEST, high = 1;
    if (fits(1)) return;
    while (high - low > 0.02) {
      var middle = (low + high) / 2;
      if (fits(middle)) low = middle; else high = middle;
    }
    if (!fits(low)) body.classList.add("is-long");
    function fits(factor) {
      body.style.fontSize = factor === 1 ? "" : factor + "em";
      return body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1 && canvas.scrollHeight <= canvas.clientHeight + 1;
    }
  }
})();
