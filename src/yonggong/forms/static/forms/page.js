// Brings a form to life. Without scripts the form still works: every control is an ordinary one.

import "./composing.js";

import { startAdvice } from "./advice.js";
import { startAutosave } from "./autosave.js";
import { startCascades } from "./cascade.js";
import { startCheck } from "./check.js";
import { startChoices } from "./choices.js";
import { startConditions } from "./conditions.js";
import { startDates } from "./dates.js";
import { answeredEarly, hear } from "./early.js";
import { startFolding } from "./folding.js";
import { startIdentity } from "./identity.js";
import { startLookups } from "./lookup.js";
import { startNavigation } from "./navigation.js";
import { startShortcuts } from "./shortcuts.js";
import { startSubmit } from "./submit.js";
import { startTables } from "./tables.js";
import { startUploads } from "./uploads.js";

for (const form of document.querySelectorAll("form[data-form]")) {
  const early = answeredEarly(form);
  startCascades(form);
  startChoices(form);
  startConditions(form);
  startDates(form);
  startIdentity(form);
  startLookups(form);
  startFolding(form);
  startShortcuts(form);
  startAdvice(form);
  startTables(form);
  startUploads(form);
  startCheck(form);
  startAutosave(form);
  startNavigation(form);
  startSubmit(form);
  hear(early);
}

// Fields that stand one by one, in a table say: each is chosen and written as on a form's page.
for (const form of document.querySelectorAll("form[data-fields]")) {
  startCascades(form);
  startChoices(form);
  startDates(form);
}
