"""One thing a letter is about. There is no field for a child: the mail reference stands for the child."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from post.errors import ItemError
from post.words import is_one_line

# Three and four letters or digits, like K7F-3QX9. Nothing else is taken, so that neither a council reference
# (which may hold initials or a birth date) nor a UPN can slip into a letter in its place.
MAIL_REF = re.compile(r"[0-9A-Z]{3}-[0-9A-Z]{4}")
_LONGEST_TEXT = 600


class Kind(StrEnum):
    """Why a person is written to."""

    STOP = "stop"  # whoever was asked: no more is needed for that reference
    RESUME = "resume"  # whoever was told to stop: the advice is wanted after all
    PASSED_ON = "passed_on"  # a colleague of whoever was asked: the request is theirs now, and its day stays
    RECEIPT = "receipt"  # whoever answered by a link: what came, and what that means (`answer`)
    BREACH = "breach"  # officer and manager: one of the authority's own limits passed yesterday
    # A service's lead: this one case puts the 20-week day in danger. `due` is that day (`reg13_final_plan`);
    # `category` or `what` is what is missing.
    DANGER = "danger"
    ESCALATE = "escalate"  # service manager: an adviser of the service is late
    CHASE = "chase"  # whoever was asked: advice or a reply is due, or late
    WARN = "warn"  # officer and manager: one of the authority's own limits is near
    UNDELIVERED = "undelivered"  # officer: the mail to somebody was refused
    AWAY = "away"  # next in line at a service, else the officer: whoever was asked is away until after the day
    NO_ADDRESS = "no_address"  # officer: there is nobody to write to
    PAPERS = "papers"  # officer: the papers for an announced request are still to be sent
    VIEWS = "views"  # officer: ask the family gently for their views; never a deadline
    REQUEST = "request"  # adviser: the whole request stands behind the link, so that the six weeks start
    ANNOUNCE = "announce"  # adviser: a request is coming; it starts when the papers arrive
    # A service or a setting that the law says must be told: what, stands behind the link. `limit` is the notice.
    NOTIFY = "notify"
    WEEKLY = "weekly"  # a service: how many are late, and the ten oldest
    # Annual reviews: to the setting that arranges the meeting, or to the officer where the authority does.
    ARRANGE = "arrange"  # arrange the meeting; `due` is the day it is wanted by, `legal_due` that of the review
    INVITE = "invite"  # health, social care: a meeting is planned; send advice in time for the papers
    REVIEW_PAPERS = "review_papers"  # send the papers of the meeting
    MEETING = "meeting"  # the day of the meeting has passed: was it held?
    REPORT = "report"  # the report of the meeting is due, or late
    NOTICE = "notice"  # officer: it was decided to amend, and the notice with the amendments has not gone
    FINALISE = "finalise"  # officer: the family's 15 days are over
    HOLD_OVER = "hold_over"  # officer: the time to appeal is over, the plan may cease
    TERM_LIST = "term_list"  # setting or service: a list of `count` reviews is ready, and comes by a secure way
    TERM_LISTS = "term_lists"  # the SEND team: `count` such lists are ready to be sent by `due`


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """One line of a weekly summary: a reference, what is missing, and the legal day it was due."""

    mail_ref: str
    due: date
    what: str = ""

    def __post_init__(self) -> None:
        _check_reference(self.mail_ref)
        _check_line("what", self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to tell one person.

    - `mail_ref`: the opaque reference (`MAIL_REF`); empty only for what is about no single case: a weekly summary,
      term lists.
    - `limit`: the id of the limit (`reg8_advice`, `reg5_decide`, ...).
    - `category`: the subject of the request (`health`, `health/slt`), from which the plain words come;
      `what` overrides those words ("advice on hearing").
    - `start`: the event day the limit counts from.
    - `due`: the legal day, unadjusted; `working_due`: the last working day on or before it; `norm_due`: a
      tighter day agreed locally.
    - `meeting`: the day of the review meeting, planned or held; `legal_due`: the legal day that `due` leads up to,
      where that is another; `final`: the last day for the final amended plan.
    - `why`: why that day, one sentence; left empty it is written from `limit` and `start`, with the citation.
    - `rung`: days from the due day, negative before it. Days late are never passed in: they are counted from
      `due` and the day of the letter, so that a letter that was held back is still right.
    - `how`: how to answer, and `ring`: whom to ring (name, number, address), where they differ from the
      house's own.
    - `service`: the service concerned, by name (escalations, weekly summaries, undelivered mail).
    - `team`: the authority's team that holds the case.
    - `fallback`: the person is written to in another's place, whose address was refused.
    - `own`: it is told to the authority's own officer, not to whoever has to act.
    - `link`: where it can be read and answered by whoever this letter goes to, and by nobody else; empty where it
      cannot be.
    - `came`: the day on which what a receipt is for came. `answer`: of a receipt what was answered, a heading of
      `receipts.toml`; `missing` the codes of what keeps it from being complete (`MISSING` in `post/receipts.py`).
    - `count` and `oldest`: a weekly summary's figures; for term lists how many, and `start` is the first day of term.

    Raises ItemError for a reference of another shape, text of several lines, or a kind without what it must
    say.
    """

    kind: Kind
    mail_ref: str = ""
    limit: str = ""
    category: str = ""
    what: str = ""
    start: date | None = None
    due: date | None = None
    working_due: date | None = None
    norm_due: date | None = None
    meeting: date | None = None
    legal_due: date | None = None
    final: date | None = None
    came: date | None = None
    why: str = ""
    rung: int | None = None
    how: str = ""
    ring: str = ""
    team: str = ""
    service: str = ""
    fallback: bool = False
    own: bool = False
    link: str = ""
    answer: str = ""
    missing: tuple[str, ...] = ()
    count: int = 0
    oldest: tuple[Late, ...] = ()

    def __post_init__(self) -> None:
        if self.kind is Kind.WEEKLY:
            self._check_weekly()
        elif self.kind in OF_NO_CASE:
            self._check_term_list()
        else:
            _check_reference(self.mail_ref)
        if self.kind in _DATED and self.due is None:
            raise ItemError(f"a letter of kind {self.kind.value} must say a due day")
        for name in _LINES:
            _check_line(name, getattr(self, name))

    def days_late(self, day: date) -> int:
        """Whole days past the legal due day on `day`: 0 when due today or later, or when there is no day."""
        return max(0, (day - self.due).days) if self.due else 0

    def _check_weekly(self) -> None:
        if self.mail_ref or not self.service:
            raise ItemError("a weekly summary is about a service, by name, and not about one reference")
        if not self.oldest or self.count < len(self.oldest):
            raise ItemError("a weekly summary lists the oldest and counts at least what it lists")

    def _check_term_list(self) -> None:
        if self.mail_ref or self.count < 1 or self.start is None:
            raise ItemError("a word about term lists counts them, says when the term begins, and names no reference")


OF_NO_CASE = frozenset({Kind.WEEKLY, Kind.TERM_LIST, Kind.TERM_LISTS})
"""Kinds that are about no single case."""

OF_A_REVIEW = frozenset(
    {
        Kind.ARRANGE,
        Kind.INVITE,
        Kind.REVIEW_PAPERS,
        Kind.MEETING,
        Kind.REPORT,
        Kind.NOTICE,
        Kind.FINALISE,
        Kind.HOLD_OVER,
        Kind.TERM_LIST,
        Kind.TERM_LISTS,
    }
)
"""Kinds that only an annual review has."""

_DATED = (OF_A_REVIEW - {Kind.TERM_LIST}) | {
    Kind.REQUEST,
    Kind.RESUME,
    Kind.PASSED_ON,
    Kind.AWAY,
    Kind.CHASE,
    Kind.ESCALATE,
    Kind.DANGER,
    Kind.WARN,
    Kind.BREACH,
}
_LINES = ("limit", "category", "what", "why", "how", "ring", "team", "service", "link", "answer")


def _check_reference(text: str) -> None:
    if not MAIL_REF.fullmatch(text):
        raise ItemError("a letter names a case by its mail reference alone, of the shape K7F-3QX9")


def _check_line(name: str, text: str) -> None:
    if not is_one_line(text) or len(text) > _LONGEST_TEXT:
        raise ItemError(f"{name} must be one line of at most {_LONGEST_TEXT} printable characters")
