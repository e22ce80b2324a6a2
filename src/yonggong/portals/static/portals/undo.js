// A decision that can still be taken back: its seconds run down, Z takes the latest one back.
for (const bar of document.querySelectorAll("[data-undo-seconds]")) {
  const ends = Date.now() + Number(bar.dataset.undoSeconds) * 1000;
  const left = bar.querySelector("[data-undo-left]");
  const ticking = setInterval(() => {
    const seconds = Math.ceil((ends - Date.now()) / 1000);
    left.textContent = Math.max(0, seconds);
    if (seconds > 0) return;
    clearInterval(ticking);
    bar.remove();
  }, 250);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
  if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() !== "z") return;
  const button = document.querySelector("[data-undo]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
