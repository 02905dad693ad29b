/* Print: what is folded opens for the paper and folds again afterwards; the running
   head says where a sheet belongs. */
(function () {
  "use strict";
  var opened = [];
  document.addEventListener("DOMContentLoaded", function () {
    var named = document.querySelector("[data-running]");
    var site = document.querySelector(".brand-title, .deck-head > p");
    say("--running", named ? named.getAttribute("data-running") : document.title.split(" - ")[0]);
    say("--running-site", site ? site.textContent.trim() : "");
  });
  /* As a string of CSS. */
  function say(name, text) {
    document.documentElement.style.setProperty(name, "\"" + text.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ") + "\"");
  }
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (details) {
      details.open = true;
      opened.push(details);
    });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    opened = [];
  });
})();
