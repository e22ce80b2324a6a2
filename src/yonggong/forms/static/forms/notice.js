// A bar on top of the page that cannot be overlooked: one thing at a time, said aloud too, with what
// can be done about it.

let bar = null;

/** Say `text` until `quiet(about)`. `actions`: [words, what to do] each; the first one stands out. */
export function tell(about, text, ...actions) {
  bar ??= made();
  if (bar.dataset.about === about && bar.dataset.text === text) return;
  Object.assign(bar.dataset, { about, text });
  const words = Object.assign(document.createElement("p"), { textContent: text });
  bar.replaceChildren(words, ...actions.map(([label, act], at) => button(label, act, at === 0)));
  bar.hidden = false;
}

/** Take back what was said about something. */
export function quiet(about) {
  if (bar?.dataset.about !== about) return;
  bar.hidden = true;
  delete bar.dataset.about;
}

function made() {
  const made = Object.assign(document.createElement("div"), { className: "yf-notice", hidden: true });
  made.setAttribute("role", "alert");
  document.body.append(made);
  return made;
}

function button(label, act, first) {
  const tone = first ? "btn-light" : "btn-outline-light";
  const made = Object.assign(document.createElement("button"), { type: "button", className: `btn btn-sm ${tone}`, textContent: label });
  made.addEventListener("click", act);
  return made;
}
