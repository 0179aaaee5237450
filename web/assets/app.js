// Makes the pages nicer; every one of them works without.
import { initAll } from "./govuk-frontend.min.js";

initAll();
