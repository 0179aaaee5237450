"""The pages of questions of a case to be opened: how what is posted becomes answers, or faults beside the fields."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from casework.identifiers import tidy_upn
from casework.opening_check import judged_start
from casework.opening_form import Opening
from casework.settings_search import find_settings, setting_called
from casework.staff import MAY_HAVE_CASES, staff, teams
from casework.takers import takers
from web.faults import Faults
from web.forms import Form, read_day
from web.names import SOURCES
from web.opening_answers import Answers, say_faults
from web.place import Desk

Given = Mapping[str, Any]
Take = Callable[[Desk, Form, Answers, Faults], Given]

OLDEST = timedelta(days=366 * 60)


def take_request(at: Desk, form: Form, answers: Answers, faults: Faults) -> Given:
    """Who asked, and on which day it arrived."""
    received = read_day(form, "received", faults, "The day it was received")
    source = form.get("source")
    if source not in SOURCES:
        faults.say("source", "Choose who asked")
    given = {"source": source, "inherited_from": form.get("inherited_from")}
    if received and source in SOURCES:
        given["received"] = received.isoformat()
        opening = Opening.model_construct(
            received=received, source=None if source == "none" else int(source), inherited_from=given["inherited_from"]
        )
        for sentence in judged_start(opening, at.now).refusals:
            faults.say("inherited_from" if sentence.startswith("inherited_from") else "received", _plain(sentence))
    born = answers.day("date_of_birth")
    if received and born and born > received:
        faults.say("received", f"The day it was received is before the child was born ({born:%d/%m/%Y})")
    return given


def take_child(at: Desk, form: Form, answers: Answers, faults: Faults) -> Given:
    """Names, birth, numbers, and whether the child is looked after."""
    born = read_day(form, "date_of_birth", faults, "The date of birth", needed=False)
    received = answers.day("received") or at.today
    if born and born > received:
        faults.say(
            "date_of_birth", f"The date of birth is after the day the request was received ({received:%d/%m/%Y})"
        )
    elif born and at.today - born > OLDEST:
        faults.say("date_of_birth", "The date of birth is too long ago: check the year")
    if form.get("looked_after") not in ("yes", "no"):
        faults.say("looked_after", "Choose whether the child is looked after")
    texts = {name: form.get(name) for name in ("forename", "surname", "uln", "placing_authority")}
    for name, what in (("forename", "the first name"), ("surname", "the surname")):
        if not texts[name]:
            faults.say(name, f"Write {what}")
    given: dict[str, Any] = {
        **texts,
        "upn": tidy_upn(form.get("upn")),
        "looked_after": form.get("looked_after") == "yes",
    }
    say_faults(given, tuple(given), faults)
    return {**given, "date_of_birth": born.isoformat() if born else None}


def take_setting(at: Desk, form: Form, answers: Answers, faults: Faults) -> Given:
    """The setting chosen of those found, or none."""
    urn = form.get("setting_urn")
    if urn == "none":
        return {"setting_urn": "", "setting_name": ""}
    found = setting_called(at.db, urn) if urn else None
    if found is not None:
        return {"setting_urn": found.urn, "setting_name": found.name}
    if urn and urn == answers.kept.get("setting_search") and is_urn(urn):
        return {"setting_urn": urn, "setting_name": ""}
    faults.say("setting_urn", "Choose the school or setting, or say that there is none")
    return {}


def take_case(at: Desk, form: Form, answers: Answers, faults: Faults) -> Given:
    """Whose case it is, what the council calls it, and who may see it."""
    directory = staff(at.db, MAY_HAVE_CASES)
    known = {each.username for each in directory}
    given: dict[str, Any] = {name: form.get(name) for name in ("officer", "team", "case_ref")}
    if given["officer"] not in known:
        faults.say("officer", "Choose the officer who will run the case")
    if given["team"] not in ("", *teams(directory)):
        faults.say("team", "Choose a team from the list")
    restricted = form.get("sensitivity") == "restricted"
    named = [name for name in form.many("restricted_to") if name in known] if restricted else []
    if form.get("sensitivity") not in ("ordinary", "restricted"):
        faults.say("sensitivity", "Choose who may see the case")
    elif restricted and not named:
        faults.say("restricted_to", "Choose at least one person who may see the case")
    elif restricted and given["officer"] not in named:
        faults.say("restricted_to", "The officer who runs the case must be able to see it: choose them too")
    given |= {"sensitivity": "restricted" if restricted else "ordinary", "restricted_to": sorted(set(named))}
    say_faults(given, tuple(given), faults)
    return given


TAKE: Mapping[str, Take] = MappingProxyType(
    {"request": take_request, "child": take_child, "setting": take_setting, "case": take_case}
)


def shown(at: Desk, step: str, answers: Answers) -> dict[str, Any]:
    """What a page needs besides the answers: settings found, staff and teams to choose from."""
    if step == "setting":
        typed = answers.kept.get("setting_search", "")
        return {"typed": typed, "found": find_settings(at.db, typed), "unknown_urn": is_urn(typed)}
    if step == "case":
        people = takers(at.db, at.actor)
        return {"staff": people, "teams": sorted({each.team for each in people if each.team})}
    return {"sources": SOURCES}


def is_urn(text: str) -> bool:
    """Whether it could be a unique reference number of the department: five to seven figures."""
    return text.isascii() and text.isdecimal() and 5 <= len(text) <= 7


def _plain(sentence: str) -> str:
    """A refusal in the words of the page."""
    name = sentence.partition(" ")[0]
    if name != "inherited_from":
        return sentence
    return "Give the three-figure code of the authority the family moved from, for example 810"
