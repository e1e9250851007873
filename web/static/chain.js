// The chain forms' quick answers: they fill the line, they send nothing.
"use strict";

const line = document.getElementById("line");
const choices = document.querySelector(".choices");

function whoIn(text) {
  const words = text.trim().split(/\s+/);
  const end = words.findIndex((word, place) => place > 0 && !/^[\d-]+$/.test(words[place - 1]) );
  return words.slice(0, end > 0 ? end : Math.min(2, words.length)).join(" ");
}

choices?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.ending !== undefined) {
    line.value = `${whoIn(line.value)} ${button.dataset.ending}`;
    line.focus();
  } else {
    document.getElementById("title").value = button.dataset.title;
    document.getElementById("note").value = button.dataset.note;
  }
});
if (choices) choices.hidden = false;
if (line && line.value) {
  line.focus();
  line.setSelectionRange(whoIn(line.value).length + 1, line.value.length);
}
