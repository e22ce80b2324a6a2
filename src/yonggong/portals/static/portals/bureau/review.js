// Quick opinions and the keys of the review page: A approves, R returns, T takes, N goes on.
const form = document.querySelector("[data-decides]");
const opinion = document.getElementById("opinion");

for (const button of document.querySelectorAll("[data-quick]")) {
  button.addEventListener("click", () => {
    const said = opinion.value.trim();
    opinion.value = said ? `${said}\n${button.dataset.quick}` : button.dataset.quick;
    opinion.focus();
  });
}

// An opinion is only required where the case is returned.
form?.addEventListener("submit", (event) => {
  const returning = event.submitter?.value === "return";
  opinion.required = returning;
  if (returning && !opinion.value.trim()) {
    event.preventDefault();
    opinion.reportValidity();
    opinion.focus();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (event.key.toLowerCase() === "r" && !opinion.value.trim()) opinion.focus();
  else wanted.click();
});
