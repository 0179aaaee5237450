"""What is looked at when a mail is filed as advice, and what is not, because a mail fills in no form.

Advice by link is looked at on arrival and sent back to whoever gave it. Of a mail only the age of its report is known;
whoever files it decides, and is told what they must look at themselves.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from casework.answering.kinds import Answer as Kind
from casework.errors import NeedsConfirmation
from casework.policies import policy_in_force


@dataclass(frozen=True, slots=True)
class Filing:
    """How a mail is filed as an answer: to which request, as what, on which day it came.

    `report_date` is the day of the report where one is named; `reason` why there is nothing to say, of a nil return.
    """

    kind: Kind
    subject: str
    day: date
    report_date: date | None = None
    reason: str = ""


@contextmanager
def confirmed(session: Session, filing: Filing, *, confirm: bool) -> Generator[None]:
    """Raises NeedsConfirmation at its end with what is doubtful of the report, and what its body raised of the rest."""
    doubts = [] if confirm else _doubts(session, filing)
    try:
        yield
    except NeedsConfirmation as unlawful:
        raise NeedsConfirmation([*doubts, *unlawful.messages]) from None
    if doubts:
        raise NeedsConfirmation(doubts)


def not_looked_at(filing: Filing) -> Sequence[str]:
    """What nobody has looked at of advice that was filed, for whoever filed it; empty of every other answer."""
    if filing.kind is not Kind.RECEIVED:
        return ()
    found = ["whether it says needs, outcomes and provision", "for which sections of the plan it is"]
    return found if filing.report_date else ["how old its report is", *found]


def _doubts(session: Session, filing: Filing) -> list[str]:
    oldest = policy_in_force(session).advice_of(filing.subject).oldest_report
    too_old = oldest and filing.report_date and filing.report_date < filing.day - timedelta(days=oldest)
    if filing.kind is not Kind.RECEIVED or not too_old:
        return []
    return [
        f"When it came, the report was older than the {oldest} days that the council's policy allows. By link it would "
        "have been sent back. If it is not enough, file it as a part of the advice and ask for the rest."
    ]
