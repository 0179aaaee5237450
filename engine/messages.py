"""What crosses the boundary between workflows, activities and those who wake them.

Ids, dates, counts and codes only: whatever stands here is stored in Temporal's history, readable by whoever
runs the cluster, so nothing in it may tell who a child is.

Histories outlive releases. Fields are never removed or renamed, and every new one has a default, so that a
message written by last year's worker is still read by today's and the other way round (unknown fields are
ignored).
"""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

ASSESSMENT = "assessment"
ANNUAL_REVIEW = "annual-review"


class Message(BaseModel):
    """Something that is stored in a workflow's history: frozen, and tolerant of fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ProcessRef(Message):
    """Which process a clock runs for.

    `version` is the newest ledger version the sender knows, `run` counts the openings of the process
    (a reopened process is in its second run), `kind` says which process of the law it is.
    """

    process_id: UUID
    version: int = 0
    run: int = 1
    kind: str = ASSESSMENT


class FactsChanged(Message):
    """The ledger of a process has grown to `version`; look again, whatever was planned."""

    version: int = 0
    run: int = 1


class CarryOut(Message):
    """Do everything that is due for a process as of `now` (aware; the workflow's clock, not the wall's)."""

    process_id: UUID
    now: datetime
    run: int = 1


class CarriedOut(Message):
    """What came of it.

    `version` is the ledger version that was read. `next_wake` is the next instant at which something falls
    due, None when nothing can before a new fact arrives. `closed`: the process has ended with `outcome`.
    `urgent`: something was put down that must not wait for the post round. `summary` is one line for
    Temporal's own pages: codes and dates only.
    """

    version: int = 0
    next_wake: datetime | None = None
    closed: bool = False
    outcome: str = ""
    summary: str = ""
    urgent: bool = False


class Ended(Message):
    """How a clock came to its end: the outcome's code and the ledger version that showed it."""

    outcome: str = ""
    version: int = 0


class SendAtOnce(Message):
    """Send what a process has that is urgent, as of `now`."""

    process_id: UUID
    now: datetime


class RoundOrder(Message):
    """Make one round (of the post, of the nightly check, over all plans) as of `now`.

    `force`: a person asked for it, so the hour and the kind of day do not matter (the post only).
    """

    now: datetime
    force: bool = False


class PostReport(Message):
    """Counts of messages after one sending: `left` may still go if tried again later the same day."""

    sent: int = 0
    failed: int = 0
    held: int = 0
    skipped: int = 0
    left: int = 0

    def __add__(self, other: "PostReport") -> "PostReport":
        """Both sendings together; what is left is what the later one left."""
        return PostReport(
            sent=self.sent + other.sent,
            failed=self.failed + other.failed,
            held=self.held + other.held,
            skipped=self.skipped + other.skipped,
            left=other.left,
        )


class NightlyReport(Message):
    """Counts of a nightly check: clocks found running (`reviews` of them are reviews'), clocks woken again, findings
    for a person.
    """

    running: int = 0
    reviews: int = 0
    woken: int = 0
    findings: int = 0


class ReviewsOpened(Message):
    """How many reviews a daily sweep opened."""

    opened: int = 0


class TermListsPrepared(Message):
    """Counts of the lists of reviews before a term: those that are new, and the messages that were put down of them."""

    lists: int = 0
    messages: int = 0


class ReturnsRead(Message):
    """Counts of one look at what became of letters: mails that came back, letters passed on because of them, letters
    that Notify was asked about. `problems`: how many of the places could not be asked.
    """

    bounces: int = 0
    delayed: int = 0
    automatic: int = 0
    replies: int = 0
    unfiled: int = 0
    passed_on: int = 0
    asked: int = 0
    problems: int = 0


class MonthsClosed(Message):
    """Of how many months the position was put down: none, when that was done before."""

    months: int = 0
