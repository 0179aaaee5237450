"""What the authority has put in force, read once in a transaction: its policy, and its days in the calendar."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

from casework.cases import authority

_READ = "what is in force, as read in a transaction"
# Asked by every command: as plain text, and both at once, for a question more would take longer than its answer.
COLUMNS = (
    "(SELECT toml FROM policy_version ORDER BY number DESC LIMIT 1), "
    "(SELECT string_agg(day || ' ' || kind, ',' ORDER BY day, kind) FROM calendar_day WHERE authority = :authority)"
)
"""Both as columns of a question that is asked anyway, with `authority` bound; its answer is for `keep`."""

_IN_FORCE = text(f"SELECT {COLUMNS}")


@dataclass(frozen=True, slots=True)
class InForce:
    """The policy's TOML (None: the one that ships with EHCP Clock) and the days that `casework.calendars` reads."""

    policy: str | None
    days: str


def in_force(session: Session) -> InForce:
    """What is in force; whoever changes it in this transaction must `forget` it."""
    kept: tuple[object, InForce] | None = session.info.get(_READ)
    if kept is not None and kept[0] is session.get_transaction():
        return kept[1]
    return keep(session, *session.connection().execute(_IN_FORCE, {"authority": authority()}).one())


def keep(session: Session, toml: str | None, days: str | None) -> InForce:
    """Keep what was read by `COLUMNS`, so that this transaction need not ask again."""
    found = InForce(toml, days or "")
    session.info[_READ] = (session.get_transaction(), found)
    return found


def forget(session: Session) -> None:
    """Read it anew when next asked."""
    session.info.pop(_READ, None)
