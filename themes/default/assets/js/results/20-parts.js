/* Pieces of the page. Text of the library is only ever put in as text. */
(function () {
  "use strict";
  var app = window.jiangtaiResults;

  app.element = function (name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  app.button = function (className, text, act) {
    var button = app.element("button", className, text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };
  /* Puts a text into an element with marks on parts of it. */
  app.marked = function (element, text, marks) {
    var at = 0;
    element.textContent = "";
    (marks || []).forEach(function (mark) {
      if (mark[0] < at || mark[1] <= mark[0]) return;
      element.appendChild(document.createTextNode(text.slice(at, mark[0])));
      element.appendChild(app.element("mark", "", text.slice(mark[0], mark[1])));
      at = mark[1];
    });
    element.appendChild(document.createTextNode(text.slice(at)));
  };
  /* What a value of a facet is called. */
  app.label = function (words, facet, value) {
    if (facet === "kind") return words.kinds[value] || value;
    if (facet === "honour") return words.honours[value] || value;
    return facet === "year" ? window.jiangtaiFinder.fill(words.year, { n: value }) : value;
  };
  app.filter = function (words, facet, value) { return window.jiangtaiFinder.fill(words.filter, { facet: words.facets[facet], value: app.label(words, facet, value) }); };
  /* A link that searches for something else. */
  app.query = function (text) {
    var link = app.element("a", "", text);
    link.href = location.pathname + "?q=" + encodeURIComponent(text);
    return link;
  };
})();
