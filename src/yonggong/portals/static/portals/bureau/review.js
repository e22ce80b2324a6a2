// Quick opinions and the keys of the review page: A approves, R returns, T takes, N goes on.
const form = document.querySelector("[data-decides]");
const opinion = document.getElementById("opinion");
// A page that has only just opened takes no key: it was meant for the one before.
const DWELL = 800;
setTimeout(() => (document.body.dataset.keys = "armed"), DWELL);

for (const button of document.querySelectorAll("[data-quick]")) {
  button.addEventListener("click", () => {
    const said = opinion.value.trim();
    opinion.value = said ? `${said}\n${button.dataset.quick}` : button.dataset.quick;
    opinion.focus();
  });
}

// What was opened was looked at.
document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-views]")?.closest("li")?.querySelector("[name=looked]");
  if (box) box.checked = true;
});

// An opinion is only required where the case is returned; what must be looked at, where approved.
form?.addEventListener("submit", (event) => {
  const ask = event.submitter?.value;
  if (opinion) opinion.required = ask === "return";
  const boxes = [...form.elements].filter((box) => ["looked", "acknowledged"].includes(box.name));
  boxes.forEach((box) => (box.required = ask === "approve"));
  if (ask === "return" && !opinion.value.trim()) {
    event.preventDefault();
    opinion.reportValidity();
    opinion.focus();
    return;
  }
  const missing = boxes.find((box) => box.required && !box.checked);
  if (missing) {
    event.preventDefault();
    missing.scrollIntoView({ block: "center" });
    missing.reportValidity();
    missing.focus();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  // A key that is held down, or meant for the page before, decides nothing.
  if (event.repeat || document.body.dataset.keys !== "armed") return;
  if (event.key.toLowerCase() === "r" && !opinion.value.trim()) opinion.focus();
  else wanted.click();
});
