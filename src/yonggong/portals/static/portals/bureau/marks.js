// The fields ticked as wrong: from one to the next, ticked, and a word to each.

const boxes = [...document.querySelectorAll("[name=wrong]")];
const line = (box) => box.closest(".yf-view-line");
const wordOf = (box) => line(box).querySelector(".yb-word");
let at = -1;

/** The first field that is ticked, if any is. */
export const marked = () => boxes.find((box) => box.checked);

/** To the next or previous field that is not folded away. */
export function step(by) {
  const shown = boxes.filter((box) => !box.closest("details:not([open])"));
  const here = shown.indexOf(boxes[at]);
  const next = shown[Math.min(shown.length - 1, Math.max(0, here + by))];
  if (next) stand(next);
}

/** Tick the field where one stands, or take the tick away; on to the word that it may have. */
export function tick() {
  if (at < 0) step(1);
  const box = boxes[at];
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  (box.checked ? wordOf(box) : box).focus();
}

function stand(box) {
  at = boxes.indexOf(box);
  line(box).scrollIntoView({ block: "nearest", behavior: "instant" });
  box.focus({ preventScroll: true });
}

export function startMarks() {
  for (const box of boxes) {
    box.addEventListener("focus", () => (at = boxes.indexOf(box)));
    box.addEventListener("change", tell);
    wordOf(box).addEventListener("keydown", (event) => {
      // Enter would send the form by its first button.
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.isComposing) stand(box);
    });
  }
  tell();
}

/** Which are ticked, and how many, beside the decision. */
function tell() {
  for (const box of boxes) line(box).classList.toggle("yb-wrong", box.checked);
  const count = boxes.filter((box) => box.checked).length;
  const place = document.querySelector("[data-marked]");
  if (place) place.textContent = count ? `已标记 ${count} 项有误。` : "";
}
