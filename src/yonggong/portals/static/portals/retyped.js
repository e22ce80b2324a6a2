// What was typed into a form that was refused stands there again, on the page that says why. Kept in this
// window alone, until the page that follows; never passwords or files. (Forms with a draft keep theirs.)

const KEPT = "yonggong-refused";
const LASTS_MS = 120_000;
const NOT_TYPED = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);

document.addEventListener("submit", (event) => {
  const form = event.target;
  const by = document.body.dataset.openedBy;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.autosaveUrl || !by) return;
  const typed = controls(form).map((one) => [one.name, one.type, one.value, one.checked]);
  sessionStorage.setItem(KEPT, JSON.stringify({ by, of: named(form), at: Date.now(), typed }));
});

/** Fill in again what was sent last from this window, where this page says that it was refused. Once a page;
 * before anything dresses the controls. */
export function retype() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || kept.by !== document.body.dataset.openedBy || Date.now() - kept.at > LASTS_MS) return;
  if (!document.querySelector("#messages .yg-message-error")) return;
  const form = [...document.forms].find((one) => one.method === "post" && named(one) === kept.of);
  if (!form) return;
  const there = controls(form);
  for (const [name, type, value, checked] of kept.typed) {
    const ticked = type === "checkbox" || type === "radio";
    const place = there.findIndex((one) => one.name === name && one.type === type && (!ticked || one.value === value));
    if (place < 0) continue;
    const [control] = there.splice(place, 1);
    if (ticked) control.checked = checked;
    else if (type !== "select-one" || [...control.options].some((one) => one.value === value)) control.value = value;
    control.closest("details")?.setAttribute("open", "");
  }
}

function controls(form) {
  return [...form.elements].filter((one) => one.name && !one.readOnly && !NOT_TYPED.has(one.type) && one.type !== "select-multiple");
}

// The address does not tell forms apart that ask for different things of one thing.
function named(form) {
  const asks = [...form.elements].filter((one) => one.type === "hidden" && one.name === "ask").map((one) => one.value);
  return [new URL(form.action).pathname, ...asks].join(" ");
}
