// Selects that can be searched by typing: long tables on the server, middling ones on the page.

import { cellOf, onWritten, tell } from "./controls.js";
import { fetchOptions } from "./options.js";
import { keepUnlessSought, TEXTS } from "./searching.js";

export async function startChoices(form) {
  const remote = [...form.querySelectorAll("input[data-search-url]")];
  const local = [...form.querySelectorAll("select[data-choices]")];
  if (!remote.length && !local.length) return;
  let TomSelect;
  try {
    TomSelect = await load(form);
  } catch {
    return; // plain selects and inputs go on working
  }
  remote.forEach((input) => searchOnServer(form, input, TomSelect));
  local.forEach((select) => searchOnPage(form, select, TomSelect));
}

async function load(form) {
  if (!window.TomSelect) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = form.dataset.tomSelectStyle;
    document.head.append(style);
    await import(form.dataset.tomSelectScript);
  }
  return window.TomSelect;
}

function searchOnPage(form, select, TomSelect) {
  const control = new TomSelect(select, {
    ...settings(form, select.name),
    allowEmptyOption: false,
    maxOptions: null,
    searchField: ["text", "value", "pinyin"],
    render: {
      ...TEXTS,
      item: (option, escape) => `<div>${escape(option.text.trim())}</div>`, // not moved in
    },
    plugins: select.multiple ? ["remove_button"] : [],
  });
  onWritten(select, () => control.sync());
}

function searchOnServer(form, input, TomSelect) {
  const { searchUrl, code } = input.dataset;
  const select = document.createElement("select");
  select.className = input.className.replace("form-control", "form-select");
  select.id = input.id;
  select.name = input.name;
  select.disabled = input.disabled;
  for (const name of ["aria-describedby", "aria-required", "aria-invalid"]) {
    if (input.hasAttribute(name)) select.setAttribute(name, input.getAttribute(name));
  }
  select.append(new Option("", ""));
  if (code) select.append(new Option(input.value, code, true, true));
  else if (input.value) tell(form, input.name, `原填写：${input.value}`);
  input.replaceWith(select);
  const control = new TomSelect(select, {
    ...settings(form, select.name),
    valueField: "code",
    labelField: "label",
    searchField: [],
    preload: "focus",
    load: (query, done) => {
      control.clearOptions();
      fetchOptions(searchUrl, { q: query }).then(done, () => done());
    },
    render: { ...TEXTS, option: drawOption },
  });
  onWritten(select, ({ value, words }) => {
    control.addOption({ code: value, label: words || value });
    control.setValue(value, true);
  });
}

function settings(form, name) {
  return {
    placeholder: "输入名称、拼音或代码查找",
    render: TEXTS,
    hidePlaceholder: true,
    onInitialize() {
      keepUnlessSought(this);
      // Only the search box is for people; the select beneath carries the value.
      this.input.setAttribute("aria-hidden", "true");
      // The stars and errors of the cell hold for the search box too.
      const described = cellOf(form, name)?.querySelector("[aria-describedby]");
      const ids = described?.getAttribute("aria-describedby");
      if (ids) this.control_input.setAttribute("aria-describedby", ids);
    },
  };
}

function drawOption(option, escape) {
  const above = option.above ? `<span class="yf-above">${escape(option.above)}</span>` : "";
  return `<div>${escape(option.label ?? option.text)} <span class="yf-code">${escape(option.code)}</span>${above}</div>`;
}
