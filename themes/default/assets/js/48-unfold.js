/* A link to something folded opens it. */
(function () {
  "use strict";
  function unfold() {
    var target = document.querySelector(":target");
    var folded = target && target.closest("details");
    if (!folded || folded.open) return;
    folded.open = true;
    target.scrollIntoView();
  }
  document.addEventListener("DOMContentLoaded", unfold);
  window.addEventListener("hashchange", unfold);
})();
