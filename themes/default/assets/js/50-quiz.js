/* Quizzes: options become choices that can be checked. Without scripts the
   list of options and the folded answer stay as they are. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var prose = document.querySelector("[data-quizzes]");
    if (!prose) return;
    prose.querySelectorAll(".quiz").forEach(function (quiz, q) { enliven(quiz, q, prose); });
  });

  function enliven(quiz, q, words) {
    var items = [];
    var total = document.createElement("p");
    total.className = "quiz-result quiz-total";
    total.setAttribute("role", "status");
    quiz.querySelectorAll(".quiz-item").forEach(function (item, i) {
      var options = item.querySelector(".quiz-options");
      if (!options || item.getAttribute("data-kind") === "short") return;
      items.push(question(item, options, "quiz-" + q + "-" + i, words, tally));
    });
    if (items.length > 1) quiz.appendChild(total);
    function tally() {
      var done = items.filter(function (item) { return item.state !== null; });
      if (done.length < items.length) { total.textContent = ""; return; }
      var right = done.filter(function (item) { return item.state; }).length;
      total.textContent = words.getAttribute("data-score").replace("{total}", items.length).replace("{right}", right);
    }
  }

  function question(item, options, name, words, changed) {
    var self = { state: null };
    var multiple = item.getAttribute("data-kind") === "multiple";
    var choices = [];
    var title = item.querySelector(".quiz-question");
    title.id = title.id || name;
    options.classList.add("is-live");
    var group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", title.id);
    options.parentNode.insertBefore(group, options);
    group.appendChild(options);
    Array.prototype.forEach.call(options.children, function (li) {
      var label = document.createElement("label");
      var input = document.createElement("input");
      var text = document.createElement("span");
      var mark = document.createElement("span");
      input.type = multiple ? "checkbox" : "radio";
      input.name = name + "-choice";
      mark.className = "quiz-mark";
      while (li.firstChild) text.appendChild(li.firstChild);
      label.appendChild(input);
      label.appendChild(text);
      label.appendChild(mark);
      li.appendChild(label);
      choices.push({ li: li, input: input, mark: mark, right: li.getAttribute("data-right") === "true" });
    });

    var bar = document.createElement("p");
    var button = document.createElement("button");
    var result = document.createElement("span");
    bar.className = "quiz-bar";
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = words.getAttribute("data-check");
    result.className = "quiz-result";
    result.setAttribute("role", "status");
    bar.appendChild(button);
    bar.appendChild(result);
    group.parentNode.insertBefore(bar, group.nextSibling);

    var answer = item.querySelector(".quiz-answer");
    button.addEventListener("click", function () { if (self.state === null) check(); else again(); });

    function check() {
      if (!choices.some(function (choice) { return choice.input.checked; })) {
        result.textContent = words.getAttribute("data-choose");
        return;
      }
      self.state = choices.every(function (choice) { return choice.input.checked === choice.right; });
      choices.forEach(function (choice) {
        choice.input.disabled = true;
        if (choice.right) show(choice, "is-right", "data-yes");
        else if (choice.input.checked) show(choice, "is-wrong", "data-no");
      });
      result.textContent = words.getAttribute(self.state ? "data-right" : "data-wrong");
      button.textContent = words.getAttribute("data-again");
      if (answer) answer.open = true;
      changed();
    }
    function show(choice, name, word) {
      choice.li.classList.add(name);
      choice.mark.textContent = words.getAttribute(word);
    }
    function again() {
      self.state = null;
      choices.forEach(function (choice) {
        choice.input.disabled = false;
        choice.input.checked = false;
        choice.li.classList.remove("is-right", "is-wrong");
        choice.mark.textContent = "";
      });
      result.textContent = "";
      button.textContent = words.getAttribute("data-check");
      if (answer) answer.open = false;
      changed();
    }
    return self;
  }
})();
