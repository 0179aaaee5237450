"""Reading an answer that was sent: what it says in codes and days, what in words, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from casework.answering.asked import Asked
from casework.answering.kinds import Answer
from post.addresses import is_address, normalised
from web.advice.choices import BEFORE, DECLINE, GIVE, LATER, MISSED, NOTHING, PART, SOMEBODY_ELSE
from web.advice.fields import MISSED_DAYS, fields_for
from web.faults import Faults
from web.forms import Form, day_values, read_day
from web.recording.fields import Field

LONGEST, LONGEST_NAME = 10_000, 200
_MOST_YEARS = 2


@dataclass(slots=True)
class Read:
    """What was sent of an answer, without its documents."""

    kind: Answer
    form: dict[str, Any] = field(default_factory=dict[str, Any])
    said: dict[str, str] = field(default_factory=dict[str, str])


def read(slug: str, asked: Asked, form: Form, own: str, today: date, faults: Faults) -> Read:
    """What was sent under that slug by whoever has the address `own`, with a fault for all that is wrong."""
    found = Read(_KINDS.get(slug, Answer.RECEIVED))
    for each in fields_for(slug, asked):
        _take(found, each, form, faults)
    if check := _CHECKS.get(slug):
        check(found, own, faults)
    _days(found, slug, today, faults)
    return found


def _take(found: Read, asked: Field, form: Form, faults: Faults) -> None:
    if asked.widget == "day":
        if day := read_day(form, asked.name, faults, _THE_DAY, needed=asked.needed):
            found.form[asked.name] = day.isoformat()
    elif asked.widget == "text":
        _take_text(found, asked, form, faults, LONGEST)
    elif asked.widget in ("code", "email"):
        _take_text(found, asked, form, faults, LONGEST_NAME)
    else:
        _take_choice(found, asked, form, faults)


def _take_text(found: Read, asked: Field, form: Form, faults: Faults, longest: int) -> None:
    text = form.get(asked.name)
    if asked.needed and not text:
        faults.say(asked.name, f"Answer this: {asked.label}")
    if len(text) > longest:
        faults.say(
            asked.name, f"This is {len(text):,} characters long. Keep it to {longest:,}, or send it as a document"
        )
    if text:
        found.said[asked.name] = text[:longest]


def _take_choice(found: Read, asked: Field, form: Form, faults: Faults) -> None:
    known = [code for code, _ in asked.choices if code]
    chosen = [each for each in form.many(asked.name) if each in known]
    if asked.needed and not chosen:
        faults.say(asked.name, f"Answer this: {asked.label}")
    if chosen:
        found.form[asked.name] = chosen if asked.name == "sections" else chosen[-1]


def _check_nothing(found: Read, own: str, faults: Faults) -> None:
    if found.form.get("reason") == "other" and "words" not in found.said:
        faults.say("words", "Say in a few words why there is nothing to say")


def _check_somebody_else(found: Read, own: str, faults: Faults) -> None:
    """A colleague is asked at their address, another service by the directory or by what is written of it."""
    who = found.form.pop("who", "")
    found.kind = Answer.ANOTHER_BODY if who == "another_body" else Answer.COLLEAGUE
    _read_address(found, own, faults, needed=who == "colleague")
    if found.kind is Answer.COLLEAGUE:
        found.form.pop("body", None)
    elif not found.form.get("body") and not found.said.get("name"):
        faults.say("name", "Choose the other service below, or write its name here")


def _read_address(found: Read, own: str, faults: Faults, *, needed: bool) -> None:
    text = found.said.pop("address", "")
    if not text:
        if needed:
            faults.say("address", "Give the colleague’s email address, so that we can ask them")
        return
    found.said["address"] = text
    if not is_address(text):
        faults.say("address", "This is no email address. Write one, for example name@nhs.net")
        return
    found.said["address"] = normalised(text).lower()
    if found.said["address"] == own.lower():
        faults.say("address", "This is the address that we wrote to. Give the colleague’s own")


def _days(found: Read, slug: str, today: date, faults: Faults) -> None:
    """Reports and missed appointments have been; what is promised is to come."""
    for name in ("report_date", *MISSED_DAYS):
        if name in found.form and date.fromisoformat(found.form[name]) > today:
            faults.say(name, "This day has not come yet. Correct it")
    if "by" in found.form:
        by = date.fromisoformat(found.form["by"])
        if by <= today:
            faults.say("by", "Give a day that is still to come")
        elif by > _latest(today):
            faults.say("by", f"This is more than {_MOST_YEARS} years away. Correct it")


def _latest(today: date) -> date:
    return date(today.year + _MOST_YEARS, today.month, min(today.day, 28))


def filled(form: Mapping[str, Any], said: Mapping[str, str], days: Iterable[str] = ("report_date",)) -> Form:
    """A form that shows what was answered before as it would have been typed."""
    values: dict[str, str] = {**said}
    lists: dict[str, Sequence[str]] = {"sections": form.get("sections", ())}
    for name in days:
        if name in form:
            values |= day_values(name, date.fromisoformat(form[name]))
    return Form(values, lists)


_THE_DAY = "The day"
_KINDS: Mapping[str, Answer] = MappingProxyType(
    {
        GIVE: Answer.RECEIVED,
        PART: Answer.PART,
        NOTHING: Answer.NIL,
        LATER: Answer.EXPECTED,
        MISSED: Answer.MISSED,
        BEFORE: Answer.ALREADY_GIVEN,
        DECLINE: Answer.DECLINED,
    }
)
_CHECKS: Mapping[str, Callable[[Read, str, Faults], None]] = MappingProxyType(
    {NOTHING: _check_nothing, SOMEBODY_ELSE: _check_somebody_else}
)
