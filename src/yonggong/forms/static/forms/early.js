// What people answered before the scripts were there to hear it: on a slow line a page can be typed
// into long before. It is heard as soon as they stand, as if it had been answered then.

const SILENT = ["hidden", "submit", "button", "reset", "image"];

/** The controls of `form` that somebody answered already. Asked before scripts write into them. */
export function answeredEarly(form) {
  return [...form.elements].filter((control) => control.matches("input, select, textarea") && differs(control));
}

/** Let the scripts hear of them. What still has the cursor in it has not been left. */
export function hear(controls) {
  for (const control of controls) {
    const left = control !== document.activeElement;
    for (const kind of left ? ["input", "change"] : ["input"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

function differs(control) {
  if (!control.name || SILENT.includes(control.type)) return false;
  if (control.type === "file") return control.files.length > 0;
  if (control.type === "radio") return control.checked && !control.defaultChecked;
  if (control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control.tagName !== "SELECT") return control.value !== control.defaultValue;
  const options = [...control.options];
  if (control.multiple) return options.some((option) => option.selected !== option.defaultSelected);
  return control.selectedOptions[0] !== (options.findLast((option) => option.defaultSelected) ?? options[0]);
}
