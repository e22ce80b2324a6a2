// Keeps a half-filled form as a draft: soon after typing stops, and when the page is left.

import { sendable } from "./sending.js";

const QUIET_MS = 2000;
const RETRY_MS = 15000;

export function startAutosave(form) {
  const url = form.dataset.autosaveUrl;
  const status = form.querySelector("[data-draft]");
  if (!url || !status) return;
  let timer = 0;
  let unsaved = false;
  let submitted = false;

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  async function save() {
    if (submitted || !unsaved) return;
    unsaved = false;
    try {
      const response = await fetch(url, { method: "POST", body: sendable(form), redirect: "manual" });
      if (response.ok) status.textContent = `草稿已自动保存 ${clock(new Date())}`;
      else if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
        status.textContent = "登录已失效，草稿没有保存，请重新登录";
      } else throw new Error(String(response.status));
    } catch {
      unsaved = true;
      status.textContent = "草稿没有保存，稍后自动重试";
      later(RETRY_MS);
    }
  }

  const changed = (event) => {
    if (event.target.type === "file") return;
    unsaved = true;
    later(QUIET_MS);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    submitted = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (submitted = false));
  addEventListener("pagehide", () => {
    if (unsaved && !submitted) navigator.sendBeacon(url, sendable(form));
  });
}

function clock(time) {
  return `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
}
