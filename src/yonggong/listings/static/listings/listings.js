// Lists: ticking rows, opening them, and moving among them from the keyboard.
//   /      to the first condition        j, k   to the next, the previous row
//   x      tick the row                  Enter  open the row
"use strict";

(() => {
  const ticks = (list) => [...list.querySelectorAll('input[name="ids"]')];

  function count(list) {
    const boxes = ticks(list);
    const whole = list.querySelector("[data-all-pages]")?.checked ?? false;
    const picked = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr").classList.toggle("yg-picked", box.checked);
    const all = list.querySelector("[data-ticks-all]");
    if (all) {
      all.checked = picked.length > 0 && picked.length === boxes.length;
      all.indeterminate = picked.length > 0 && picked.length < boxes.length;
    }
    for (const button of list.querySelectorAll("[data-needs-selection]")) {
      button.disabled = picked.length === 0 && !(whole && button.hasAttribute("data-whole"));
    }
    const words = list.querySelector("[data-selected]");
    if (words) words.textContent = picked.length && !whole ? `已选 ${picked.length} 条` : "";
  }

  function dress(root) {
    const lists = root.matches && root.matches(".yg-listing") ? [root] : [];
    for (const list of [...lists, ...root.querySelectorAll(".yg-listing")]) count(list);
  }

  let last_tick = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest('input[name="ids"]');
    if (box) {
      const list = box.closest(".yg-listing");
      const boxes = ticks(list);
      if (event.shiftKey && last_tick && boxes.includes(last_tick)) {
        const [from, to] = [boxes.indexOf(last_tick), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last_tick = box;
      count(list);
      return;
    }
    const whole = event.target.closest("[data-all-pages]");
    if (whole) count(whole.closest(".yg-listing"));
    const all = event.target.closest("[data-ticks-all]");
    if (all) {
      const list = all.closest(".yg-listing");
      for (const one of ticks(list)) one.checked = all.checked;
      count(list);
    }
  });

  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label")) location.href = row.dataset.href;
  });

  function step(list, by) {
    const rows = [...list.querySelectorAll("tbody tr")];
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[Math.min(rows.length - 1, Math.max(0, here + by))];
    const target = row && row.querySelector("a, input");
    if (target) {
      target.focus();
      row.scrollIntoView({ block: "nearest" });
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const list = document.querySelector(".yg-listing");
    if (!list) return;
    const row = document.activeElement.closest("tbody tr");
    if (event.key === "/") {
      const first = list.querySelector(".yg-conditions input:not([type=hidden]), .yg-conditions select");
      if (!first) return;
      event.preventDefault();
      first.focus();
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(list, event.key === "j" ? 1 : -1);
    } else if (event.key === "x" && row) {
      const box = row.querySelector('input[name="ids"]');
      if (box) box.click();
    } else if (event.key === "Enter" && row && row.dataset.href && event.target.matches("[type=checkbox]")) {
      event.preventDefault();
      location.href = row.dataset.href;
    }
  });

  document.addEventListener("htmx:load", (event) => dress(event.target));
  document.addEventListener("DOMContentLoaded", () => {
    // Ticked before anything was there to hear it.
    for (const all of document.querySelectorAll("[data-ticks-all]:checked")) {
      for (const one of ticks(all.closest(".yg-listing"))) one.checked = true;
    }
    dress(document);
  });
})();
