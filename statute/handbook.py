"""The handbook of the law, written from the code: `python -m statute.handbook > docs/law.md`."""

import sys
from collections.abc import Iterator
from datetime import date

from statute import counting
from statute.annual_review import LIMITS as OF_REVIEWS
from statute.counting import Rule
from statute.handbook_effects import EFFECTS
from statute.handbook_words import COUNTING, GROUNDS, OF_A_REVIEW, STATES
from statute.kinds import ARRANGERS, COMMON, KINDS, TRANSFERS, About, Allowed, Kind, Value
from statute.limit import Limit
from statute.limits_of_assessments import LIMITS as OF_ASSESSMENTS
from statute.reliefs import GROUND_WORDS
from statute.words import capital, day_words, listed

_EVENT = date(2024, 9, 2)
_RULES: tuple[Rule, ...] = (
    counting.weeks_of(6),
    counting.days_of(15),
    counting.days_beginning_with(15),
    counting.weeks_beginning_with(5),
    counting.months_of(2),
    counting.months_beginning_with(12),
    counting.working_days_of(3),
    counting.working_days_beginning_with(15),
    counting.clear_weeks_before(2),
    counting.clear_days_before(15),
    counting.clear_working_days_before(5),
    counting.clear_months_before(5),
    counting.before(2, 15),
)
_SUBJECTS = {
    About.NOTHING: "",
    About.CATEGORY: "`:category` or `:category/body`",
    About.PROVIDER: "`:provider` (URN, UKPRN or own id)",
    About.KIND: "`:kind` of entry, with its subject",
    About.TRANSFER: listed([f"`:{each}`" for each in TRANSFERS], "or"),
    About.ARRANGER: listed([f"`:{each}`" for each in ARRANGERS], "or") + ", or as `by`",
}
_VALUES = {
    Value.DAY: "a day",
    Value.PAST: "a day that has come",
    Value.ARRIVAL: "a day, perhaps still to come",
    Value.OLD: "a day, perhaps before the process",
    Value.CODE: "a code",
    Value.TEXT: "words",
    Value.YES_NO: "yes or no",
}
_HEAD = """\
# The law in this project

Written from the code by `python -m statute.handbook > docs/law.md`; a test keeps it current. Not legal advice.
How unsettled points are read is in [a decision record](decisions/0006-how-unsettled-law-is-read.md)."""


def handbook() -> str:
    """The whole handbook as Markdown."""
    parts = [_HEAD, *_limits(), *_counting(), *_reliefs(), *_facts(), *_states()]
    return "\n\n".join(parts) + "\n"


def _limits() -> Iterator[str]:
    yield "## The limits of an EHC needs assessment"
    yield from map(_limit, OF_ASSESSMENTS.values())
    yield "## The limits of a plan and its annual review"
    yield "\n".join(f"- {each}" for each in OF_A_REVIEW)
    yield from map(_limit, OF_REVIEWS.values())


def _limit(limit: Limit) -> str:
    lines = (f"- **{name}:** {text}" for name, text in _about(limit) if text)
    return "\n".join([f"### `{limit.id}`\n", *lines])


def _about(limit: Limit) -> Iterator[tuple[str, str]]:
    must = "must" if limit.law else "should"
    yield "Duty", f"{limit.owed_by} {must} {limit.duty}"
    yield "Owed to", limit.owed_to
    yield "Clock starts when", limit.starts_with
    yield "Counted", f"{_counted(limit)}{_example(limit.rule)}"
    yield "Beside it", _beside(limit)
    yield "Met by", limit.met_by or "nothing: it is a minimum for the family, never overdue"
    yield "Source", f"[{limit.citation}]({limit.link})" + ("" if limit.law else " (guidance, not law)")
    yield "Lifted by", "; ".join(f"`{ground}` ({source})" for ground, source in limit.grounds.items()) or "nothing"


def _counted(limit: Limit) -> str:
    return limit.within.format(day="that day").rstrip(",") if limit.within else f"{limit.rule.words} that day"


def _beside(limit: Limit) -> str:
    norm = "" if limit.sentence else limit.norm
    return " ".join((limit.practice.format(due="the day after"), norm.format(due="an earlier day"))).strip()


def _example(rule: Rule) -> str:
    return f" (from {day_words(_EVENT)}: up to {day_words(rule.last_day(_EVENT))})"


def _counting() -> Iterator[str]:
    yield "## How days are counted"
    yield "\n".join(f"- {each}" for each in COUNTING)
    yield _table(
        ("In the law's words", f"Last lawful day, the event being on {day_words(_EVENT)}"),
        ((f"{rule.words} ...", day_words(rule.last_day(_EVENT))) for rule in _RULES),
    )


def _reliefs() -> Iterator[str]:
    yield "## Reliefs"
    yield (
        "A relief lifts a limit; it never pauses a clock or sets a new day. Every one also needs that compliance was "
        "impractical *because of it*: a person decides that, and it is kept with the evidence. A relief for advice "
        "that names a category is meant for every body of it."
    )
    for ground, (text, needs) in GROUNDS.items():
        yield f"### `{ground}`\n\n{_sentence(GROUND_WORDS[ground])}"
        yield f"- **The law:** {text}\n- **Here:** {needs}\n- **Lifts:** {'; '.join(_lifted(ground))}"


def _lifted(ground: str) -> Iterator[str]:
    for limit in (*OF_ASSESSMENTS.values(), *OF_REVIEWS.values()):
        if ground in limit.grounds:
            yield f"`{limit.id}` ({limit.grounds[ground]})"


def _facts() -> Iterator[str]:
    yield "## What can be recorded"
    yield (
        "A fact is written `kind[:subject]=DAY[;attribute=value...]`. With every fact can be said: "
        f"{listed(f'`{name}`' for name in COMMON)}."
    )
    yield _table(("Fact", "What happened", "What it does", "Attributes"), map(_fact, KINDS.values()))


def _fact(kind: Kind) -> tuple[str, ...]:
    said = "; ".join(_attribute(kind, name, allowed) for name, allowed in kind.attributes.items())
    subject = _SUBJECTS[kind.about]
    return f"`{kind.name}` {subject}".strip(), _sentence(kind.words), EFFECTS[kind.name], said


def _attribute(kind: Kind, name: str, allowed: Allowed) -> str:
    needed = ", required" if name in kind.required else ""
    if isinstance(allowed, Value):
        return f"`{name}`: {_VALUES[allowed]}{needed}"
    several = any(choice.endswith("*") for choice in allowed)
    choices = listed([f"`{choice.rstrip('*')}`" for choice in allowed], "or")
    return f"`{name}`: {'one or more of ' if several else ''}{choices}{needed}"


def _states() -> Iterator[str]:
    yield "## How a limit can stand"
    yield _table(("State", "Meaning"), ((f"`{state}`", meaning) for state, meaning in STATES.items()))


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _sentence(words: str) -> str:
    return f"{capital(words)}."


if __name__ == "__main__":
    sys.stdout.write(handbook())
