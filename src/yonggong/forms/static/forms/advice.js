// What is said beside a field before anything is sent, and the answers it offers.

import { partOf, write } from "./controls.js";

export function startAdvice(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.take))) write(form, name, value);
    button.closest("[data-field]")?.querySelector("input, select, textarea")?.focus();
  });
}

/** Put the advice of an answer of the check into a cell; what is said again stays as it stands. */
export function showAdvice(cell, answer) {
  const place = partOf(cell, "[data-advices]");
  if (!place) return;
  const fresh = [...answer.querySelectorAll(`[data-advice="${CSS.escape(cell.dataset.field)}"]`)];
  const says = fresh.map((one) => one.textContent.trim()).join("\n");
  const said = [...place.children].map((one) => one.textContent.trim()).join("\n");
  if (says !== said) place.replaceChildren(...fresh.flatMap((one) => [...one.children]));
}
