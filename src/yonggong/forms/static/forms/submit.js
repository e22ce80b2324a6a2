// One press, one filing: the buttons rest after the first press. The server holds the same line
// with the idempotency key. Enter in an input goes on to the next one, as typists of this field
// are used to: a filing is sent by its button only.

const STOPS = "input:not([type=hidden]), select, textarea, button[type=submit]";

export function startSubmit(form) {
  const buttons = [...form.querySelectorAll("button[type=submit]")];
  form.addEventListener("submit", () => {
    // After the browser has read which button was pressed.
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  });
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.key !== "Enter" || event.defaultPrevented) return;
    if (input.tagName !== "INPUT" || input.type === "file") return;
    event.preventDefault();
    const stops = [...form.querySelectorAll(STOPS)].filter(
      (stop) => !stop.disabled && stop.tabIndex >= 0 && stop.offsetParent,
    );
    stops[stops.indexOf(input) + 1]?.focus();
  });
  // Coming back through the browser's history finds them ready again.
  addEventListener("pageshow", () => buttons.forEach((button) => (button.disabled = false)));
}
