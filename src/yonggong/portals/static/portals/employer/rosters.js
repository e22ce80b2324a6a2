// Printing a saved paper from the page that shows it.
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-prints-paper]");
    const frame = document.querySelector(".ye-paper iframe");
    if (!link || !frame) return;
    try {
      frame.contentWindow.focus();
      frame.contentWindow.print();
      event.preventDefault();
    } catch {
      // A viewer that lets no page print it: the link opens the paper in a window of its own.
    }
  });
})();
