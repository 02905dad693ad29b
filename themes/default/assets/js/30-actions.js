/* Buttons of a page: print, copy the link, keep on this device. */
(function () {
  "use strict";
  var KEY = "jiangtai.kept";

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-needs-script]").forEach(function (element) { element.hidden = false; });
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
    document.querySelectorAll("[data-copy]").forEach(copyButton);
    document.querySelectorAll("[data-keep]").forEach(keepButton);
    document.querySelectorAll("[data-kept]:not(button)").forEach(keptList);
  });

  function copyButton(button) {
    var label = button.querySelector("span");
    var usual = label.textContent;
    button.addEventListener("click", function () {
      copy(location.href.split("#")[0]).then(function () { say(button.getAttribute("data-done")); },
        function () { say(button.getAttribute("data-failed")); });
    });
    function say(text) {
      label.textContent = text;
      setTimeout(function () { label.textContent = usual; }, 3000);
    }
  }
  window.jiangtaiCopy = copy;
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return new Promise(function (resolve, reject) {
      var area = document.createElement("textarea");
      area.value = text;
      area.className = "sr";
      document.body.appendChild(area);
      area.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (e) { /* refused */ }
      document.body.removeChild(area);
      if (done) resolve(); else reject();
    });
  }

  function kept() {
    try {
      var list = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(list) ? list.filter(function (item) { return item && typeof item.url === "string" && typeof item.title === "string"; }) : [];
    } catch (e) { return []; }
  }
  function keepButton(button) {
    var url = button.getAttribute("data-keep");
    var label = button.querySelector("span");
    var usual = label.textContent;
    function has() { return kept().some(function (item) { return item.url === url; }); }
    function show() {
      var on = has();
      button.setAttribute("aria-pressed", on ? "true" : "false");
      label.textContent = on ? button.getAttribute("data-kept") : usual;
    }
    button.addEventListener("click", function () {
      var list = kept().filter(function (item) { return item.url !== url; });
      if (!has()) list.unshift({ url: url, title: button.getAttribute("data-title") });
      try { localStorage.setItem(KEY, JSON.stringify(list.slice(0, 100))); } catch (e) { /* storage is closed */ }
      show();
    });
    show();
  }
  /* The list stands on the home page, so the addresses fit as they are. */
  function keptList(section) {
    var list = kept();
    if (!list.length) return;
    var ul = section.querySelector("ul");
    list.forEach(function (item) {
      if (/^([a-z]+:|\/|\\)/i.test(item.url)) return;
      var li = document.createElement("li");
      var a = document.createElement("a");
      a.href = item.url;
      a.textContent = item.title;
      li.appendChild(a);
      ul.appendChild(li);
    });
    section.hidden = false;
  }
})();
