/* Keyboard of the lists, the sheet that keeps itself, and words that are not lost by leaving a page. */
"use strict";

const rows = () => [...document.querySelectorAll("tr[data-href]")];
let at = -1;

function move(step) {
  const all = rows();
  if (!all.length) { return; }
  all[at]?.classList.remove("at");
  at = Math.min(Math.max(at + step, 0), all.length - 1);
  all[at].classList.add("at");
  all[at].querySelector("a").focus({preventScroll: true});
  all[at].scrollIntoView({block: "nearest"});
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => rows()[at]?.querySelector("input[type=checkbox]")?.click(),
  t: () => location.assign("/desk"),
  q: () => location.assign("/desk/queue"),
  "/": () => document.getElementById("find")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", event => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) { return; }
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("change", event => {
  if (event.target.matches("[data-all]")) {
    for (const box of document.querySelectorAll("input[name=receipt]")) { box.checked = event.target.checked; }
  }
  const chosen = document.querySelectorAll("input[name=receipt]:checked").length;
  const told = document.getElementById("chosen");
  if (told) { told.textContent = chosen ? `选了 ${chosen} 件` : "先勾选，再一起办"; }
  event.target.closest("form")?.classList.add("touched");
});

/* A hasty second click would only find what the first one did; the button says that it is on its way. */
document.addEventListener("submit", event => {
  event.target.classList.remove("touched");
  for (const button of event.target.querySelectorAll("button")) {
    setTimeout(() => { button.disabled = true; setTimeout(() => { button.disabled = false; }, 4000); });
  }
});

window.addEventListener("beforeunload", event => {
  if (document.querySelector("form.touched[data-keep]")) { event.preventDefault(); }
});

document.addEventListener("click", event => {
  if (event.target.closest("[data-print]")) { window.print(); }
});
