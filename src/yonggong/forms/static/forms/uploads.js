// Files go up one by one as they are chosen, with their progress; the slot is drawn anew by the
// server after each.

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
      post(form, button.closest("[data-slot]"), button.dataset.deleteUrl, new FormData());
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
  post(form, slot, slot.dataset.uploadUrl, body);
}

function post(form, slot, url, body) {
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const progress = slot.querySelector("progress");
  const request = new XMLHttpRequest(); // fetch tells nothing of a body on its way
  request.open("POST", url);
  request.upload.addEventListener("progress", (event) => {
    progress.hidden = false;
    if (event.lengthComputable) progress.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => {
    progress.hidden = true;
    if (request.status < 300) redraw(slot, request.responseText);
    else if (request.status < 500 && request.responseText.length < 300) refuse(slot, request.responseText);
    else refuse(slot, "上传没有成功，请稍后再试");
  });
  request.addEventListener("error", () => {
    progress.hidden = true;
    refuse(slot, "网络不通，上传没有成功，请稍后再试");
  });
  request.send(body);
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
