// Brings a form to life. Without scripts the form still works: every control is an ordinary one.

import { startAutosave } from "./autosave.js";
import { startCascades } from "./cascade.js";
import { startCheck } from "./check.js";
import { startChoices } from "./choices.js";
import { startConditions } from "./conditions.js";
import { startIdentity } from "./identity.js";
import { startLookups } from "./lookup.js";
import { startNavigation } from "./navigation.js";
import { startSubmit } from "./submit.js";
import { startUploads } from "./uploads.js";

for (const form of document.querySelectorAll("form[data-form]")) {
  startCascades(form);
  startChoices(form);
  startConditions(form);
  startIdentity(form);
  startLookups(form);
  startUploads(form);
  startCheck(form);
  startAutosave(form);
  startNavigation(form);
  startSubmit(form);
}
