// The agencies to choose from follow the region that is chosen.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-form]");
  const select = form?.querySelector("select[name=agency]");
  if (!select) return;
  const region = form.elements.region_code;
  // Until its own script has run, the control holds the region's name.
  let shown = region.dataset.code || region.value;

  form.addEventListener("change", async () => {
    const wanted = region.value;
    if (wanted === shown || !/^\d{6}$/.test(wanted)) return;
    shown = wanted;
    const address = `/employer/particulars/agencies/?region=${wanted}`;
    const response = await fetch(address);
    if (response.ok && wanted === shown) offer(select, await response.text());
  });
});

/** Put the options of `html` into the select; what was chosen stays where it is still offered. */
function offer(select, html) {
  const chosen = select.value;
  const control = select.tomselect;
  control?.clear(true);
  control?.clearOptions();
  select.innerHTML = html;
  select.value = chosen;
  const kept = select.value;
  control?.sync();
  if (kept) control?.setValue(kept, true);
}
