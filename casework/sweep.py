"""Opening the reviews whose day has come: each exactly once, whoever is killed meanwhile.

A review is opened in one statement that says so, and leaves word for its clock, or does neither. What was opened has
no day to be opened on any more, so a sweep that is done again, or by two at once, opens nothing twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, text

from casework.cases import authority
from config.clock import london_day

Beat = Callable[[], object]

# So many are held at a time, for milliseconds.
BATCH = 500

# Process and review are held together: whoever records on a review holds its process first.
_OPEN = """
WITH due AS MATERIALIZED (
    SELECT review.process_id, process.version FROM review JOIN process ON process.id = review.process_id
    WHERE review.authority = :authority AND review.opens_on <= :until
    ORDER BY {order} LIMIT :batch FOR NO KEY UPDATE OF review, process {waiting}
), opened AS (
    UPDATE review SET opens_on = NULL, opened_at = :now FROM due WHERE review.process_id = due.process_id
)
INSERT INTO wake (process_id, version, opens, created_at) SELECT process_id, version, true, :now FROM due
"""
# First what nobody else holds; then, in the order in which everybody holds several, what somebody was recording on.
_PASSES = (
    text(_OPEN.format(order="review.opens_on, review.process_id", waiting="SKIP LOCKED")),
    text(_OPEN.format(order="review.process_id", waiting="")),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """How many reviews a sweep opened."""

    count: int


def open_due(
    db: Engine, now: datetime, *, until: date | None = None, batch: int = BATCH, beat: Beat | None = None
) -> Opened:
    """Open every review whose day has come by `now` (aware), or by an earlier day `until`, and leave word to its clock.

    Each batch is a transaction of its own, and `beat` is called after it: a sweep of thousands shows that it lives.
    """
    bound = {"authority": authority(), "until": until or london_day(now), "now": now, "batch": batch}
    count = 0
    for statement in _PASSES:
        while True:
            with db.begin() as connection:
                opened = connection.execute(statement, bound).rowcount
            count += opened
            if beat is not None:
                beat()
            if opened == 0:
                break
    return Opened(count)
