// The keys of the review page, its decision and what must be looked at before it.

import { bring, startBeside } from "./beside.js";
import { marked, startMarks, step, tick } from "./marks.js";
import "./opinions.js";
import { startTyped } from "./typed.js";
import { fit, move, startViewer, turn, zoom } from "./viewer.js";

const form = document.querySelector("[data-decides]");
const opinion = document.getElementById("opinion");
const pane = document.querySelector("[data-pane]");
const help = document.getElementById("keys");
// A page that has only just opened takes no key: it was meant for the one before.
const DWELL = 800;
setTimeout(() => (document.body.dataset.keys = "armed"), DWELL);

startBeside();
startViewer();

document.querySelector("[data-keys-help]")?.addEventListener("click", () => help.showModal());

/** To a control that asks for something, in whatever part it stands. */
function goTo(control) {
  bring(control);
  control.scrollIntoView({ block: "center", behavior: "instant" });
  control.focus();
}

const WRONG = "已标记有误，不能审核通过；请取消标记，或者按审核不通过退回";

// An opinion is only required where the case is returned and no field is ticked; what must be looked
// at, where it is approved.
form?.addEventListener("submit", (event) => {
  const ask = event.submitter?.value;
  const wrong = marked();
  wrong?.setCustomValidity(ask === "approve" ? WRONG : "");
  if (opinion) opinion.required = ask === "return" && !wrong;
  const boxes = [...form.elements].filter((box) => ["looked", "acknowledged"].includes(box.name));
  boxes.forEach((box) => (box.required = ask === "approve"));
  const missing =
    ask === "return"
      ? !wrong && !opinion.value.trim() && opinion
      : ask === "approve" && (wrong ?? boxes.find((box) => !box.checked));
  if (missing) {
    event.preventDefault();
    goTo(missing);
    missing.reportValidity();
    wrong?.setCustomValidity("");
  }
});

startTyped(form);
startMarks();

const toFinding = () => {
  const boxes = [...document.querySelectorAll("[name=acknowledged]")];
  const next = boxes.find((box) => !box.checked) ?? boxes[0];
  if (next) goTo(next);
};
const scroll = (by) => pane.scrollBy({ top: by, behavior: "instant" });
// What a key does that is no button's.
const KEYS = {
  ArrowLeft: () => move(-1),
  ArrowRight: () => move(1),
  ArrowUp: () => scroll(-80),
  ArrowDown: () => scroll(80),
  PageUp: () => scroll(-pane.clientHeight * 0.9),
  PageDown: () => scroll(pane.clientHeight * 0.9),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: fit,
  "[": () => turn(-90),
  "]": () => turn(90),
  o: () => opinion?.focus(),
  f: toFinding,
  j: () => step(1),
  k: () => step(-1),
  x: tick,
  "?": () => help.showModal(),
  1: () => bring(0),
  2: () => bring(1),
  3: () => bring(2),
  4: () => bring(3),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing && event.key === "Escape") typing.blur();
  if (typing || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const does = KEYS[key];
  if (does) {
    event.preventDefault();
    does();
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  // A key that is held down, or meant for the page before, decides nothing.
  if (event.repeat || document.body.dataset.keys !== "armed") return;
  if (key === "r" && !opinion.value.trim() && !marked()) opinion.focus();
  else wanted.click();
});
