"""What can be said of a measure, whoever says it where: what is not named anew stays, and how long each may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from casework.errors import Refused
from scorecard.measure import Measure
from scorecard.notes import Action, Note
from scorecard.words import is_share

OWNER_LONGEST, NARRATIVE_LONGEST = 100, 3000
"""Characters of an owner, and of a narrative."""
MOST = Decimal(1_000_000)
"""The most that a target can be."""
HUNDRED = Decimal(100)
DECIMALS = 2

Fault = tuple[str, str]
"""The name of a field, and what is wrong with it: `must be ...`."""


class NotNoted(Refused):
    """What cannot be said: `faults` say of each field what is wrong. Nothing was kept."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([f"The {field} {said}" for field, said in faults])
        self.faults = faults


class NotANumber(ValueError):
    """What was given as a target is no number."""


def most_of(measure: Measure) -> Decimal:
    """The most that its target can be: a share is of a hundred."""
    return HUNDRED if is_share(measure) else MOST


def noted(
    held: Note,
    measure: Measure,
    month: date,
    *,
    owner: str | None = None,
    target: Decimal | None = None,
    action: Action | None = None,
    narrative: str | None = None,
) -> Note:
    """The note that holds for the month of the day `month`, changed by what is given. Raises NotNoted."""
    note = replace(
        held,
        month=month,
        narrative=held.narrative if narrative is None else narrative,
        owner=held.owner if owner is None else owner,
        target=held.target if target is None else target,
        action=held.action if action is None else action,
    )
    if found := list(faults_of(note, measure)):
        raise NotNoted(found)
    return note


def faults_of(note: Note, measure: Measure) -> Iterator[Fault]:
    """What is wrong with a note; nothing when it can be written."""
    for field, said, longest in (
        ("narrative", note.narrative, NARRATIVE_LONGEST),
        ("owner", note.owner, OWNER_LONGEST),
    ):
        if len(said) > longest:
            yield field, f"must be {longest:,} characters or fewer; it is {len(said):,}"
    if not note.owner.isprintable():
        yield "owner", "must be one line of visible characters"
    if "\x00" in note.narrative:
        yield "narrative", "holds a character that cannot be shown"
    most, target = most_of(measure), note.target
    if target is not None and (not target.is_finite() or not 0 <= target <= most or target != round(target, DECIMALS)):
        yield "target", target_rule(measure)


def target_rule(measure: Measure) -> str:
    """What a target of the measure must be."""
    return f"must be a number from 0 to {most_of(measure):,}, with at most two decimals, for example 62.5"


def target_of(typed: str) -> Decimal:
    """A target as typed, with or without its sign. Raises NotANumber."""
    try:
        return Decimal(typed.removesuffix("%").replace(",", "").strip())
    except InvalidOperation:
        raise NotANumber(f"{typed!r} is not a number") from None
