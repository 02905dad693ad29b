/* Forms that save a file: checked here, kept as a draft on this device, never
   sent. Words and names of columns stand in the page. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form[data-fill]").forEach(enliven);
  });

  function enliven(form) {
    var key = "jiangtai.draft." + form.getAttribute("data-fill");
    var status = form.querySelector("[data-status]");
    var again = form.querySelector("[data-fill-again]");
    var once = form.hasAttribute("data-once");
    var code = newCode();
    var saved = false;
    form.noValidate = true;
    restore();
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!saved && !valid()) return;
      var name = fileName();
      window.jiangtaiFiles.save(name, form.getAttribute("data-format") === "md" ? markdown() : table());
      say("saved", name);
      if (once) lock(true);
    });
    on("[data-fill-copy]", function () {
      if (!saved && !valid()) return;
      window.jiangtaiCopy(plain()).then(function () { say("copied"); }, function () { say("copy-failed"); });
    });
    on("[data-fill-clear]", clear);
    /* What was not chosen is a blank on paper. */
    window.addEventListener("beforeprint", function () {
      all("select").forEach(function (select) { select.classList.toggle("is-blank", !select.value); });
    });
    window.addEventListener("afterprint", function () {
      all("select").forEach(function (select) { select.classList.remove("is-blank"); });
    });
    if (again) again.addEventListener("click", clear);

    function on(selector, act) {
      var button = form.querySelector(selector);
      if (button) button.addEventListener("click", act);
    }
    function words(name) { return form.getAttribute("data-" + name) || ""; }
    function say(name, file) { status.textContent = words(name).replace("{file}", file || ""); }
    function all(selector) { return Array.prototype.slice.call(form.querySelectorAll(selector)); }

    /* The draft. A ballot that was saved is none any more. */
    function controls() { return all("input[name], select[name], textarea[name]"); }
    function changed(event) {
      if (event.target.getAttribute("aria-invalid")) mark(event.target, "");
      var group = event.target.closest("[data-radio], [data-rows]");
      if (group) mark(group, "");
      var row = event.target.closest("[data-row]");
      if (row && event.target.tagName === "SELECT" && event.target.value) row.querySelector("[data-pick]").checked = true;
      var values = {};
      controls().forEach(function (input) {
        if (/^(checkbox|radio)$/.test(input.type)) { if (input.checked) values[input.name + "=" + input.value] = true; }
        else values[input.name] = input.value;
      });
      try { localStorage.setItem(key, JSON.stringify({ values: values, code: code })); } catch (e) { /* storage is closed */ }
    }
    function restore() {
      var draft = null;
      try { draft = JSON.parse(localStorage.getItem(key)); } catch (e) { /* none */ }
      if (!draft || !draft.values) return;
      if (/^[0-9a-z]{12}$/.test(draft.code)) code = draft.code;
      controls().forEach(function (input) {
        if (/^(checkbox|radio)$/.test(input.type)) input.checked = draft.values[input.name + "=" + input.value] === true;
        else if (typeof draft.values[input.name] === "string") input.value = draft.values[input.name];
      });
      say("restored");
    }
    function forget() { try { localStorage.removeItem(key); } catch (e) { /* storage is closed */ } }
    function clear() {
      forget();
      code = newCode();
      lock(false);
      form.reset();
      all("[aria-invalid]").forEach(function (input) { mark(input, ""); });
      say("cleared");
      var first = controls()[0];
      if (first) first.focus();
    }
    function lock(on) {
      saved = on;
      if (on) forget();
      controls().forEach(function (input) { input.disabled = on; });
      if (again) again.hidden = !on;
    }

    /* Checking: every mistake stands at its field; the first one gets the focus. */
    function valid() {
      var wrong = [];
      function fail(element, text, target) { mark(element, text); wrong.push(target || element); }
      all("[aria-invalid]").forEach(function (input) { mark(input, ""); });
      all("[required]").forEach(function (input) { if (!input.value.trim()) fail(input, input.getAttribute("data-error")); });
      all("[data-check=year]").forEach(function (input) {
        if (input.value.trim() && !/^(19|20|21)\d\d$/.test(input.value.trim())) fail(input, words("error-year"));
      });
      all("[data-radio]").forEach(function (group) {
        if (!group.querySelector("input:checked")) fail(group, group.getAttribute("data-error"), group.querySelector("input[type=radio]"));
      });
      all("[data-rows]").forEach(function (group) {
        var ranks = {};
        picked().forEach(function (row) {
          var rank = row.querySelector("select");
          if (rank.value && ranks[rank.value]) fail(rank, words("error-rank"));
          ranks[rank.value] = true;
        });
        var other = group.querySelector("textarea");
        if (!picked().length && !(other && other.value.trim())) fail(group, words("error-none"), group.querySelector("input"));
      });
      wrong.sort(function (a, b) { return a.compareDocumentPosition(b) & 4 ? -1 : 1; });
      if (wrong.length) { status.textContent = ""; wrong[0].focus(); }
      return !wrong.length;
    }
    function mark(element, text) {
      var ids = (element.getAttribute("aria-describedby") || "").split(" ");
      var note = ids.map(function (id) { return document.getElementById(id); }).filter(function (one) { return one && one.className === "field-error"; })[0];
      if (note) { note.textContent = text; note.hidden = !text; }
      if (element.tagName === "FIELDSET") return;
      if (text) element.setAttribute("aria-invalid", "true"); else element.removeAttribute("aria-invalid");
    }

    /* What is saved. */
    function picked() { return all("[data-row]").filter(function (row) { return row.querySelector("[data-pick]").checked; }); }
    function value(column, row) {
      if (row && row.querySelector("[data-column='" + column + "']")) return row.querySelector("[data-column='" + column + "']").value.trim();
      var radio = form.querySelector("[data-radio='" + column + "'] input:checked");
      if (radio) return radio.value;
      var input = all("[data-column='" + column + "']").filter(function (one) { return !one.closest("[data-row]"); })[0];
      if (!input) return "";
      var auto = input.getAttribute("data-auto");
      if (auto === "code") return code;
      if (auto) return now().slice(0, auto === "day" ? 10 : 19);
      var from = input.getAttribute("data-from");
      if (from) {
        var chosen = form.querySelector("[data-sets]").selectedOptions[0];
        return (chosen && chosen.getAttribute("data-value-" + from)) || "";
      }
      return input.value.trim();
    }
    function columns() { return words("columns").split(","); }
    function lines() {
      var rows = picked();
      return (rows.length ? rows : [null]).map(function (row, at) {
        return columns().map(function (column) {
          /* What stands once beside all rows is written once. */
          return at && form.querySelector("[data-rows] .field [data-column='" + column + "']") ? "" : value(column, row);
        });
      });
    }
    function table() { return window.jiangtaiFiles.table([columns()].concat(lines())); }
    function markdown() {
      var text = columns().map(function (column) { return [column, value(column)]; }).filter(function (pair) { return pair[1]; });
      return "---\n" + text.map(function (pair) { return pair[0] + ": " + JSON.stringify(pair[1]).replace(/[\u007f-\u009f\u2028\u2029]/g, " "); }).join("\n") + "\n---\n";
    }
    function plain() {
      var rows = picked();
      var text = columns().filter(function (column) { return !rows.length || !rows[0].querySelector("[data-column='" + column + "']"); })
        .map(function (column) { return [column, value(column)]; }).filter(function (pair) { return pair[1]; })
        .map(function (pair) { return pair[0] + ": " + pair[1]; });
      rows.forEach(function (row) {
        var cells = Array.prototype.slice.call(row.querySelectorAll("[data-column]"));
        text.push("- " + cells.map(function (cell) { return cell.value; }).filter(Boolean).join(", "));
      });
      return text.join("\n");
    }
    function fileName() {
      return words("file").replace(/\{([^}]*)\}/g, function (all, column) {
        return window.jiangtaiFiles.plain(value(column));
      });
    }
  }

  function now() {
    var day = new Date();
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return day.getFullYear() + "-" + two(day.getMonth() + 1) + "-" + two(day.getDate()) + " " + two(day.getHours()) + ":" + two(day.getMinutes()) + ":" + two(day.getSeconds());
  }
  function newCode() {
    var bytes = new Uint8Array(12);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (byte) { return "23456789abcdefghjkmnpqrstuvwxyz0"[byte & 31]; }).join("");
  }
})();
