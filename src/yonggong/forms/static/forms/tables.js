// A table in a form: rows come and go, Excel pastes into it, sums stand under it. Without scripts
// its cells are ordinary controls, and a few empty rows are there.

import { startConditions } from "./conditions.js";
import { startDates } from "./dates.js";
import { startIdentity } from "./identity.js";

const CONTROLS = "input:not([type=hidden]):not([data-calendar]), select, textarea";

export function startTables(form) {
  const tables = [...form.querySelectorAll("[data-table]")];
  for (const table of tables) startTable(form, table);
  // All rows travel as one answer: a form has only so many fields.
  form.addEventListener("formdata", ({ formData }) => {
    for (const table of tables) {
      if (table.closest("[data-field]").hidden) continue;
      const name = table.dataset.table;
      const rows = rowsOf(table).map((row) => {
        const answers = {};
        for (const control of controlsIn(row)) if (!control.disabled) answers[columnOf(control)] = control.value;
        return answers;
      });
      for (const key of [...formData.keys()]) if (key.startsWith(`${name}__`)) formData.delete(key);
      formData.set(name, JSON.stringify(rows));
    }
  });
}

const rowsOf = (table) => [...table.querySelectorAll("[data-row]")];
const controlsIn = (row) => [...row.querySelectorAll(CONTROLS)];
const columnOf = (control) => control.name.split("__")[2];
const controlIn = (row, column) => controlsIn(row).find((control) => columnOf(control) === column);

function startTable(form, table) {
  table.querySelector("[data-actions]").hidden = false;
  for (const button of table.querySelectorAll("[data-remove]")) button.hidden = false;
  table.querySelector("[data-add]").addEventListener("click", () => {
    const row = addRow(table);
    if (row) controlsIn(row)[0]?.focus();
  });
  table.addEventListener("click", (event) => {
    if (event.target.closest("[data-remove]")) removeRow(table, event.target.closest("[data-row]"));
  });
  table.addEventListener("keydown", (event) => onKey(table, event));
  table.addEventListener("paste", (event) => onPaste(table, event));
  for (const kind of ["input", "change"]) table.addEventListener(kind, () => addUp(table));
  addUp(table);
}

function onKey(table, event) {
  const row = event.target.closest("[data-row]");
  if (!row || event.isComposing || !event.target.matches(CONTROLS)) return;
  const rows = rowsOf(table);
  const go = (other) => other && controlIn(other, columnOf(event.target))?.focus();
  if (event.key === "Enter" && event.target.tagName !== "TEXTAREA") {
    event.preventDefault();
    go(rows[rows.indexOf(row) + 1] ?? addRow(table));
  } else if (event.key === "Delete" && event.ctrlKey) {
    event.preventDefault();
    removeRow(table, row, columnOf(event.target));
  } else if (event.target.matches("input:not([data-date])") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    go(rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)]);
  }
}

function addRow(table) {
  const rows = rowsOf(table);
  if (rows.length >= Number(table.dataset.most)) {
    say(table, `最多 ${table.dataset.most} 行`);
    return null;
  }
  const pattern = table.querySelector("template[data-pattern]").content.querySelector("[data-row]");
  const row = document.importNode(pattern, true);
  number(row, rows.length + 1);
  row.querySelector("[data-remove]").hidden = false;
  table.querySelector("[data-rows]").append(row);
  startDates(row);
  startConditions(row);
  startIdentity(row);
  return row;
}

function removeRow(table, row, column) {
  const rows = rowsOf(table);
  const place = rows.indexOf(row);
  if (rows.length === 1) addRow(table);
  row.remove();
  const left = rowsOf(table);
  left.forEach((other, index) => number(other, index + 1));
  const next = left[Math.min(place, left.length - 1)];
  (column ? controlIn(next, column) : controlsIn(next)[0])?.focus();
  say(table, `已删除第 ${place + 1} 行`);
  next.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Rows are called by where they stand, so that what is said of a row means the one people see. */
function number(row, place) {
  row.querySelector("[data-number]").textContent = place;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (name !== "value" && /__\d+__/.test(value)) element.setAttribute(name, value.replace(/__\d+__/g, `__${place}__`));
    }
  }
}

function onPaste(table, event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const start = event.target.closest("[data-row]");
  if (!start || !event.target.matches(CONTROLS) || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  let lines = cellsOf(text);
  const all = [...table.querySelectorAll("[data-column]")];
  const columns = headingsIn(lines[0], all) ?? all.map((one) => one.dataset.column).slice(columnsBefore(all, event.target));
  if (headingsIn(lines[0], all)) lines = lines.slice(1);
  let row = start;
  let pasted = 0;
  for (const line of lines) {
    row ??= addRow(table);
    if (!row) break;
    line.forEach((cell, index) => {
      const control = columns[index] && controlIn(row, columns[index]);
      if (control) put(control, cell.trim());
    });
    pasted += 1;
    row = row.nextElementSibling;
  }
  for (const changed of rowsOf(table)) {
    for (const control of controlsIn(changed)) control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
  const over = lines.length - pasted;
  say(table, over ? `已粘贴 ${pasted} 行，另有 ${over} 行超出最多 ${table.dataset.most} 行，没有粘贴` : `已粘贴 ${pasted} 行`);
}

const columnsBefore = (all, control) => all.findIndex((one) => one.dataset.column === columnOf(control));

/** The columns that a pasted first line names, or nothing where it is no line of headings. */
function headingsIn(line, all) {
  const plain = (text) => text.replace(/[*＊★\s]/g, "");
  const known = new Map(all.map((one) => [plain(one.querySelector("[data-heading]").textContent), one.dataset.column]));
  const found = line.map((text) => known.get(plain(text)));
  const named = found.filter(Boolean).length;
  return named && named >= line.filter((text) => text.trim()).length / 2 ? found : null;
}

/** Lines of cells as spreadsheets write them: tabs between, quotes around what holds a line's end. */
function cellsOf(text) {
  const lines = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    const line = lines.at(-1);
    if (quoted) {
      if (char !== '"') line[line.length - 1] += char;
      else if (text[at + 1] === '"') {
        line[line.length - 1] += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && line.at(-1) === "") quoted = true;
    else if (char === "\t") line.push("");
    else if (char === "\n") lines.push([""]);
    else if (char !== "\r") line[line.length - 1] += char;
  }
  if (lines.length > 1 && lines.at(-1).join("") === "") lines.pop();
  return lines;
}

function put(control, text) {
  if (control.tagName !== "SELECT") {
    control.value = text;
    return;
  }
  const option = [...control.options].find((one) => one.value === text || one.textContent.trim() === text);
  if (!option && text) control.append(new Option(`${text}（不在可选范围内）`, text));
  control.value = option ? option.value : text;
}

function addUp(table) {
  for (const foot of table.querySelectorAll("[data-total]")) {
    let sum = 0;
    for (const row of rowsOf(table)) {
      const text = controlIn(row, foot.dataset.total)?.value.replace(/[,，\s]/g, "") ?? "";
      const value = Number(/^-?\d+(\.\d+)?/.exec(text)?.[0] ?? 0);
      sum += text.includes("万") ? value * 10000 : value;
    }
    foot.textContent = sum.toLocaleString("zh-CN", { minimumFractionDigits: Number(foot.dataset.places), maximumFractionDigits: Number(foot.dataset.places) });
  }
}

function say(table, text) {
  table.querySelector("[data-table-said]").textContent = text;
}
