// Signing in without leaving the page: what was typed and chosen stays, and is sent on afterwards.
// Only whoever opened the page signs in here; anybody else starts from a page of their own.

let asking = null;

/** Ask for the password; true once the same person is signed in again. */
export function signIn(page, session) {
  asking ??= ask(page, session).finally(() => (asking = null));
  return asking;
}

function ask(page, session) {
  const dialog = drawn(page.username);
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[type=password]").focus();
  return new Promise((resolve) => {
    const look = async () => {
      if (dialog.open && (await session.standing()) === "fine") dialog.close("done");
    };
    // It may have been done in another tab.
    addEventListener("focus", look);
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close(""));
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      send(dialog, page, session);
    });
    dialog.addEventListener("close", () => {
      removeEventListener("focus", look);
      dialog.remove();
      resolve(dialog.returnValue === "done");
    });
  });
}

async function send(dialog, page, session) {
  const button = dialog.querySelector("[type=submit]");
  const password = dialog.querySelector("[type=password]");
  button.disabled = true;
  try {
    await session.standing(); // brings the cookie that signing in needs
    const body = new URLSearchParams({ username: page.username, password: password.value, csrfmiddlewaretoken: session.token() });
    const answer = await fetch(page.signIn, { method: "POST", body, redirect: "manual" });
    const problem = answer.type === "opaqueredirect" ? await resumed(page, session) : await said(answer);
    if (!problem) dialog.close("done");
    dialog.querySelector("[data-problem]").textContent = problem;
  } catch {
    dialog.querySelector("[data-problem]").textContent = "网络不通，请稍后再试。";
  }
  button.disabled = false;
  password.select();
}

/** Take up again, in the new session, the employer that the page was opened for. */
async function resumed(page, session) {
  const found = await session.standing();
  if (found === "password") return "登录密码须先修改，请在新窗口修改后回到本页。";
  if (found !== "fine") return "登录没有成功，请稍后再试。";
  if (page.resume) {
    const body = new URLSearchParams({ employer: page.openedFor, csrfmiddlewaretoken: session.token() });
    await fetch(page.resume, { method: "POST", body, headers: session.headers(), redirect: "manual" });
  }
  return "";
}

async function said(answer) {
  const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
  return shown.querySelector(".yg-message-error")?.textContent.trim() || "登录没有成功，请稍后再试。";
}

function drawn(username) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "yf-sign-in" });
  dialog.setAttribute("aria-labelledby", "yf-sign-in-title");
  dialog.innerHTML = `<form method="dialog">
    <h2 id="yf-sign-in-title">请重新登录</h2>
    <p>登录已失效。本页填写的内容和选择的文件都还在，登录后继续办理。</p>
    <label class="form-label" for="yf-username">账号</label>
    <input class="form-control" id="yf-username" name="username" autocomplete="username" readonly>
    <label class="form-label" for="yf-password">密码</label>
    <input class="form-control" id="yf-password" type="password" maxlength="128" autocomplete="current-password" required>
    <p class="yf-sign-in-problem" role="alert" data-problem></p>
    <p class="yf-sign-in-actions">
      <button class="btn btn-primary" type="submit">登录并继续</button>
      <button class="btn" type="button" data-later>暂不登录</button>
    </p></form>`;
  dialog.querySelector("#yf-username").value = username;
  return dialog;
}
