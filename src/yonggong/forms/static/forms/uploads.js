// Files go up one by one as they are chosen, with their progress; the slot is drawn anew by the
// server after each.

import { during, headers, promise, ready, token } from "./session.js";

const MOST_TRIES = 5;

/** The event on a form whose files have changed. */
export const UPLOADED = "forms:uploaded";

export function startUploads(form) {
  form.addEventListener("change", (event) => {
    const slot = event.target.closest?.("[data-slot]");
    if (slot?.dataset.uploadUrl && event.target.type === "file") {
      for (const file of event.target.files) upload(form, slot, file);
      event.target.value = "";
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-delete-url]");
    if (button && confirm(`确定${button.getAttribute("aria-label")}吗？`)) {
      promise(post(form, button.closest("[data-slot]"), button.dataset.deleteUrl, new FormData()));
    }
  });
}

function upload(form, slot, file) {
  const most = Number(slot.dataset.maxBytes);
  if (file.size > most) {
    refuse(slot, `“${file.name}”超过 ${Math.floor(most / 1048576)} MB，请压缩后重新上传`);
    return;
  }
  const body = new FormData();
  body.append("file", file);
  // A form that is sent before it has arrived would leave it behind.
  promise(post(form, slot, slot.dataset.uploadUrl, body));
}

/** Send it, as often as the line or the session drops; the file is kept meanwhile. */
async function post(form, slot, url, body) {
  const progress = slot.querySelector("progress");
  for (let left = MOST_TRIES; left > 0; left -= 1) {
    if (!(await ready())) return refuse(slot, "文件没有上传，请重新登录后再选择文件");
    const answer = await during(sent(url, body, progress));
    progress.hidden = true;
    if (answer.status >= 200 && answer.status < 300) return redraw(slot, answer.text);
    if (![0, 401, 502, 503, 504].includes(answer.status)) return refuse(slot, reason(answer));
  }
  refuse(slot, "上传没有成功，请稍后再试");
}

function sent(url, body, progress) {
  if (token()) body.set("csrfmiddlewaretoken", token());
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of a body on its way
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = false;
      if (event.lengthComputable) progress.value = (event.loaded / event.total) * 100;
    });
    request.addEventListener("load", () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener("error", () => resolve({ status: 0, text: "" }));
    request.send(body);
  });
}

function reason({ status, text }) {
  try {
    return JSON.parse(text).message;
  } catch {
    return status < 500 && text.length < 300 ? text : "上传没有成功，请稍后再试";
  }
}

function redraw(slot, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-slot]");
  if (!fresh) return;
  slot.replaceWith(fresh);
  fresh.querySelector("input[type=file]").focus();
  fresh.closest("form")?.dispatchEvent(new Event(UPLOADED));
}

function refuse(slot, text) {
  slot.querySelector("[data-error]").textContent = text;
  slot.classList.add("yf-slot-faulty");
}
