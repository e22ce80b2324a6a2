// A decision that was refused, or taken back, has not to be typed again: what was sent last is there
// when the same version of the case is opened again in this window.

const KEPT = "yonggong-decision";
const NAMES = /^(opinion|wrong(-.*)?|looked|acknowledged)$/;

export function startTyped(form) {
  if (!form?.elements.opinion) return;
  const of = `${new URL(form.action).pathname} ${form.elements.seen?.value}`;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (kept?.of === of) fill(form, kept.said);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const said = [...new FormData(form)].filter(([name, value]) => NAMES.test(name) && value);
    sessionStorage.setItem(KEPT, JSON.stringify({ of, said }));
  });
}

function fill(form, said) {
  for (const [name, value] of said) {
    for (const control of form.elements) {
      if (control.name !== name || control.type === "submit") continue;
      if (control.type !== "checkbox") control.value = value;
      else if (control.value === value) control.checked = true;
    }
  }
}
