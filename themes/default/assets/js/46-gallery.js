/* Excellent courseware by year, unit and domain; the choice stays in the address. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var bar = document.querySelector("[data-gallery]");
    if (!bar) return;
    var choices = Array.prototype.slice.call(bar.querySelectorAll("select"));
    var status = bar.querySelector("[role=status]");
    function show() {
      var count = 0;
      document.querySelectorAll("[data-year-group]").forEach(function (group) {
        var shown = 0;
        group.querySelectorAll(".laureate-lesson").forEach(function (item) {
          item.hidden = choices.some(function (choice) {
            return choice.value && item.getAttribute("data-" + choice.getAttribute("data-filter")) !== choice.value;
          });
          if (!item.hidden) shown += 1;
        });
        group.hidden = !shown;
        count += shown;
      });
      status.textContent = count ? status.getAttribute("data-count").replace("{n}", count) : status.getAttribute("data-none");
    }
    function remember() {
      var parts = choices.filter(function (choice) { return choice.value; }).map(function (choice) {
        return choice.getAttribute("data-filter") + "=" + encodeURIComponent(choice.value);
      });
      try { history.replaceState(null, "", (parts.length ? "?" + parts.join("&") : location.pathname) + location.hash); } catch (error) { /* A page from a folder has no history to keep. */ }
    }
    location.search.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      var choice = at > 0 && bar.querySelector("[data-filter='" + pair.slice(0, at).replace(/[^a-z]/g, "") + "']");
      try { if (choice) choice.value = decodeURIComponent(pair.slice(at + 1)); } catch (error) { return; }
      if (choice && choice.selectedIndex < 0) choice.value = "";
    });
    bar.addEventListener("change", function () { show(); remember(); });
    show();
  });
})();
