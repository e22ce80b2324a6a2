// Days and months typed or pasted in any of the ways that people write them: as soon as a field is
// left it shows them as the server reads them (forms/reading.py). What cannot be read stays as it
// is, for the server to speak of. The browser's own calendar stands beside each field.

const DASHES = /[‐‑‒–—―－﹣]/g;
const DAY = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const MONTH = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?$/;
const COMPACT_MONTH = /^(\d{4})(\d{2})$/;

/** `text` as 2026-11-20, or null where it is no day. */
export function readDay(text) {
  const written = tidy(text);
  const found = written.match(DAY) ?? written.match(COMPACT_DAY);
  return found && existing(found[1], found[2], found[3]);
}

/** `text` as 2026-11, or null where it is neither a month nor a day in it. */
export function readMonth(text) {
  const written = tidy(text);
  const found = written.match(MONTH) ?? written.match(COMPACT_MONTH);
  return (found ? existing(found[1], found[2], "1") : readDay(text))?.slice(0, 7) ?? null;
}

function tidy(text) {
  return text.normalize("NFKC").replace(DASHES, "-").replace(/[\u200b-\u200f\u2060\ufeff]/g, "").replace(/\s/g, " ").trim();
}

function existing(year, month, day) {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const same = new Date(`${iso}T00:00:00Z`).toJSON()?.slice(0, 10) === iso;
  return same && year >= "1900" && year <= "2100" ? iso : null;
}

const read = (input) => (input.dataset.date === "month" ? readMonth : readDay)(input.value);

// First of all who hear of the change, so that everybody else reads the tidied value.
document.addEventListener(
  "change",
  ({ target }) => {
    if (target.matches?.("input[data-date]")) target.value = read(target) ?? target.value;
  },
  true,
);

// A day written whole is an answer already, before the field is left.
document.addEventListener("input", ({ target }) => {
  if (target.matches?.("input[data-date]") && target.value && read(target) === target.value) {
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

/** Put a calendar beside every day and month in `root` that has none yet. */
export function startDates(root) {
  for (const input of root.querySelectorAll("input[data-date]")) {
    if (!input.nextElementSibling?.matches("[data-calendar]")) addCalendar(input);
  }
}

function addCalendar(input) {
  const calendar = document.createElement("input");
  calendar.type = input.dataset.date;
  // Not every browser has a calendar of months.
  if (calendar.type !== input.dataset.date || !calendar.showPicker) return;
  calendar.className = "yf-calendar";
  calendar.tabIndex = -1;
  calendar.dataset.calendar = "";
  calendar.setAttribute("aria-hidden", "true");
  calendar.setAttribute("aria-label", "日历");
  for (const bound of ["min", "max"]) if (input.dataset[bound]) calendar[bound] = input.dataset[bound];

  const button = document.createElement("button");
  button.type = "button";
  button.className = "yf-calendar-button";
  // Reached by the arrow key from the field itself, so that it costs no second Tab.
  button.tabIndex = -1;
  button.title = "打开日历（在输入框中按 ↓ 键）";
  button.setAttribute("aria-label", "打开日历");
  const icon = document.createElement("i");
  icon.className = "ti ti-calendar";
  icon.setAttribute("aria-hidden", "true");
  button.append(icon);

  const open = () => {
    if (input.disabled) return;
    calendar.value = read(input) ?? "";
    calendar.showPicker();
  };
  button.addEventListener("click", open);
  input.setAttribute("aria-keyshortcuts", "ArrowDown");
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    open();
  });
  for (const heard of ["input", "change"]) {
    calendar.addEventListener(heard, (event) => {
      event.stopPropagation();
      if (input.value === calendar.value) return;
      input.value = calendar.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  input.after(calendar, button);
}
