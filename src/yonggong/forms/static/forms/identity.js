// An ID number tells birth date and sex (GB 11643): they are filled in as soon as it is whole.

import { cellOf, tell, valuesOf, write } from "./controls.js";

const CHECK = "10X98765432";
const MALE = "1";
const FEMALE = "2";

export function startIdentity(form) {
  for (const input of form.querySelectorAll("[data-identity]")) {
    input.addEventListener("input", () => fill(form, input));
    input.addEventListener("change", () => fill(form, input));
  }
}

function fill(form, input) {
  const facts = factsOf(input.value);
  if (!facts) return;
  const fills = JSON.parse(input.dataset.fills);
  const told = [];
  for (const [fact, name] of Object.entries(fills)) {
    const cell = cellOf(form, name);
    const present = valuesOf(form, name)[0] ?? "";
    // What a person typed stays; the server says when the two disagree.
    if (!cell || (present && present !== cell.dataset.filled) || present === facts[fact]) continue;
    write(form, name, facts[fact]);
    cell.dataset.filled = facts[fact];
    told.push(cell.querySelector("label, .form-label").textContent.replace("*", "").trim());
  }
  if (told.length) tell(form, input.name, `已带出${told.join("、")}`);
}

/** Birth date and sex of an 18-character number whose check digit holds, or null. */
export function factsOf(text) {
  const number = text.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  if (!/^[1-8]\d{16}[\dX]$/.test(number)) return null;
  let sum = 0;
  for (let place = 0; place < 17; place += 1) sum += Number(number[place]) * (2 ** (17 - place) % 11);
  if (CHECK[sum % 11] !== number[17]) return null;
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return null;
  return { birth_date: day, sex: Number(number[16]) % 2 ? MALE : FEMALE };
}
