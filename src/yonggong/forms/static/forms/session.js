// Whether what a page holds may be sent now: who opened it, whether they are still signed in, whether
// there is a line. What may not be sent yet waits, and is sent on; nothing is thrown away.

import { quiet, tell } from "./notice.js";
import { signIn } from "./signing_in.js";

const AGAIN_MS = 3000;
const PASSWORD = "/password/";
const page = document.body.dataset;
const underWay = new Set();
const promised = new Set();

/** The event on the document after somebody signed in on this page. */
export const SIGNED_IN = "forms:signed-in";

/** The token that forms need now: signing in, in any tab, makes a new one. */
export function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

/** What scripts say of themselves: answers are for them, and who opened the page, for whom. */
export function headers() {
  const said = { "X-Part": "1", "X-CSRFToken": token() };
  if (page.openedBy) said["X-Opened-By"] = page.openedBy;
  if (page.openedFor) said["X-Opened-For"] = page.openedFor;
  return said;
}

/** POST `body`; a form that is sent meanwhile waits for the answer. */
export function post(url, body) {
  return during(fetch(url, { method: "POST", body, headers: headers(), redirect: "manual" }));
}

/** Let whatever is sent wait for `sending`. */
export function during(sending) {
  return waitedFor(underWay, sending);
}

/** Let forms wait for `sending`, which itself asks first whether it may go. */
export function promise(sending) {
  return waitedFor(promised, sending);
}

function waitedFor(set, sending) {
  set.add(sending);
  const over = () => set.delete(sending);
  sending.then(over, over);
  return sending;
}

/** How it stands: fine, ended, another (person), password (has to be changed first), unreachable. */
export async function standing() {
  if (!page.openedBy) return "fine";
  try {
    const answer = await fetch(page.session, { headers: { "X-Part": "1" }, cache: "no-store", redirect: "manual" });
    // On the page where it is changed, that is what is being done.
    if (answer.type === "opaqueredirect") return location.pathname === PASSWORD ? "fine" : "password";
    if (!answer.ok) return "unreachable";
    const { user } = await answer.json();
    if (!user) return "ended";
    return user === page.openedBy ? "fine" : "another";
  } catch {
    return "unreachable";
  }
}

/** Wait until the page may send; false where it may not, or the person gave up. */
export async function ready() {
  await Promise.allSettled([...underWay]);
  for (;;) {
    const found = await standing();
    if (found === "fine") {
      quiet("session");
      return true;
    }
    if (found === "unreachable") {
      if (!(await reached())) return false;
    } else if (!(await resolved(found))) return false;
  }
}

/** `ready` for a form: what was chosen for it has arrived, or is refused. */
export async function whole() {
  do {
    await Promise.allSettled([...promised]);
    if (!(await ready())) return false;
  } while (promised.size);
  return true;
}

/** Say what is the matter with the session, in the middle of typing; `kept` what became of the text. */
export function tellOf(found, kept) {
  if (found === "ended") tell("session", `登录已失效，${kept}请不要关闭本页，重新登录后自动保存。`, ["重新登录", () => resolved(found)]);
  else if (found === "password") tell("session", `登录密码须先修改，${kept}请在新窗口修改密码后回到本页。`, ["修改密码", () => window.open(PASSWORD, "_blank", "noopener")]);
  else if (found === "another") tell("session", `另一账号已在本浏览器登录，${kept}本页内容不会以该账号提交。请由原账号（${page.username}）重新登录后继续。`);
}

async function resolved(found) {
  if (found !== "ended") {
    tellOf(found, "内容没有提交。");
    return false;
  }
  if (await signIn(page, { token, standing, headers })) {
    quiet("session");
    document.dispatchEvent(new Event(SIGNED_IN));
    return true;
  }
  tellOf("ended", "内容没有提交，仍保留在本页。");
  return false;
}

/** Wait for the line; false where the person does not want to wait. */
function reached() {
  return new Promise((resolve) => {
    const go = (answer) => {
      clearTimeout(timer);
      removeEventListener("online", again);
      quiet("line");
      resolve(answer);
    };
    const again = () => go(true);
    const timer = setTimeout(again, AGAIN_MS);
    addEventListener("online", again);
    tell("line", "网络不通，内容还没有发出，仍保留在本页。恢复后自动继续，请不要关闭本页。", ["不再等待", () => go(false)]);
  });
}
