"""The scorecard as plain data, by the same names for the command line and the API."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from scorecard.card import Card, Line
from scorecard.measure import Figure, Measure
from scorecard.notes import Note
from scorecard.period import Period
from scorecard.snapshots.hashing import definitions_of
from scorecard.snapshots.reading import Frozen, FrozenFigure
from scorecard.snapshots.restating import Restated

Plain = Mapping[str, Any]


def plain_card(card: Card, now: datetime) -> Plain:
    """A live scorecard: every measure by its group, as counted at `now`."""
    return {
        "month": f"{card.month:%Y-%m}",
        "over": card.over,
        "counted_at": now,
        "frozen_at": card.taken.taken_at if card.taken else None,
        "measures": [plain_line(line) for line in card.lines],
    }


def plain_line(line: Line) -> Plain:
    """One measure in one month: what it is, what it gives, what it is held against, what was said and told."""
    return {
        **plain_measure(line.measure),
        "first": line.days.first,
        "last": line.days.last,
        **plain_figure(line.figure),
        "no_figure": line.none_words or None,
        "parts": [_plain_part(each, line.period) for each in line.parts],
        "target": number(line.target),
        "owner": line.owner,
        "rag": line.rag.value,
        **plain_note(line.note),
        "told": plain_frozen(line.told) if line.told else None,
        "restated": line.restated,
    }


def _plain_part(figure: Figure, period: Period) -> Plain:
    days = figure.days or period
    return {"part": figure.part, **plain_figure(figure), "first": days.first, "last": days.last}


def plain_measure(measure: Measure) -> Plain:
    """What a measure is; `definition_id` changes with the first word or condition of its definition."""
    return {
        "id": measure.id,
        "name": measure.name,
        "group": measure.group.value,
        "definition": measure.definition,
        "definition_id": definitions_of([measure]),
        "shape": measure.shape.value,
        "unit": unit_of(measure),
        "better": measure.better.value,
        "source": measure.source.value,
        "cadence": measure.cadence.value,
        "verified": measure.verified,
        "reading": measure.reading,
        "overlaps": measure.overlaps,
    }


def plain_figure(figure: Figure | None) -> Plain:
    """A figure, or that there is none."""
    return {
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "value": number(figure.value) if figure else None,
    }


def plain_note(note: Note) -> Plain:
    """How far the action on a measure is, and the narrative of the month."""
    return {"action": note.action.value if note.action else None, "narrative": note.narrative}


def plain_frozen(told: FrozenFigure) -> Plain:
    """A figure as it was told."""
    return {
        "numerator": told.numerator,
        "denominator": told.denominator,
        "value": number(told.value),
        "target": number(told.target),
        "definition": told.definition,
    }


def plain_snapshot(taken: Frozen, intact: bool, restated: list[Restated]) -> Plain:
    """A frozen month: what was told, whether it still says what was hashed then, and what is known better since."""
    return {
        "month": f"{taken.month:%Y-%m}",
        "taken_at": taken.taken_at,
        "late": taken.late,
        "taken_by": taken.taken_by,
        "definitions": taken.definitions,
        "hash": taken.hash.hex(),
        "intact": intact,
        "figures": [{"id": each.measure_id, "part": each.part, **plain_frozen(each)} for each in taken.figures],
        "restated": [_restated(each) for each in restated],
    }


def _restated(each: Restated) -> Plain:
    return {
        "id": each.measure_id,
        "part": each.part,
        "told": plain_frozen(each.told) if each.told else None,
        "now": plain_figure(each.now) if each.now else None,
        "redefined": each.redefined,
    }


def unit_of(measure: Measure) -> str:
    """In what a figure is: per cent for a share, the measure's own unit otherwise; empty for a plain number."""
    return measure.unit or ("%" if measure.shape.value == "share" else "")


def number(value: Decimal | None) -> int | float | None:
    """As it is printed: 57, not 57.0."""
    if value is None or value == value.to_integral_value():
        return None if value is None else int(value)
    return float(value)
