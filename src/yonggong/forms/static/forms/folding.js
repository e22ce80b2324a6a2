// Sections that are rarely needed stand folded: they open when one goes there, and when something
// is said of a field in them.

export function startFolding(form) {
  for (const section of form.querySelectorAll("details.yf-section")) {
    const told = new MutationObserver(() => {
      if (section.querySelector("[data-error] > *, [data-remarks] > *, .yf-urgent")) section.open = true;
    });
    for (const place of section.querySelectorAll("[data-error], [data-remarks], [data-advices]")) {
      told.observe(place, { childList: true });
    }
    form.querySelector(`[data-nav="${section.id}"]`)?.addEventListener("click", () => (section.open = true));
  }
}
