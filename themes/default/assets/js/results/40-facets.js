/* Filters: any value of one kind, and that for each kind. What is chosen also stands
   above the results, to be taken away there. */
(function () {
  "use strict";
  var app = window.jiangtaiResults;
  var finder = window.jiangtaiFinder;
  /* So many values of a kind are in sight; these kinds stand open. */
  var SEEN = 6;
  var OPEN = ["unit", "year", "kind"];
  /* What the reader unfolded stays so while the results change. */
  var unfolded = {};

  app.facets = function (view, state, go) {
    var held = document.activeElement && document.activeElement.getAttribute("data-value");
    var form = view.facets;
    form.textContent = "";
    app.FACETS.forEach(function (key) {
      var values = valuesOf(view.answer, key, state.filters[key] || []);
      if (values.length) form.appendChild(group(view, state, go, key, values));
    });
    /* What had the focus has it again, although it was made anew. */
    form.querySelectorAll("[data-value]").forEach(function (input) {
      if (held && input.getAttribute("data-value") === held) input.focus();
    });
    return form.children.length > 0;
  };

  /* The values with their counts, the most frequent first and years from the newest;
     what is chosen is there even where it would give nothing. */
  function valuesOf(answer, key, chosen) {
    var facet = answer.facets.filter(function (one) { return one.key === key; })[0];
    var values = facet ? facet.values.slice() : [];
    chosen.forEach(function (label) {
      if (!values.some(function (value) { return value.label === label; })) values.push({ label: label, count: 0 });
    });
    return values.sort(function (one, other) {
      return key === "year" ? other.label - one.label : other.count - one.count;
    });
  }

  function group(view, state, go, key, values) {
    var chosen = state.filters[key] || [];
    var details = app.element("details", "facet");
    var list = app.element("ul", "facet-values");
    var fieldset = app.element("fieldset");
    details.appendChild(app.element("summary", "", view.words.facets[key]));
    fieldset.appendChild(app.element("legend", "sr", view.words.facets[key]));
    fieldset.appendChild(list);
    details.appendChild(fieldset);
    details.open = key in unfolded ? unfolded[key] : OPEN.indexOf(key) >= 0 || chosen.length > 0;
    details.addEventListener("toggle", function () { unfolded[key] = details.open; });
    values.forEach(function (value, at) {
      var item = list.appendChild(choice(view, state, go, key, value, chosen.indexOf(value.label) >= 0));
      item.hidden = at >= SEEN && !unfolded["all " + key] && chosen.indexOf(value.label) < 0;
    });
    if (list.querySelector("[hidden]")) fieldset.appendChild(rest(view.words, key, list));
    return details;
  }

  function choice(view, state, go, key, value, isChosen) {
    var item = app.element("li");
    var label = item.appendChild(app.element("label"));
    var input = label.appendChild(app.element("input"));
    input.type = "checkbox";
    input.checked = isChosen;
    input.setAttribute("data-value", key + " " + value.label);
    input.addEventListener("change", function () {
      go(app.narrowed(state, app.toggled(state.filters, key, value.label)));
    });
    label.appendChild(app.element("span", "", app.label(view.words, key, value.label)));
    label.appendChild(app.element("span", "count", value.count));
    return item;
  }

  function rest(words, key, list) {
    var hidden = list.querySelectorAll("[hidden]");
    var button = app.button("link-button", finder.fill(words.more_values, { n: hidden.length }), function () {
      unfolded["all " + key] = true;
      hidden.forEach(function (item) { item.hidden = false; });
      hidden[0].querySelector("input").focus();
      button.remove();
    });
    return button;
  }

  /* What is chosen, each with a cross. */
  app.chips = function (view, state, go) {
    var chips = view.chips;
    chips.textContent = "";
    app.FACETS.forEach(function (key) {
      (state.filters[key] || []).forEach(function (value) {
        var name = app.filter(view.words, key, value);
        var chip = app.button("chip", name, function () {
          go(app.narrowed(state, app.toggled(state.filters, key, value)));
          view.count.focus();
        });
        chip.setAttribute("aria-label", finder.fill(view.words.remove, { filter: name }));
        chips.appendChild(app.element("li")).appendChild(chip);
      });
    });
    if (chips.children.length > 1) {
      chips.appendChild(app.element("li")).appendChild(app.button("link-button", view.words.no_filters, function () {
        go(app.narrowed(state, {}));
        view.count.focus();
      }));
    }
    chips.hidden = !chips.children.length;
    return chips.querySelectorAll(".chip").length;
  };
})();
