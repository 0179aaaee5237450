"""Does the engine live? What the database alone can tell: how long a new fact or policy has waited, the last rounds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, text
from sqlmodel import Session

from casework.calendars import calendar_in_force
from config.clock import london_day
from statute.calendar import ENGLAND, Calendar

# A wake is delivered within seconds; one that waits longer means that no worker reaches Temporal.
WAKE_PATIENCE = timedelta(minutes=2)
NIGHTLY_PATIENCE = timedelta(hours=26)

# Batches take seconds; when none was done for so long, no worker is at it, or one case stands in its way.
BATCH_PATIENCE = timedelta(minutes=2)

WAKES, POLICY, POST_ROUND, NIGHTLY = "oldest wake", "cases after a policy", "last post round", "nightly check"
"""What a finding is about."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `remedy` is empty when all is well, unless it will not stay so."""

    what: str
    well: bool
    found: str
    remedy: str = ""
    since: datetime | None = None
    """What is not well has not been so since this moment, where one is known."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The moments that tell; None where there is none yet."""

    oldest_wake: datetime | None
    last_batch: datetime | None
    last_round: datetime | None
    armed_from: datetime | None
    last_nightly: datetime | None
    first_opened: datetime | None


_SIGNS = text("""
    SELECT (SELECT min(created_at) FROM wake WHERE delivered_at IS NULL),
           (SELECT coalesce(moved_at, asked_at) FROM recomputation
            WHERE id = (SELECT max(id) FROM recomputation) AND finished_at IS NULL),
           (SELECT max(finished_at) FROM round_log WHERE kind = 'post'),
           (SELECT min(armed_from) FROM process WHERE armed_from IS NOT NULL AND ended_on IS NULL),
           (SELECT max(finished_at) FROM round_log WHERE kind = 'nightly'),
           (SELECT min(opened_at) FROM process WHERE ended_on IS NULL)
""")


def vital_signs(db: Engine, now: datetime) -> list[Finding]:
    """The oldest wake, the cases that a policy moves, the last post round and nightly check, judged at `now`."""
    with Session(db) as session:
        signs = Signs(*session.connection().execute(_SIGNS).one())
        expected = last_round_due(now, calendar_in_force(session))
    return [_wakes(signs, now), _policy(signs, now), _post_round(signs, expected), _nightly(signs, now)]


def last_round_due(now: datetime, calendar: Calendar = ENGLAND) -> datetime:
    """The last moment by which a post round should have ended: 10:00 UTC on the last day of work that is past it."""
    day = london_day(now)
    if now.hour < 10 or not calendar.is_office_day(day):
        day = calendar.operational_due(day - timedelta(days=1))
    return datetime(day.year, day.month, day.day, 7, tzinfo=now.tzinfo)


def _wakes(signs: Signs, now: datetime) -> Finding:
    oldest = signs.oldest_wake
    if oldest is None or now - oldest < WAKE_PATIENCE:
        return Finding(WAKES, True, "none waits" if oldest is None else f"since {oldest:%H:%M:%S} UTC")
    return Finding(
        WAKES,
        False,
        f"waits since {oldest:%Y-%m-%d %H:%M} UTC: workflows do not hear of new facts",
        "start Temporal and a worker ('ehcp up', or 'ehcp worker')",
        oldest,
    )


def _policy(signs: Signs, now: datetime) -> Finding:
    last = signs.last_batch
    if last is None or now - last < BATCH_PATIENCE:
        return Finding(POLICY, True, "none waits" if last is None else "being worked out")
    return Finding(
        POLICY,
        False,
        f"wait since {last:%Y-%m-%d %H:%M} UTC to be worked out with the policy in force",
        "start a worker, or 'ehcp policy progress --here'; if one is at work, its log says what is in the way",
        last,
    )


def _post_round(signs: Signs, expected: datetime) -> Finding:
    last, armed = signs.last_round, signs.armed_from
    found = f"ended {last:%Y-%m-%d %H:%M} UTC" if last else "none has run"
    if armed is None or armed > expected or (last and last >= expected):
        return Finding(POST_ROUND, True, found)
    return Finding(
        POST_ROUND,
        False,
        f"{found}; one was due since {expected:%Y-%m-%d}",
        "start a worker, then 'ehcp schedules apply'; 'ehcp post' sends now",
        expected,
    )


def _nightly(signs: Signs, now: datetime) -> Finding:
    last = signs.last_nightly
    found = f"ended {last:%Y-%m-%d %H:%M} UTC" if last else "none has run"
    since = last or signs.first_opened
    if since is None or now - since < NIGHTLY_PATIENCE:
        return Finding(NIGHTLY, True, found)
    return Finding(NIGHTLY, False, found, "start a worker, then 'ehcp schedules apply'", since)
