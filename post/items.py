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
    BREACH = "breach"  # officer and manager: one of the authority's own limits passed yesterday
    # A service's lead: this one case puts the 20-week day in danger. `due` is that day (`reg13_final_plan`);
    # `category` or `what` is what is missing.
    DANGER = "danger"
    ESCALATE = "escalate"  # service manager: an adviser of the service is late
    CHASE = "chase"  # whoever was asked: advice or a reply is due, or late
    WARN = "warn"  # officer and manager: one of the authority's own limits is near
    UNDELIVERED = "undelivered"  # officer: the mail to somebody was refused
    NO_ADDRESS = "no_address"  # officer: there is nobody to write to
    PAPERS = "papers"  # officer: the papers for an announced request are still to be sent
    VIEWS = "views"  # officer: ask the family gently for their views; never a deadline
    ANNOUNCE = "announce"  # adviser: a request is coming; it starts when the papers arrive
    WEEKLY = "weekly"  # a service: how many are late, and the ten oldest


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

    - `mail_ref`: the opaque reference (`MAIL_REF`); empty only for a weekly summary.
    - `limit`: the id of the limit (`reg8_advice`, `reg5_decide`, ...).
    - `category`: the subject of the request (`health`, `health/slt`), from which the plain words come;
      `what` overrides those words ("advice on hearing").
    - `start`: the event day the limit counts from.
    - `due`: the legal day, unadjusted; `working_due`: the last working day on or before it; `norm_due`: a
      tighter day agreed locally.
    - `why`: why that day, one sentence; left empty it is written from `limit` and `start`, with the citation.
    - `rung`: days from the due day, negative before it. Days late are never passed in: they are counted from
      `due` and the day of the letter, so that a letter that was held back is still right.
    - `how`: how to answer, and `ring`: whom to ring (name, number, address), where they differ from the
      house's own.
    - `service`: the service concerned, by name (escalations, weekly summaries, undelivered mail).
    - `team`: the authority's team that holds the case.
    - `fallback`: the person is written to in another's place, whose address was refused.
    - `count` and `oldest`: a weekly summary's figures.

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
    why: str = ""
    rung: int | None = None
    how: str = ""
    ring: str = ""
    team: str = ""
    service: str = ""
    fallback: bool = False
    count: int = 0
    oldest: tuple[Late, ...] = ()

    def __post_init__(self) -> None:
        if self.kind is Kind.WEEKLY:
            self._check_weekly()
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


_DATED = frozenset({Kind.CHASE, Kind.ESCALATE, Kind.DANGER, Kind.WARN, Kind.BREACH})
_LINES = ("limit", "category", "what", "why", "how", "ring", "team", "service")


def _check_reference(text: str) -> None:
    if not MAIL_REF.fullmatch(text):
        raise ItemError("a letter names a case by its mail reference alone, of the shape K7F-3QX9")


def _check_line(name: str, text: str) -> None:
    if not is_one_line(text) or len(text) > _LONGEST_TEXT:
        raise ItemError(f"{name} must be one line of at most {_LONGEST_TEXT} printable characters")
