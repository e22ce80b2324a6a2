// Findings of the law and problems of single fields, shown while people type, and gone when mended.

import { showAdvice } from "./advice.js";
import { controlsOf, partOf, valuesOf } from "./controls.js";
import { sendable } from "./sending.js";
import { headers } from "./session.js";
import { UPLOADED } from "./uploads.js";

const QUIET_MS = 600;

export function startCheck(form) {
  const url = form.dataset.checkUrl;
  const panel = form.querySelector("[data-findings]");
  if (!url || !panel) {
    forgetRequired(form);
    return;
  }
  // Only fields that a person has changed and left are spoken of; the rest may be on their way.
  const changed = new Set();
  const left = new Set();
  let timer = 0;
  let running = null;

  async function check() {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(url, { method: "POST", body: sendable(form), headers: headers(), signal: running.signal });
      if (response.ok) show(form, panel, await response.text(), changed, left);
    } catch {
      // Superseded or not reached: the server checks again on submission.
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, QUIET_MS);
  };
  const touched = (event) => {
    const name = event.target.closest("[data-field]")?.dataset.field;
    if (name) changed.add(name);
    if (name || event.target.name) later();
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener(UPLOADED, later);
  form.addEventListener("focusout", (event) => {
    const cell = event.target.closest("[data-field]");
    if (!changed.has(cell?.dataset.field) || cell.contains(event.relatedTarget)) return;
    left.add(cell.dataset.field);
    later();
  });
  check();
}

/** Where nobody checks while people type: what was empty and is answered is mended. */
function forgetRequired(form) {
  form.addEventListener("change", (event) => {
    const cell = event.target.closest("[data-field]");
    if (!cell?.querySelector('[data-error] > [data-code="required"]')) return;
    const name = cell.dataset.field;
    if (!valuesOf(form, name).length) return;
    showProblems(form, cell, [...cell.querySelectorAll('[data-error] > :not([data-code="required"])')]);
    const summary = form.querySelector("[data-summary]");
    summary?.querySelector(`li[data-of="${CSS.escape(name)}"][data-code="required"]`)?.remove();
    if (summary) countLeft(summary, summary.querySelectorAll("li").length);
  });
}

function show(form, panel, html, changed, left) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const summary = form.querySelector("[data-summary]");
  showFindings(panel, trimmed(answer, summary, changed, left));
  for (const cell of form.querySelectorAll("[data-field]")) {
    const name = cell.dataset.field;
    showAdvice(cell, answer);
    const remarks = [...answer.querySelectorAll(`[data-remark="${CSS.escape(name)}"]`)];
    partOf(cell, "[data-remarks]")?.replaceChildren(...remarks.flatMap((one) => [...one.children]));
    const fresh = [...answer.querySelectorAll(`[data-problem="${CSS.escape(name)}"]`)];
    showProblems(form, cell, toShow(cell, fresh, changed.has(name), left.has(name)));
  }
  if (summary) showSummary(summary, answer, changed);
  for (const link of form.querySelectorAll("[data-nav]")) countFaulty(form, link);
}

/** Without what the summary on top says already, and what is still being typed. */
function trimmed(answer, summary, changed, left) {
  const fresh = answer.querySelector("[data-check-findings]");
  const said = (name) => answer.querySelector(`[data-problem="${CSS.escape(name)}"]`)?.textContent.trim() ?? "";
  for (const wrong of fresh.querySelectorAll("[data-wrong]")) {
    const name = wrong.dataset.wrong;
    if (changed.has(name) && !left.has(name)) wrong.remove();
    // What stands in the cell is not said twice; of a field that nobody changed the cell says nothing.
    else if (!changed.has(name)) wrong.append(`：${said(name)}`);
  }
  for (const part of fresh.querySelectorAll("[data-unchecked]")) {
    if (summary || !part.querySelector("a, [data-wrong]")) part.remove();
  }
  if (!fresh.children.length) {
    const words = summary ? "请先改正上方列出的内容。" : "填写后在此显示检查结果。";
    fresh.append(Object.assign(document.createElement("p"), { className: "yf-quiet", textContent: words }));
  }
  return fresh;
}

/** The problems to stand in a cell now, out of those `fresh` from the server and those shown. */
function toShow(cell, fresh, isChanged, isLeft) {
  const shown = [...partOf(cell, "[data-error]").children];
  const codes = new Set(shown.map((problem) => problem.dataset.code));
  const found = new Set(fresh.map((problem) => problem.dataset.code));
  // An empty field is told of on submission, not while people find their way.
  const said = fresh.filter(({ dataset: { code } }) => codes.has(code) || (isLeft && code !== "required"));
  // What only submission can find stays until its field is changed.
  const kept = shown.filter((problem) => !isChanged && !found.has(problem.dataset.code) && !seenLive(problem));
  for (const problem of said) problem.dataset.live = "";
  return [...kept, ...said];
}

const seenLive = (problem) => problem.dataset.live !== undefined;

/** Replace the panel only when it says something new; keep what is being typed into it. */
function showFindings(panel, fresh) {
  const typed = new Map([...panel.querySelectorAll("textarea")].map((area) => [area.name, area]));
  const focused = document.activeElement;
  for (const area of fresh.querySelectorAll("textarea")) {
    const present = typed.get(area.name);
    if (present) area.replaceWith(present);
  }
  const texts = (element) => [...element.querySelectorAll("p, label")].map((line) => line.textContent.trim()).join("\n");
  panel.dataset.said ??= texts(panel);
  const says = texts(fresh);
  if (says === panel.dataset.said && [...typed.values()].every((area) => panel.contains(area))) return;
  panel.dataset.said = says;
  panel.replaceChildren(...fresh.childNodes);
  if (panel.contains(focused)) focused.focus({ preventScroll: true });
}

/** Take what is mended out of the summary; when nothing is left, the summary goes. */
function showSummary(summary, answer, changed) {
  const findings = answer.querySelectorAll("[data-of-finding]").length;
  let count = 0;
  for (const line of summary.querySelectorAll("li")) {
    const { of: name, code } = line.dataset;
    const still =
      code === "findings"
        ? findings > 0
        : [...answer.querySelectorAll(`[data-problem="${CSS.escape(name)}"]`)].some((problem) => problem.dataset.code === code);
    if (still) line.dataset.live = "";
    else if (seenLive(line) || changed.has(name)) {
      line.remove();
      continue;
    }
    if (code === "findings") line.querySelector("a").textContent = `合规检查有 ${findings} 项须处理`;
    count += code === "findings" ? findings : 1;
  }
  countLeft(summary, count);
}

function countLeft(summary, count) {
  summary.querySelector("[data-count]").textContent = count;
  if (!count) summary.remove();
}

function countFaulty(form, link) {
  const badge = link.querySelector("[data-faulty]");
  if (!badge) return;
  const faulty = form.querySelectorAll(`#${CSS.escape(link.dataset.nav)} [data-field] [data-error]:not(:empty)`).length;
  badge.hidden = faulty === 0;
  badge.textContent = `${faulty} 处有误`;
}

function showProblems(form, cell, problems) {
  const place = partOf(cell, "[data-error]");
  const texts = (lines) => lines.map((line) => line.textContent.trim()).join("\n");
  const before = [...place.children];
  if (texts(before) !== texts(problems)) {
    place.replaceChildren(
      ...problems.map((problem) => {
        const line = Object.assign(document.createElement("div"), { textContent: problem.textContent.trim() });
        Object.assign(line.dataset, { code: problem.dataset.code, ...("live" in problem.dataset ? { live: "" } : {}) });
        return line;
      }),
    );
  } else before.forEach((line, at) => "live" in problems[at].dataset && (line.dataset.live = ""));
  if (!before.length && !problems.length) return;
  const controls = [...controlsOf(form, cell.dataset.field), ...cell.querySelectorAll(".yf-cascade select, .ts-control input, [role=radiogroup]")];
  for (const control of controls) {
    control.classList.toggle("is-invalid", problems.length > 0);
    if (problems.length) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  cell.querySelector(".ts-wrapper")?.classList.toggle("is-invalid", problems.length > 0);
}
