// What a form would send, without its files: they have ways of their own.

import { token } from "./session.js";

/** The answers of `form` as a body to POST. */
export function sendable(form) {
  const body = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
  if (token()) body.set("csrfmiddlewaretoken", token());
  return body;
}
