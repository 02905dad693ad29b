/* Display settings: read before the page is painted, kept on this device. */
(function () {
  "use strict";
  var root = document.documentElement;
  var names = { size: ["normal", "large"], theme: ["auto", "light", "dark"], contrast: ["normal", "more"], keys: ["on", "off"] };
  root.classList.add("js");

  function read(name) {
    var value = null;
    try { value = localStorage.getItem("jiangtai." + name); } catch (e) { /* storage is closed: the defaults hold */ }
    return names[name].indexOf(value) > 0 ? value : names[name][0];
  }
  function write(name, value) {
    try { localStorage.setItem("jiangtai." + name, value); } catch (e) { /* holds for this page only */ }
  }
  /* The system's wish is resolved here, so the style sheet knows one dark. */
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function apply(name, value) {
    if (value === "auto") value = system.matches ? "dark" : "light";
    if (name === "theme" && value === "light") value = "auto";
    if (value === names[name][0]) root.removeAttribute("data-" + name);
    else root.setAttribute("data-" + name, value);
  }

  Object.keys(names).forEach(function (name) { apply(name, read(name)); });

  if (system.addEventListener) system.addEventListener("change", function () { apply("theme", read("theme")); });

  document.addEventListener("DOMContentLoaded", function () {
    var panel = document.querySelector("[data-settings]");
    if (!panel) return;
    panel.hidden = false;
    Object.keys(names).forEach(function (name) {
      var value = read(name);
      panel.querySelectorAll("input[name=set-" + name + "]").forEach(function (input) {
        input.checked = input.value === value;
        input.addEventListener("change", function () { apply(name, input.value); write(name, input.value); });
      });
    });
    document.addEventListener("click", function (event) {
      if (panel.open && !panel.contains(event.target)) panel.open = false;
    });
    panel.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  });
})();
