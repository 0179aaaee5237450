// Makes the pages nicer; every one of them works without.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// On a phone the list comes first: its filter is folded, and opens at a touch. Not where something in it is wrong.
// So are the groups of the scorecard, below its first figures; not the one that the address names.
const phone = matchMedia("(max-width: 40.0525em)");
const fold = () => {
  for (const each of document.querySelectorAll(".app-filter__fold")) each.open = !phone.matches || Boolean(document.querySelector(".govuk-error-summary"));
  for (const each of document.querySelectorAll(".app-scorecard__group")) each.open = !phone.matches || Boolean(each.querySelector(":target"));
};
fold();
phone.addEventListener("change", fold);
