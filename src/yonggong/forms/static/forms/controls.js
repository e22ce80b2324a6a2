// Reading and writing the controls of a form by field name, whatever kind they are.

const WRITTEN = "forms:written";

/** The cell around a field, which carries its conditions, errors and remarks. */
export function cellOf(form, name) {
  return form.querySelector(`[data-field="${CSS.escape(name)}"]`);
}

/** A part of a cell that is its own, not that of a cell of a table inside it. */
export function partOf(cell, selector) {
  return [...cell.querySelectorAll(selector)].find((part) => part.closest("[data-field]") === cell);
}

/** All controls that send the field. */
export function controlsOf(form, name) {
  return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
}

/** The values a field would send now; those of a fixed field as they stand. */
export function valuesOf(form, name) {
  const fixed = cellOf(form, name)?.dataset.fixed;
  if (fixed !== undefined) return [JSON.parse(fixed)].flat().filter((value) => value !== "");
  const table = cellOf(form, name)?.querySelector(":scope > [data-table]");
  const written = "[data-row] :is(input:not([type=hidden], [data-calendar]), select, textarea)";
  if (table) return [...table.querySelectorAll(written)].map((control) => control.value).filter((text) => text.trim());
  const values = [];
  for (const control of controlsOf(form, name)) {
    if (control.type === "radio" || control.type === "checkbox") {
      if (control.checked) values.push(control.value);
    } else if (control.multiple) {
      values.push(...[...control.selectedOptions].map((option) => option.value));
    } else if (control.value.trim() !== "") {
      values.push(control.value);
    }
  }
  return values;
}

/** Put a value into a field as if a person had chosen it. `words` name a code not yet listed. */
export function write(form, name, value, words = "") {
  for (const control of controlsOf(form, name)) {
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = control.value === String(value);
    } else {
      control.value = value;
    }
    control.dispatchEvent(new CustomEvent(WRITTEN, { detail: { value, words } }));
  }
  controlsOf(form, name)[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Call `refresh({value, words})` when a script has written into `control`. */
export function onWritten(control, refresh) {
  control.addEventListener(WRITTEN, (event) => refresh(event.detail));
}

/** Say something under a field, politely to screen readers too. */
export function tell(form, name, text) {
  const place = cellOf(form, name)?.querySelector("[data-told]");
  if (place) place.textContent = text;
}

/** Put the keyboard into a field, whatever control stands for it. */
export function focusOn(form, name) {
  const place =
    cellOf(form, name) ??
    form.querySelector(`[data-slot="${CSS.escape(name)}"]`) ??
    form.querySelector(`.yf-finding:has([name="${CSS.escape(name)}"]), #f-${CSS.escape(name)}`);
  if (!place) return false;
  const target = place.querySelector(
    "input:not([type=hidden]):not([disabled]):not(.tomselected), select:not([disabled]):not(.tomselected), textarea, [tabindex]",
  );
  place.closest("details")?.setAttribute("open", "");
  place.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
  return true;
}
