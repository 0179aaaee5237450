"""What should be looked at when a case is opened: odd answers, and what is on record of the child already."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, select

from casework.actor import Actor
from casework.cases import may_see
from casework.identifiers import tidy_upn, uln_is_valid, upn_is_valid
from casework.opening_form import Opening
from casework.people import named_in, open_processes
from casework.refresh import relabel
from records.tables import Person, Process
from statute.kind import ANNUAL_REVIEW

# Section 36 speaks of a child or young person: nobody over 25.
TWENTY_SIX_YEARS = timedelta(days=26 * 365.2425)


def oddities(opening: Opening) -> list[str]:
    """What should be looked at; the values themselves are not repeated."""
    odd: list[str] = []
    if opening.upn and not upn_is_valid(tidy_upn(opening.upn)):
        odd.append("The check letter of the UPN is wrong: it is kept as unverified and not matched. Check it.")
    if opening.uln and not uln_is_valid(opening.uln):
        odd.append("The ULN does not have ten digits with the right check digit. Check it.")
    if opening.date_of_birth is None:
        odd.append("No date of birth: a second case for the same child may not be noticed. Add it when known.")
    elif opening.received - opening.date_of_birth >= TWENTY_SIX_YEARS:
        odd.append("The young person was 26 or older when the request was received: check the date of birth.")
    if opening.source is None:
        odd.append("No source of the request: taken as the day on which the authority became responsible.")
    return odd


def has_plan(already: Sequence[Process]) -> list[str]:
    """A request for a child with a plan is one for a re-assessment, whose days are others (s.44(2), regs 23 to 27)."""
    reviews = [process.case_ref for process in already if process.kind == ANNUAL_REVIEW]
    if not reviews:
        return []
    return [
        f"This child has a plan, under review as {reviews[-1]}. If a re-assessment was asked for (section 44(2)), "
        "other limits count than those of this case: the answer is due within 15 days (regulation 25(1))."
    ]


def perhaps(session: Session, people: Sequence[Person], actor: Actor) -> list[str]:
    """A word about twins, of those only whom the actor may see."""
    seen = [person for person in people if may_see(person, actor)]
    refs = [process.case_ref for person in seen for process in open_processes(session, person.id)]
    if not seen:
        return []
    where = f": see {', '.join(refs)}" if refs else ""
    return [f"Somebody with the same surname and date of birth is on record (a twin, or the same child?){where}."]


def keep_closer(session: Session, person: Person, opening: Opening, actor: Actor) -> list[str]:
    """Restrict a child on record when the new case is to be restricted; say what else differs from the record."""
    said: list[str] = []
    if opening.sensitivity == "restricted" and person.sensitivity != "restricted":
        person.sensitivity, person.restricted_to = "restricted", named_in(opening, actor)
        session.add(person)
        for process in session.exec(select(Process).where(Process.person_id == person.id)):
            relabel(session, process, person)
        said.append("The child was on record already: the earlier cases are restricted to the same staff now.")
    if opening.setting_urn and opening.setting_urn != (person.setting_urn or ""):
        said.append(
            "The child is on record with another setting, which was kept. Change it there if it is out of date."
        )
    return said
