/* Lessons that somebody wants to hear are noted on this device; the selection form of
   the unit takes them over: topics of the menu are ticked, others are written below. */
(function () {
  "use strict";
  var KEY = "jiangtai.wanted";

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-want]").forEach(wantButton);
    document.querySelectorAll("[data-wanted-list]").forEach(offer);
  });

  function wanted() {
    try {
      var list = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(list) ? list.filter(function (title) { return typeof title === "string" && title; }) : [];
    } catch (e) { return []; }
  }
  function keep(list) {
    try { localStorage.setItem(KEY, JSON.stringify(list.slice(0, 50))); } catch (e) { /* storage is closed */ }
  }

  function wantButton(button) {
    var title = button.getAttribute("data-title");
    var label = button.querySelector("span");
    var usual = label.textContent;
    var link = button.parentNode.querySelector(".want-open");
    function show() {
      var on = wanted().indexOf(title) >= 0;
      button.setAttribute("aria-pressed", on ? "true" : "false");
      label.textContent = on ? button.getAttribute("data-wanted") : usual;
      link.hidden = !on;
    }
    button.addEventListener("click", function () {
      var list = wanted();
      var at = list.indexOf(title);
      if (at < 0) list.push(title); else list.splice(at, 1);
      keep(list);
      show();
    });
    show();
  }

  function offer(section) {
    var list = wanted();
    if (!list.length) return;
    var form = section.closest("form");
    var ul = section.querySelector("ul");
    list.forEach(function (title) {
      var li = document.createElement("li");
      li.textContent = title;
      ul.appendChild(li);
    });
    section.hidden = false;
    section.querySelector("[data-wanted-fill]").addEventListener("click", function () { fill(form, list); forget(); });
    section.querySelector("[data-wanted-forget]").addEventListener("click", forget);
    function forget() {
      keep([]);
      section.hidden = true;
      form.querySelector("#name").focus();
    }
  }
  function fill(form, list) {
    var picks = Array.prototype.slice.call(form.querySelectorAll("[data-pick]"));
    var other = form.querySelector("textarea[data-column]");
    var lines = other.value.split("\n").filter(Boolean);
    list.forEach(function (title) {
      var pick = picks.filter(function (one) { return one.value === title; })[0];
      if (pick) pick.checked = true;
      else if (lines.indexOf(title) < 0) lines.push(title);
    });
    other.value = lines.join("\n");
    /* The form keeps its draft when something changes. */
    other.dispatchEvent(new Event("change", { bubbles: true }));
  }
})();
