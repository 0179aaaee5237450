"""What stands behind the link of a notice: who the child is, what was decided, and on which day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from casework.secure_links.visits import Opened
from config.clock import london_day
from records.ledger import facts_of
from records.tables import Person, Process
from statute.facts import Fact
from statute.limits_of_assessments import LIMITS
from statute.notifying import tidings
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Behind:
    """One notice as whoever was told may read it.

    `fact` is what it tells of as the ledger has it today; None where that was taken back, or other things have happened
    since. `decide_by` is the last day for the decision whether to assess.
    """

    mail_ref: str
    child: str
    date_of_birth: date | None
    notice: str
    category: str
    law: str
    fact: Fact | None
    decide_by: date | None


def notice_behind(db: Engine, opened: Opened, now: datetime) -> Behind:
    """What an opened link of a notice shows at `now`."""
    notice, _, category = opened.subject.partition("/")
    with Session(db) as session:
        process = session.get_one(Process, opened.process_id)
        person = session.get_one(Person, process.person_id)
        stands = standing(facts_of(session, process.id), london_day(now))
    true = next((each for each in tidings(stands) if each.notice.name == notice), None)
    return Behind(
        mail_ref=process.mail_ref,
        child=f"{person.forename} {person.surname}".strip(),
        date_of_birth=person.date_of_birth,
        notice=notice,
        category=category,
        law=true.notice.law if true else "",
        fact=true.fact if true else None,
        decide_by=LIMITS["reg5_decide"].rule.last_day(true.fact.day) if true else None,
    )
