/* The table of contents marks the heading that is being read. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var toc = document.querySelector("[data-toc]");
    if (!toc || !window.IntersectionObserver) return;
    var links = {};
    var headings = [];
    toc.querySelectorAll("a[href^='#']").forEach(function (link) {
      var id = decodeURIComponent(link.getAttribute("href").slice(1));
      var heading = document.getElementById(id);
      if (heading) { links[id] = link; headings.push(heading); }
    });
    var current = null;
    var observer = new IntersectionObserver(function () {
      var found = null;
      headings.forEach(function (heading) { if (heading.getBoundingClientRect().top < 160) found = heading; });
      var link = found ? links[found.id] : null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      if (link) link.setAttribute("aria-current", "true");
      current = link;
    }, { rootMargin: "-150px 0px 0px 0px", threshold: [0, 1] });
    headings.forEach(function (heading) { observer.observe(heading); });
  });
})();
