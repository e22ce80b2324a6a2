// The agencies to choose from follow the region that is chosen.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-form]");
  const select = form?.querySelector("select[name=agency]");
  if (!select) return;
  let shown = form.elements.region_code.value;

  form.addEventListener("change", async () => {
    const region = form.elements.region_code.value;
    if (region === shown || !/^\d{6}$/.test(region)) return;
    shown = region;
    const address = `/employer/particulars/agencies/?region=${encodeURIComponent(region)}`;
    const response = await fetch(address);
    if (!response.ok || region !== shown) return;
    const chosen = select.value;
    const control = select.tomselect;
    select.innerHTML = await response.text();
    select.value = chosen;
    if (!control) return;
    control.clear(true);
    control.clearOptions();
    control.sync();
    if (select.value) control.setValue(select.value, true);
  });
});
