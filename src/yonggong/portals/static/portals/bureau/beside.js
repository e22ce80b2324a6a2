// What stands beside what was filed, one part at a time: a tab for each.

const beside = document.querySelector("[data-beside]");
const parts = beside ? [...beside.querySelectorAll("[data-tab]")] : [];
const bar = beside?.querySelector("[data-tabs]");

/** Bring a part to the front, by its place or by what stands in it. */
export function bring(wanted) {
  const part = typeof wanted === "number" ? parts[wanted] : parts.find((one) => one.contains(wanted));
  if (!part) return;
  for (const one of parts) one.hidden = one !== part;
  for (const tab of bar.children) {
    const chosen = tab.getAttribute("aria-controls") === part.id;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  part.dispatchEvent(new CustomEvent("shown"));
}

export function startBeside() {
  if (!beside) return;
  parts.forEach((part, place) => {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", className: "yb-tab-head", textContent: part.dataset.tab });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", part.id);
    tab.setAttribute("aria-keyshortcuts", String(place + 1));
    tab.title = `${part.dataset.tab}（${place + 1}）`;
    tab.addEventListener("click", () => bring(place));
    part.setAttribute("role", "tabpanel");
    bar.append(tab);
  });
  bar.hidden = false;
  const looksFirst = beside.dataset.first === "materials" && beside.querySelector("[data-shows]");
  const asked = location.hash && parts.find((part) => `#${part.id}` === location.hash);
  bring(asked || beside.querySelector(looksFirst ? "#beside-materials" : "#beside-standing"));
}
