// Keeps a half-filled form as a draft: soon after typing stops, every few seconds while it goes on,
// and when the page is left. What could not be kept yet is said loudly, and kept as soon as it can be.

import { quiet, tell } from "./notice.js";
import { sendable } from "./sending.js";
import { post, SIGNED_IN, standing, tellOf } from "./session.js";

const QUIET_MS = 1500;
const LATEST_MS = 4000;
const RETRY_MS = 5000;
// Browsers send no more than 64 KiB of a page that is left.
const MOST_LEFT = 60000;

export function startAutosave(form) {
  const url = form.dataset.autosaveUrl;
  const status = form.querySelector("[data-draft]");
  if (!url || !status) return;
  let timer = 0;
  let since = 0; // when something was typed first that is not kept yet; 0: all is
  let saving = null; // the save under way
  let submitted = false;
  let trouble = false;

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  function save() {
    if (!submitted && !saving && since) saving = keep();
    return saving;
  }

  async function keep() {
    const began = since;
    since = 0;
    let kept = false;
    try {
      kept = await heard(await post(url, sendable(form)));
    } catch {
      fail("网络不通");
    }
    saving = null;
    trouble = !kept;
    if (!kept) since ||= began;
    if (since && !trouble) later(QUIET_MS);
  }

  /** What the answer says; whether what was sent is kept. */
  async function heard(answer) {
    const revision = answer.headers.get("X-Revision");
    if (revision) form.elements.revision.value = revision;
    if (answer.status === 401 || answer.type === "opaqueredirect") return ended(await standing());
    if (answer.status === 404) return gone();
    if (answer.status === 409 && !answer.headers.get("Content-Type").includes("html")) return elsewhere(await answer.json(), revision);
    if (answer.status !== 409 && !answer.ok) return fail("服务器暂时不能应答");
    quiet("draft");
    quiet("session");
    if (answer.status === 204) showConflict("");
    else showConflict(await answer.text());
    status.textContent = answer.status === 409 ? "内容已另存，请选择采用哪一份" : `草稿已自动保存 ${clock(new Date())}`;
    return true;
  }

  function ended(found) {
    if (found === "fine" || found === "unreachable") return fail("网络不通");
    status.textContent = "草稿没有保存";
    tellOf(found, "刚才填写的内容还没有保存。");
    return false;
  }

  function gone() {
    status.textContent = "草稿没有保存";
    tell("draft", "该草稿已在另一窗口删除，本窗口的内容没有保存。需要的内容请先复制，再重新添加。");
    return false;
  }

  function elsewhere({ message, way }, revision) {
    status.textContent = revision ? `草稿已自动保存 ${clock(new Date())}` : "草稿没有保存";
    const go = ["去切换", () => location.assign(way)];
    tell("draft", message, ...(way ? [go] : []));
    return Boolean(revision);
  }

  function fail(why) {
    status.textContent = "草稿没有保存，稍后自动重试";
    tell("draft", `${why}，刚才填写的内容还没有保存，仍保留在本页。恢复后自动保存，请不要关闭本页。`);
    later(RETRY_MS);
    return false;
  }

  function showConflict(html) {
    const place = form.querySelector("[data-notice]");
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-conflict]");
    if ((fresh?.innerHTML ?? "") === (place.dataset.said ?? "")) return;
    place.dataset.said = fresh?.innerHTML ?? "";
    place.replaceChildren(...(fresh ? [fresh] : []));
    const show = () => {
      quiet("conflict");
      fresh.scrollIntoView({ block: "center" });
      fresh.focus({ preventScroll: true });
    };
    if (fresh) tell("conflict", "本表在另一窗口也在填写，两处内容不同。", ["查看并选择", show]);
    else quiet("conflict");
  }

  const changed = (event) => {
    if (event.target.type === "file") return;
    since ||= Date.now();
    if (!trouble) later(Math.max(0, Math.min(QUIET_MS, since + LATEST_MS - Date.now())));
  };
  const soon = () => since && later(0);
  // What is drawn from the draft is asked for once the draft has what was typed.
  form.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-once-kept]");
    if (!link || !(since || saving)) return;
    event.preventDefault();
    clearTimeout(timer);
    while (saving || since) {
      await save();
      if (trouble || submitted) return;
    }
    location.assign(link.href);
  });
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    submitted = true;
    clearTimeout(timer);
  });
  document.addEventListener(SIGNED_IN, soon);
  addEventListener("online", soon);
  addEventListener("focus", () => trouble && soon());
  addEventListener("pageshow", () => (submitted = false));
  addEventListener("beforeunload", (event) => {
    const left = (since || saving) && !submitted;
    if (left && (trouble || !fits(sendable(form)))) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (since && !submitted && !trouble) navigator.sendBeacon(url, sendable(form));
  });
}

function fits(body) {
  let size = 0;
  for (const [name, value] of body) size += 120 + name.length + 3 * String(value).length;
  return size < MOST_LEFT;
}

function clock(time) {
  return `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
}
