/* Keys and the list of them: / search, p print, s slides, ? help. They can be switched
   off in the settings, as WCAG 2.1.4 asks. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var help = document.querySelector("[data-help]");
    var search = document.querySelector("[data-search-box]");
    if (help) {
      if (search) help.querySelector("[data-key=search]").hidden = false;
      help.querySelector("[data-close-help]").addEventListener("click", function () { close(help); });
      help.addEventListener("click", function (event) { if (event.target === help) close(help); });
      document.querySelectorAll("[data-open-help]").forEach(function (button) {
        button.addEventListener("click", function () { open(help); });
      });
    }
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
      if (document.documentElement.getAttribute("data-keys") === "off") return;
      if (event.key === "?" || event.key === "？") { if (help) open(help); }
      else if (event.key === "/" && search) search.select();
      else if (event.key === "p") window.print();
      else if (event.key === "s" && document.querySelector("a[data-slides]")) document.querySelector("a[data-slides]").click();
      else return;
      event.preventDefault();
    });
  });
  function typing(element) {
    if (!element || !element.tagName) return false;
    if (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)) return true;
    return element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type);
  }
  function open(dialog) { if (!dialog.open && dialog.showModal) dialog.showModal(); }
  function close(dialog) { if (dialog.open) dialog.close(); }
})();
