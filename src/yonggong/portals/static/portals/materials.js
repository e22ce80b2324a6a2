// Materials: a file goes up as soon as it is chosen; a look at a file opens over the page.
"use strict";

(() => {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-uploads]");
    if (!form || !event.target.files.length) return;
    form.querySelector("[data-picks]").classList.add("disabled");
    form.requestSubmit();
  });

  const viewer = document.getElementById("viewer");
  if (!viewer) return;
  const place = viewer.querySelector("[data-viewed]");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-views]");
    // With a modifier key people ask for a window of its own.
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const shown = document.createElement(link.dataset.views === "picture" ? "img" : "iframe");
      shown.src = link.href;
      shown[link.dataset.views === "picture" ? "alt" : "title"] = link.dataset.title;
      viewer.querySelector("h2").textContent = link.dataset.title;
      place.replaceChildren(shown);
      viewer.showModal();
    }
    if (event.target.closest("[data-closes-viewer]") || event.target === viewer) viewer.close();
  });
  viewer.addEventListener("close", () => place.replaceChildren());
})();
