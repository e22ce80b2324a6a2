// Finding one's way: the error summary takes the focus, links go into the fields, the list of
// sections marks where one is.

import { focusOn } from "./controls.js";

export function startNavigation(form) {
  form.querySelector("[data-summary]")?.focus();
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (link && focusOn(form, link.dataset.go)) event.preventDefault();
  });
  markSection(form);
}

function markSection(form) {
  const links = new Map([...form.querySelectorAll("[data-nav]")].map((link) => [link.dataset.nav, link]));
  const observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.find((entry) => entry.isIntersecting);
      if (!seen) return;
      for (const [id, link] of links) {
        if (id === seen.target.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  for (const id of links.keys()) observer.observe(form.querySelector(`#${CSS.escape(id)}`));
}
