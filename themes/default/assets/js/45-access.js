/* Small helps for keyboard and screen reader. */
(function () {
  "use strict";
  /* What scrolls sideways can be reached with the keyboard. What is folded is measured
     when it opens: to ask before would make the browser lay it out. */
  function mark() {
    var wide = Array.from(document.querySelectorAll("pre, .table-wrap")).filter(function (element) {
      return !element.hasAttribute("tabindex") && !element.closest("details:not([open])") && element.scrollWidth > element.clientWidth;
    });
    wide.forEach(function (element) { element.tabIndex = 0; });
  }
  document.addEventListener("DOMContentLoaded", function () {
    /* A box of a task list is named by its line. */
    document.querySelectorAll(".task > input").forEach(function (box, i) {
      if (box.hasAttribute("aria-label")) return;
      box.parentNode.id = box.parentNode.id || "task-" + i;
      box.setAttribute("aria-labelledby", box.parentNode.id);
    });
  });
  window.addEventListener("load", mark);
  window.addEventListener("resize", mark);
  document.addEventListener("toggle", mark, true);
})();
