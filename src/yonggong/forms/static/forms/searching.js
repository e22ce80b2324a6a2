// Boxes in which choices are found by typing (Tom Select): what holds for all of them.

const line = (className, textContent) => Object.assign(document.createElement("div"), { className, textContent });

/** What a box says for itself. */
export const TEXTS = {
  no_results: () => line("no-results", "没有相符的选项"),
  loading: () => line("yf-loading", "正在查找…"),
};

/** A box that people only pass through keeps what it holds: Tab never chooses, and Enter only
 * what was sought, by typing or with the arrows, since the box was entered or last chose. */
export function keepUnlessSought(control) {
  let sought = false;
  const forget = () => (sought = false);
  control.on("focus", forget);
  control.on("item_add", forget);
  // Who types fast has chosen, or gone on, before the list of what they typed is drawn anew; drawn
  // then, it would open again and take the keyboard back.
  const settle = () => {
    clearTimeout(control.refreshTimeout);
    control.refreshTimeout = null;
  };
  control.on("item_add", settle);
  control.on("blur", settle);
  control.wrapper.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") sought = true;
      // A closed list has nothing to choose: the key goes on to the form.
      if (event.key === "Enter" && !sought && !control.inputValue()) control.close();
    },
    true,
  );
}
