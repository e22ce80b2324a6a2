// Findings of the law and problems of single fields, shown while people type.

import { showAdvice } from "./advice.js";
import { cellOf, controlsOf } from "./controls.js";
import { sendable } from "./sending.js";

const QUIET_MS = 600;

export function startCheck(form) {
  const url = form.dataset.checkUrl;
  const panel = form.querySelector("[data-findings]");
  if (!url || !panel) return;
  // Only fields that a person has changed and left are spoken of; the rest may be on their way.
  const changed = new Set();
  const left = new Set();
  let timer = 0;
  let running = null;

  async function check() {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(url, { method: "POST", body: sendable(form), signal: running.signal });
      if (response.ok) show(form, panel, await response.text(), left);
    } catch {
      // Superseded or not reached: the server checks again on submission.
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, QUIET_MS);
  };
  const touched = (event) => {
    const name = event.target.closest("[data-field]")?.dataset.field;
    if (!name) return;
    changed.add(name);
    later();
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("focusout", (event) => {
    const cell = event.target.closest("[data-field]");
    if (!changed.has(cell?.dataset.field) || cell.contains(event.relatedTarget)) return;
    left.add(cell.dataset.field);
    later();
  });
  check();
}

function show(form, panel, html, left) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  showFindings(panel, answer.querySelector("[data-check-findings]"));
  for (const cell of form.querySelectorAll("[data-field]")) {
    const name = cell.dataset.field;
    showAdvice(cell, answer);
    const remarks = [...answer.querySelectorAll(`[data-remark="${CSS.escape(name)}"]`)];
    cell.querySelector("[data-remarks]").replaceChildren(...remarks.flatMap((one) => [...one.children]));
    if (left.has(name)) {
      const problems = [...answer.querySelectorAll(`[data-problem="${CSS.escape(name)}"]`)];
      // An empty field is told of on submission, not while people find their way.
      showProblems(form, name, problems.filter((problem) => problem.dataset.code !== "required"));
    }
  }
}

/** Replace the panel only when it says something new; keep what is being typed into it. */
function showFindings(panel, fresh) {
  const typed = new Map([...panel.querySelectorAll("textarea")].map((area) => [area.name, area]));
  const focused = document.activeElement;
  for (const area of fresh.querySelectorAll("textarea")) {
    const present = typed.get(area.name);
    if (present) area.replaceWith(present);
  }
  const texts = (element) => [...element.querySelectorAll("p, label")].map((line) => line.textContent.trim()).join("\n");
  panel.dataset.said ??= texts(panel);
  const says = texts(fresh);
  if (says === panel.dataset.said && [...typed.values()].every((area) => panel.contains(area))) return;
  panel.dataset.said = says;
  panel.replaceChildren(...fresh.childNodes);
  if (panel.contains(focused)) focused.focus({ preventScroll: true });
}

function showProblems(form, name, problems) {
  const cell = cellOf(form, name);
  cell.querySelector("[data-error]").replaceChildren(
    ...problems.map((problem) => Object.assign(document.createElement("div"), { textContent: problem.textContent })),
  );
  const controls = [...controlsOf(form, name), ...cell.querySelectorAll(".yf-cascade select")];
  for (const control of controls) {
    control.classList.toggle("is-invalid", problems.length > 0);
    if (problems.length) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  cell.querySelector(".ts-wrapper")?.classList.toggle("is-invalid", problems.length > 0);
}
