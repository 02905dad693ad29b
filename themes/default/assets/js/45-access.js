/* Small helps for keyboard and screen reader. */
(function () {
  "use strict";
  /* What scrolls sideways can be reached with the keyboard. */
  function mark() {
    document.querySelectorAll("pre, .table-wrap").forEach(function (element) {
      if (element.scrollWidth > element.clientWidth && !element.hasAttribute("tabindex")) element.tabIndex = 0;
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    mark();
    /* A box of a task list is named by its line. */
    document.querySelectorAll(".task > input").forEach(function (box, i) {
      if (box.hasAttribute("aria-label")) return;
      box.parentNode.id = box.parentNode.id || "task-" + i;
      box.setAttribute("aria-labelledby", box.parentNode.id);
    });
  });
  window.addEventListener("load", mark);
  window.addEventListener("resize", mark);
})();
