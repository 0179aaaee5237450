"""Cases that the scorecard could not read: they are in no figure, and somebody should hear of it."""

from datetime import datetime

from sqlalchemy import Engine, text

from casework.vital_signs import Finding

UNREADABLE = "unreadable"
"""What stands in the (void) counted row of such a case: as `ended_as` of an assessment, as `aligned` of a review."""

_NAMED = 5
_FOUND = text(
    "SELECT p.mail_ref FROM process p WHERE p.id IN ("
    "SELECT process_id FROM counted_assessment WHERE void AND ended_as = :mark "
    "UNION ALL SELECT process_id FROM counted_review WHERE void AND aligned = :mark) ORDER BY 1"
)


def uncounted(db: Engine, now: datetime) -> Finding:
    """Which cases are left out of every figure because they cannot be read, by the reference in their address."""
    with db.connect() as connection:
        found = list(connection.execute(_FOUND, {"mark": UNREADABLE}).scalars())
    if not found:
        return Finding("cases not counted", True, "none")
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return Finding(
        "cases not counted",
        False,
        f"{', '.join(found[:_NAMED])}{more} cannot be read and are in no figure of the scorecard",
        "look at their chronology and correct what is odd, or report it; they are tried again when something is "
        "recorded in them and when a worker starts",
    )
