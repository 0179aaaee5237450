"""Changing what is said of a measure: what is not named anew stays as it was."""

from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import Engine

from scorecard.measure import Measure
from scorecard.notes import Action, Note, notes
from scorecard.words import is_share

MOST = Decimal(10) ** 9


HUNDRED = Decimal(100)


class NotANumber(ValueError):
    """What was given as a target is no number that a figure can have."""


def most_of(measure: Measure) -> Decimal:
    """The most that its target can be: a share is of a hundred."""
    return HUNDRED if is_share(measure) else MOST


def noted(
    db: Engine,
    measure: Measure,
    month: date,
    *,
    owner: str | None = None,
    target: Decimal | None = None,
    action: Action | None = None,
    narrative: str | None = None,
) -> Note:
    """The note of the month of the day `month`, changed by what is given; nothing is written yet."""
    with db.connect() as connection:
        before = notes(connection, month).of(measure)
    return Note(
        measure.id,
        month,
        narrative=before.narrative if narrative is None else narrative,
        owner=before.owner if owner is None else owner,
        target=before.target if target is None else target,
        action=before.action if action is None else action,
    )


def target_of(typed: str, measure: Measure) -> Decimal:
    """A target of a measure as typed. Raises NotANumber."""
    try:
        number = Decimal(typed.strip().removesuffix("%"))
    except InvalidOperation:
        raise NotANumber(f"{typed!r} is not a number") from None
    if not number.is_finite() or not 0 <= number < MOST:
        raise NotANumber(f"{typed!r} is not a number that a figure can have")
    if number > most_of(measure):
        raise NotANumber(f"{typed!r} is more than a share of a hundred can be")
    return number
