// Buttons that answer a field with one press, and dates that follow another date until somebody
// gives a date of their own.

import { cellOf, tell, valuesOf, write } from "./controls.js";

export function startShortcuts(form) {
  for (const group of form.querySelectorAll(".yf-shortcuts")) group.hidden = false;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-shortcut]");
    if (button) press(form, button);
  });
  form.addEventListener("change", (event) => {
    const name = event.target.closest("[data-field]")?.dataset.field;
    if (name) follow(form, name);
  });
}

function press(form, button) {
  const { answers, reckons, since, years } = JSON.parse(button.dataset.shortcut);
  for (const [name, value] of Object.entries(answers)) write(form, name, value);
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
  if (!reckons) return;
  const cell = cellOf(form, reckons);
  Object.assign(cell.dataset, { reckonsSince: since, reckonsYears: years });
  if (!reckon(form, cell, since, years)) {
    tell(form, button.closest("[data-field]").dataset.field, `填写“${labelOf(form, since)}”后自动算出“${labelOf(form, reckons)}”`);
  }
}

function follow(form, name) {
  const value = valuesOf(form, name)[0] ?? "";
  for (const cell of form.querySelectorAll(`[data-follows="${CSS.escape(name)}"]`)) {
    const present = valuesOf(form, cell.dataset.field)[0] ?? "";
    if (!value || (present && present !== cell.dataset.followed)) continue;
    cell.dataset.followed = value;
    if (present !== value) write(form, cell.dataset.field, value);
  }
  for (const cell of form.querySelectorAll(`[data-reckons-since="${CSS.escape(name)}"]`)) {
    const present = valuesOf(form, cell.dataset.field)[0] ?? "";
    if (present && present !== cell.dataset.reckoned) continue;
    reckon(form, cell, name, Number(cell.dataset.reckonsYears));
  }
}

function reckon(form, cell, since, years) {
  const end = lastDay(valuesOf(form, since)[0] ?? "", years);
  if (!end) return false;
  cell.dataset.reckoned = end;
  write(form, cell.dataset.field, end);
  return true;
}

/** The last day of so many years that begin with a day (no years: the day itself), or null. Of a
    year that begins on 29 February the last day is 28 February. */
export function lastDay(start, years) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(start);
  if (!parts) return null;
  if (!years) return start;
  const [year, month, day] = parts.slice(1).map(Number);
  const end = new Date(Date.UTC(year + years, month - 1, day - 1));
  return end.toISOString().slice(0, 10);
}

function labelOf(form, name) {
  return cellOf(form, name).querySelector("label, .form-label").textContent.replace("*", "").trim();
}
