"""What is said on every page while the engine is not well: the clocks would look right and nobody would be chased."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from casework.vital_signs import NIGHTLY, POLICY, POST_ROUND, WAKES, Finding, vital_signs
from config.clock import london_day
from web.words import day, moment

if TYPE_CHECKING:
    from web.place import Desk

# Long enough to cost nothing, short enough that people are told before they wonder.
KEPT = timedelta(seconds=30)

_SAID = {
    WAKES: "What was recorded since {since} has not reached the clocks: no reminder follows from it yet.",
    POLICY: "No case has been worked out with the policy in force since {since}: some local norms are still as before.",
    POST_ROUND: "The letters and reminders of {day} have not been sent.",
    NIGHTLY: "The nightly check has not run since {since}.",
}


def alerts(at: "Desk") -> Sequence[str]:
    """A sentence for each thing that is wrong; asked of the database every half minute at most.

    Nothing while the database is away: what the page itself needs will say so.
    """
    if at.signed_in is None:
        return ()
    state = at.request.app.state
    asked, said = getattr(state, "wellness", (None, ()))
    if _is_fresh(asked, at.now):
        return said
    state.wellness = (at.now, said)  # before asking, so that others who come now do not ask too
    try:
        said = tuple(_sentence(each) for each in vital_signs(at.db, at.now) if not each.well)
    except SQLAlchemyError:
        said = ()
    state.wellness = (at.now, said)
    return said


def _is_fresh(asked: datetime | None, now: datetime) -> bool:
    return asked is not None and abs(now - asked) < KEPT


def _sentence(finding: Finding) -> str:
    since = finding.since
    return _SAID[finding.what].format(since=moment(since), day=day(since and london_day(since)))
