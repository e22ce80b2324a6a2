// While an input method composes, its keys are its own: Enter puts the letters in and sends
// nothing, arrows walk among its candidates. Safari tells of this by the key code 229 only.

addEventListener(
  "keydown",
  (event) => {
    if (!event.isComposing && event.keyCode !== 229) return;
    event.stopPropagation();
    if (event.key === "Enter") event.preventDefault();
  },
  true,
);
