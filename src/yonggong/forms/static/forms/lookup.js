// A code that is already known fills in what is known of its bearer (a credit code, the employer).

import { cellOf, tell, valuesOf, write } from "./controls.js";

export function startLookups(form) {
  for (const input of form.querySelectorAll("[data-lookup-url]")) {
    let asked = "";
    input.addEventListener("change", async () => {
      const value = input.value.trim();
      if (!value || value === asked) return;
      asked = value;
      const address = new URL(input.dataset.lookupUrl, location.href);
      address.searchParams.set("value", value);
      try {
        const response = await fetch(address);
        if (response.ok && input.value.trim() === value) fill(form, input, await response.json());
      } catch {
        asked = ""; // not reached: ask again next time
      }
    });
  }
}

function fill(form, input, { found, facts }) {
  tell(form, input.name, found ? "已带出登记信息，请核对" : "");
  if (!found) return;
  for (const [fact, name] of Object.entries(JSON.parse(input.dataset.fills))) {
    const value = facts[fact];
    const cell = cellOf(form, name);
    const present = valuesOf(form, name)[0] ?? "";
    if (!cell || value === undefined || value === null) continue;
    if (present && present !== cell.dataset.filled) continue;
    const [code, words] = Array.isArray(value) ? value : [value, ""];
    write(form, name, code, words);
    cell.dataset.filled = code;
  }
}
