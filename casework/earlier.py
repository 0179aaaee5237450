"""What a process has claimed before: said, given up, or still to be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from casework.notices import Notice
from casework.statuses import FAILED, SENDING, SENT, SKIPPED
from records.tables import Message, Process
from statute.kinds import KINDS
from statute.ladder import ladder_of

ENDED = "the process has ended"
UNTRUE = "no longer true"
PERHAPS = "; an attempt was cut short, so it may have been sent"
_SAID = frozenset({SENDING, SENT, FAILED})


def in_words(reason: str) -> str:
    """Why a message stands as it does: `no longer true: advice_received` -> `... the advice was received`."""
    before, untrue, settled = reason.partition(f"{UNTRUE}: ")
    if not untrue:
        return reason
    code, perhaps, _ = settled.partition(PERHAPS)
    return f"{before}{untrue}{KINDS[code].words if code in KINDS else code}{perhaps}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: how it stands, why, and when it was put down."""

    status: str
    reason: str
    created_at: datetime

    @property
    def was_given_up(self) -> bool:
        """Whether it was given up unsent because it was not true at the time."""
        if self.status != SKIPPED or self.reason.endswith(PERHAPS):
            return False
        return self.reason.startswith((ENDED, UNTRUE))


@dataclass(frozen=True, slots=True)
class Earlier:
    """The claims of one process by their keys."""

    claims: Mapping[str, Claim]

    def knows(self, notice: Notice) -> bool:
        """Whether that was claimed before, whatever became of it."""
        return notice.key in self.claims

    def was_given_up(self, notice: Notice) -> bool:
        """Whether it was claimed and then given up unsent because it was not true at the time."""
        claim = self.claims.get(notice.key)
        return claim is not None and claim.was_given_up

    def spoke_since(self, key: str, at: datetime) -> bool:
        """Whether a rung of the same ladder was said at or after that instant, so that this one is behind it.

        It happens when a policy is adopted in the middle of a case whose rungs are other ones.
        """
        mine = ladder_of(key)
        return mine is not None and any(
            claim.status in _SAID and claim.created_at >= at and ladder_of(other) == mine
            for other, claim in self.claims.items()
        )


def claims_of(session: Session, process: Process) -> Earlier:
    """Everything that a process has claimed so far."""
    query = select(Message.step_key, Message.status, Message.reason, Message.created_at)
    found = session.exec(query.where(Message.process_id == process.id))
    return Earlier({key: Claim(status, reason, created_at) for key, status, reason, created_at in found})
