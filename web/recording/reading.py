"""Reading a form back into what is recorded, and a recorded fact into what a form shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from statute.facts import Fact
from statute.kinds import TEXT_ATTRIBUTES
from statute.words import day_words
from web.faults import Faults
from web.forms import Form, day_values, read_day
from web.recording.fields import Field

LONGEST = 20_000
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed: the fact's own day, its subject, its attributes as the ledger holds them, and its texts."""

    day: date
    subject: str
    attributes: Mapping[str, str]
    texts: Mapping[str, str]

    def fact(self, kind: str) -> Fact:
        """The fact of that kind."""
        return Fact(kind, self.day, self.subject, self.attributes)


def read_said(form: Form, fields: Sequence[Field], faults: Faults) -> Said | None:
    """What was typed into these fields; None with faults where something needed is missing or cannot be read."""
    values = {field.name: _read(form, field, faults) for field in fields}
    day = read_day(form, "on", Faults(), "")
    if faults or day is None:
        return None
    given = {name: value for name, value in values.items() if value and name not in ("on", "subject")}
    return Said(
        day,
        values.get("subject", ""),
        {name: value for name, value in given.items() if name not in TEXT_ATTRIBUTES},
        {name: value for name, value in given.items() if name in TEXT_ATTRIBUTES},
    )


def read_texts(form: Form, fields: Sequence[Field], faults: Faults) -> Mapping[str, str]:
    """What was typed into fields that are texts."""
    values = {field.name: _read(form, field, faults) for field in fields}
    return {name: value for name, value in values.items() if value}


def _read(form: Form, field: Field, faults: Faults) -> str:
    if field.widget == "day":
        day = read_day(form, field.name, faults, "The day" if field.name == "on" else "It", needed=field.needed)
        return day.isoformat() if day else ""
    value = ",".join(filter(None, form.many(field.name))) if field.widget == "checkboxes" else form.get(field.name)
    if field.needed and not value:
        faults.say(field.name, f"Answer this: {field.label}")
    if len(value) > LONGEST:
        faults.say(field.name, f"This is {len(value):,} characters long. Keep it to {LONGEST:,}.")
    return value


def form_of(fact: Fact, fields: Sequence[Field]) -> Form:
    """A form that shows a fact as it would have been typed."""
    values: dict[str, str] = {"subject": fact.subject}
    lists: dict[str, Sequence[str]] = {}
    for field in fields:
        value = fact.attributes.get(field.name, "")
        if field.name == "on":
            values.update(day_values("on", fact.day))
        elif field.widget == "day" and value:
            values.update(day_values(field.name, date.fromisoformat(value)))
        elif field.name != "subject":
            values[field.name] = value
            lists[field.name] = value.split(",") if value else ()
    return Form(values, lists)


def read_back(form: Form, fields: Sequence[Field]) -> Sequence[tuple[str, str]]:
    """What was typed, question by question, in words; what was left blank is not repeated."""
    faults = Faults()
    told = [(field.label, _told(field, _read(form, field, faults))) for field in fields]
    return [(label, value) for label, value in told if value]


def _told(field: Field, value: str) -> str:
    if field.widget == "day" and value:
        return day_words(date.fromisoformat(value))
    return field.say(value)
