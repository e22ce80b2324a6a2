// A code chosen level by level: province, city, county; section, division, group, class.
// The text input that works without scripts becomes the hidden bearer of the code.

import { onWritten, tell } from "./controls.js";
import { fetchOptions } from "./options.js";

export function startCascades(form) {
  for (const input of form.querySelectorAll("[data-cascade-url]")) start(form, input);
}

async function start(form, input) {
  const cascade = new Cascade(form, input);
  onWritten(input, ({ value }) => cascade.show(value));
  try {
    await cascade.draw(JSON.parse(input.dataset.path));
  } catch {
    cascade.giveUp();
  }
}

class Cascade {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.levels = JSON.parse(input.dataset.levels);
    this.row = document.createElement("div");
    this.row.className = "yf-cascade";
    this.label = form.querySelector(`#${CSS.escape(input.id)}-label`)?.textContent.trim() ?? "";
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", this.label.replace("*", ""));
    this.words = input.value;
  }

  /** Show the selects of every level of `path` (codes, topmost first), and one more to choose. */
  async draw(path) {
    const lists = await Promise.all(
      [null, ...path].map((parent) => fetchOptions(this.input.dataset.cascadeUrl, { parent })),
    );
    const selects = lists
      .map((options, level) => this.select(options, level, path[level] ?? ""))
      .filter(Boolean);
    this.row.replaceChildren(...selects);
    if (!this.row.isConnected) this.takeOver();
  }

  /** The selects stand in for the input from now on; the first one answers to its label. */
  takeOver() {
    const { input } = this;
    // What could not be understood, or was typed before, stays in sight beside the selects.
    if (input.value && (!input.dataset.code || input.value !== this.words)) tell(this.form, input.name, `原填写：${input.value}`);
    input.value = input.dataset.code;
    input.type = "hidden";
    input.after(this.row);
  }

  select(options, level, chosen) {
    if (!options.length) return null;
    const select = document.createElement("select");
    select.className = "form-select";
    select.disabled = this.input.disabled;
    const name = this.levels[level] ?? "下级";
    select.setAttribute("aria-label", `${this.label.replace("*", "")}：${name}`);
    for (const attribute of ["aria-describedby", "aria-required", "aria-invalid"]) {
      const value = this.input.getAttribute(attribute);
      if (value) select.setAttribute(attribute, value);
    }
    select.classList.toggle("is-invalid", this.input.classList.contains("is-invalid"));
    select.append(new Option(name, ""));
    for (const option of options) {
      const line = new Option(option.label, option.code);
      line.dataset.more = option.more ? "yes" : "";
      select.append(line);
    }
    select.value = chosen;
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      this.choose(select);
    });
    return select;
  }

  async choose(select) {
    while (select.nextElementSibling) select.nextElementSibling.remove();
    const line = select.selectedOptions[0];
    this.input.value = line.value || (select.previousElementSibling?.value ?? "");
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    if (!line.value || !line.dataset.more) return;
    const chosen = this.input.value;
    try {
      const options = await fetchOptions(this.input.dataset.cascadeUrl, { parent: chosen });
      if (this.input.value !== chosen) return;
      const next = this.select(options, this.row.children.length, "");
      if (next) this.row.append(next);
      tell(this.form, this.input.name, "");
    } catch {
      tell(this.form, this.input.name, "下一级列表没有取到，请检查网络后重新选择。");
    }
  }

  /** A script wrote `code`: find its path by going down from the top. */
  async show(code) {
    const path = [];
    for (let parent = null, found = true; found; ) {
      const options = await fetchOptions(this.input.dataset.cascadeUrl, { parent });
      const next = options.find((option) => leadsTo(option.code, code));
      found = Boolean(next) && !path.includes(next.code);
      if (found) path.push((parent = next.code));
      if (parent === code) break;
    }
    if (path.at(-1) === code) await this.draw(path);
  }

  /** No choices could be had: leave the text input, which takes a name or a code. */
  giveUp() {
    this.input.type = "text";
    tell(this.form, this.input.name, "列表没有取到，可直接填写名称或代码。");
  }
}

// Codes of regions fill up with zeros; other tables lengthen the code level by level.
function leadsTo(outer, inner) {
  const stem = outer.replace(/(00)+$/, "");
  return outer === inner || inner.startsWith(stem);
}
