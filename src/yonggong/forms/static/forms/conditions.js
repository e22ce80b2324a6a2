// Fields that exist, or are required, only when another field says so.

import { partOf, valuesOf } from "./controls.js";

export function startConditions(form) {
  const cells = [...form.querySelectorAll("[data-show-when], [data-required-when]")];
  if (!cells.length) return;
  const apply = () => {
    for (const cell of cells) applyTo(form, cell);
    for (const section of form.querySelectorAll(".yf-section")) hideEmpty(form, section);
  };
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  apply();
}

// Cells come in the order of the form, so that a field which hangs on a hidden one is hidden too.
function applyTo(form, cell) {
  if (cell.dataset.showWhen) {
    const off = !holds(form, JSON.parse(cell.dataset.showWhen));
    cell.hidden = off;
    cell.toggleAttribute("data-off", off);
    // A disabled control is not sent: what is hidden has no value.
    for (const control of cell.querySelectorAll("input, select, textarea")) control.disabled = off;
    for (const select of cell.querySelectorAll("select")) {
      if (off) select.tomselect?.disable();
      else select.tomselect?.enable();
    }
  }
  if (cell.dataset.requiredWhen) {
    const required = holds(form, JSON.parse(cell.dataset.requiredWhen));
    const star = partOf(cell, "[data-star]");
    if (star) star.hidden = !required;
    for (const control of cell.querySelectorAll("[aria-describedby]")) {
      control.toggleAttribute("aria-required", required);
      if (required) control.setAttribute("aria-required", "true");
    }
  }
}

/** A section without a field that applies goes, with its place in the list of sections. */
function hideEmpty(form, section) {
  const cells = [...section.querySelectorAll("[data-field]")];
  const off = cells.length > 0 && cells.every((cell) => cell.hidden);
  const entry = form.querySelector(`[data-nav="${section.id}"]`)?.closest("li");
  for (const part of [section, entry]) {
    if (!part) continue;
    part.hidden = off;
    part.toggleAttribute("data-off", off);
  }
}

function holds(form, condition) {
  if (condition.all) return condition.all.every((one) => holds(form, one));
  if (condition.any) return condition.any.some((one) => holds(form, one));
  const hidden = form.querySelector(`[data-field="${CSS.escape(condition.field)}"]`)?.hidden;
  const values = hidden ? [] : valuesOf(form, condition.field);
  if (condition.filled !== undefined) return values.length > 0 === condition.filled;
  return values.some((value) => condition.accepts.includes(value));
}
