// What every page does by itself: menus, messages, confirmations, searchable choices, and what
// happens around htmx. No inline scripts anywhere: the browser refuses them.

import { startDates } from "../forms/dates.js";
import { keepUnlessSought, TEXTS } from "../forms/searching.js";
import { headers, token, whole } from "../forms/session.js";
import { retype } from "./retyped.js";

(() => {
  // Press once: the same form is not sent twice by a double click. (The server holds it too, by
  // the idempotency key; this only spares people a second answer.)
  const RESEND_AFTER_MS = 8000;

  function dressSelects(root) {
    if (!window.TomSelect) return;
    for (const select of root.querySelectorAll("select[data-searchable]")) {
      if (select.tomselect) continue;
      new TomSelect(select, {
        maxOptions: 500,
        allowEmptyOption: true,
        searchField: ["text", "pinyin"],
        render: TEXTS,
        onInitialize() {
          keepUnlessSought(this);
        },
      });
    }
  }

  function toast(text) {
    const area = document.getElementById("messages");
    if (!area) return;
    const box = document.createElement("div");
    box.className = "yg-message yg-message-error";
    box.setAttribute("role", "alert");
    const icon = document.createElement("i");
    icon.className = "ti ti-alert-circle";
    icon.setAttribute("aria-hidden", "true");
    const words = document.createElement("div");
    words.textContent = text;
    box.append(icon, words);
    area.replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggles]");
    if (toggle) {
      const open = document.getElementById(toggle.dataset.toggles).classList.toggle("yg-open");
      toggle.setAttribute("aria-expanded", String(open));
    }
    const dismiss = event.target.closest("[data-dismisses]");
    if (dismiss) dismiss.closest(dismiss.dataset.dismisses).remove();
    if (event.target.closest("[data-goes-back]")) history.back();
    if (event.target.closest("[data-prints]")) window.print();
  });

  // Before anything is sent: is the same person still signed in, is there a line? A form waits for
  // both, files and all, and goes with the token of now.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post" || event.submitter?.formMethod === "get" || form.hasAttribute("data-anytime")) return renew(form);
      if (!document.body.dataset.openedBy || "ready" in form.dataset) {
        delete form.dataset.ready;
        return renew(form);
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!form.dataset.asking) send(form, event.submitter);
    },
    true,
  );

  async function send(form, button) {
    form.dataset.asking = "1";
    const may = await whole();
    delete form.dataset.asking;
    if (!may) {
      form.querySelector("[data-picks].disabled")?.classList.remove("disabled");
      return;
    }
    form.dataset.ready = "1";
    form.requestSubmit(button?.form === form && !button.disabled ? button : null);
  }

  function renew(form) {
    const field = form.elements.namedItem("csrfmiddlewaretoken");
    if (field && token()) field.value = token();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const question = (button && button.dataset.confirm) || form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const asks = form.method !== "post" || (button && button.formMethod === "get");
    if (asks || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (!form.hasAttribute("data-repeatable") && !form.closest("[hx-post]")) {
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, RESEND_AFTER_MS);
    }
  });

  // A page restored from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  document.addEventListener("htmx:configRequest", (event) => {
    Object.assign(event.detail.headers, headers());
    delete event.detail.headers["X-Part"]; // a part of a page leads to the sign-in page by itself
    if (event.detail.formData.has("csrfmiddlewaretoken")) event.detail.formData.set("csrfmiddlewaretoken", token());
    const form = event.target.closest("form[data-drops-empty]");
    if (!form) return;
    // Conditions left empty stay out of the address.
    for (const name of [...new Set(event.detail.formData.keys())]) {
      const filled = event.detail.formData.getAll(name).filter((value) => value !== "");
      event.detail.formData.delete(name);
      for (const value of filled) event.detail.formData.append(name, value);
    }
  });

  const bar = document.createElement("div");
  bar.id = "yg-progress";
  let under_way = 0;
  document.addEventListener("htmx:beforeRequest", () => {
    under_way += 1;
    bar.classList.add("yg-running");
  });
  document.addEventListener("htmx:afterRequest", () => {
    under_way = Math.max(0, under_way - 1);
    if (!under_way) bar.classList.remove("yg-running");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const gone = event.detail.xhr.status === 404;
    toast(gone ? "该内容已不存在，请刷新页面。" : "操作没有完成，请刷新页面后重试。");
  });
  document.addEventListener("htmx:sendError", () => toast("网络连接中断，请检查网络后重试。"));
  document.addEventListener("htmx:load", (event) => {
    dressSelects(event.target);
    startDates(event.target);
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(bar);
    retype();
    dressSelects(document);
    startDates(document);
  });
})();
