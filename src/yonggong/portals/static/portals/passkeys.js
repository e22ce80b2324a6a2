// Passkeys: before a form marked data-passkey is sent, the browser makes a key ("create") or signs with
// one ("get"), by what the server says at data-options; the answer goes along as `credential`.
// Without such a browser, or by an address that is no name, the form stays hidden.

const usable = Boolean(window.PublicKeyCredential) && !/^[\d.:[\]]+$/.test(location.hostname);

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

async function create(options) {
  const key = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  });
  return {
    clientDataJSON: text(key.response.clientDataJSON),
    attestationObject: text(key.response.attestationObject),
    key,
  };
}

async function get(options) {
  const key = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    },
  });
  return {
    clientDataJSON: text(key.response.clientDataJSON),
    authenticatorData: text(key.response.authenticatorData),
    signature: text(key.response.signature),
    userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
    key,
  };
}

const ACTS = { create, get };

async function ask(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    redirect: "error",
  });
  if (answer.status === 429) throw Object.assign(new Error(), { name: "TooOften" });
  if (!answer.ok) throw new Error(String(answer.status));
  const { key, ...response } = await ACTS[form.dataset.passkey](await answer.json());
  form.elements.credential.value = JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response,
  });
}

const SAID = {
  TooOften: "操作过于频繁，请稍后再试，或者用密码登录。",
  InvalidStateError: "这台设备上已有本账号的通行密钥。",
  NotAllowedError: "没有完成验证，或者已取消。请再试一次。",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !usable;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.textContent = "";
    try {
      await ask(form);
    } catch (error) {
      problem.textContent = SAID[error.name] || "页面已失效或者网络不通，请刷新页面后再试。";
      return;
    }
    form.submit();
  });
}

for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = usable;
