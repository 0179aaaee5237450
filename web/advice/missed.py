"""A missed appointment that somebody told by a link, as the form of the exception that a caseworker may make of it."""

from collections.abc import Sequence
from uuid import UUID

from casework.answering.waiting import missed_appointment
from statute.lifting import Reach
from web.forms import Form, day_values
from web.place import Desk
from web.recording.exceptions import value_of


def missed_as_form(at: Desk, ref: str, answer_id: UUID, found: Sequence[Reach]) -> Form:
    """The limits of that request ticked, from the first day that was missed, and what was said; empty for another."""
    missed = missed_appointment(at.db, ref, answer_id, at.actor)
    if missed is None:
        return Form({})
    limits = [value_of(each) for each in found if each.key in (missed.subject, missed.subject.partition("/")[0])]
    first = missed.days[0] if missed.days else None
    return Form({"because": missed.words, **day_values("from", first)}, {"limits": limits})
