"""What people do in a case from day to day: the next thing and its day, drawn from how long such things take.

Each draw has dice of its own, named after the seed, the case and what is waited for. So another policy, rehearsed with
the same seed, meets the same people on the same days, and what differs is the policy's doing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from scorecard.rehearsal.held import Held, is_review
from scorecard.rehearsal.waits import Waits
from statute.calendar import Calendar
from statute.facts import Fact
from statute.review_situation import REVIEW_DUE
from statute.situation import Situation

_DAY = timedelta(days=1)
_FOUR_WEEKS, _INVITED, _PAPERS = timedelta(days=28), timedelta(days=21), timedelta(days=15)
# The family's fifteen days begin on the day after the draft was served, and end before the plan is finished.
_LEAST = {"finished": 16, "amended": 16}


def nobody(case: Held, situation: Situation) -> Fact | None:
    """Nobody does anything more: every limit runs to its end."""
    return None


@dataclass(frozen=True, slots=True)
class People:
    """People who do what they do after waits like those of the council. `start` is the first day of the rehearsal."""

    waits: Waits
    seed: int
    start: date
    calendar: Calendar

    def next_fact(self, case: Held, situation: Situation) -> Fact | None:
        """The next thing that somebody does, and its day: today or later."""
        ways = self._review(case, situation) if is_review(case) else self._assessment(case, situation)
        found = min(ways, key=lambda fact: (fact.day, fact.name), default=None)
        if found is None:
            return None
        day = max(found.day, situation.today)
        while not self.calendar.is_office_day(day):
            day += _DAY
        return Fact(found.kind, day, found.subject, found.attributes)

    # Assessments

    def _assessment(self, case: Held, situation: Situation) -> Iterator[Fact]:
        said = {fact.kind: fact.day for fact in situation.facts}
        began = situation.timeline.started_on
        if began is None:
            return
        agreed = situation.asking.decided_on
        if agreed is None:
            yes = self._share(case, "assess")
            kind = "decision_to_assess" if yes else "decision_not_to_assess"
            yield Fact(kind, self._day(case, "decided", began))
            return
        yield from self._asked(case, situation)
        if not situation.asking.family_heard:
            heard = MappingProxyType({"from": "parent"})
            yield Fact("family_views", self._day(case, "families", agreed), attributes=heard)
        yield from self._plan(case, said, agreed)

    def _asked(self, case: Held, situation: Situation) -> Iterator[Fact]:
        for ask in situation.asking.asks:
            if ask.settled_by:
                continue
            name = f"advice:{ask.subject.partition('/')[0]}"
            if ask.asked_on:
                yield Fact("advice_received", self._day(case, name, ask.asked_on, ask.subject), ask.subject)
            elif ask.papers_wanted and ask.whole_from is None and situation.asking.decided_on:
                day = self._day(case, "papers", situation.asking.decided_on, ask.subject)
                yield Fact("advice_requested", day, ask.subject)

    def _plan(self, case: Held, said: dict[str, date], agreed: date) -> Iterator[Fact]:
        if drafted := said.get("draft_plan_sent"):
            yield Fact("final_plan_sent", self._day(case, "finished", drafted))
            return
        day = self._day(case, "drafted", agreed)
        if "decision_to_issue" in said or self._share(case, "issue"):
            yield Fact("draft_plan_sent", day)
        else:
            yield Fact("decision_not_to_issue", day)

    # Reviews

    def _review(self, case: Held, situation: Situation) -> Iterator[Fact]:
        said = {fact.kind: fact.day for fact in situation.facts if fact.kind != "last_review"}
        met = said.get("review_meeting")
        if met is None:
            yield from self._to_the_meeting(case, situation, said)
            return
        decided = next((said[kind] for kind in ("decision_amend", "decision_maintain") if kind in said), None)
        if "review_report_received" not in said and decided is None:
            yield Fact("review_report_received", self._day(case, "report", met))
        if decided is None and "decision_cease" not in said:
            kind = "decision_amend" if self._share(case, "amend") else "decision_maintain"
            yield Fact(kind, self._day(case, "review_decided", met))
        elif "decision_amend" in said:
            noticed = said.get("amendment_notice_sent")
            if noticed is None:
                yield Fact("amendment_notice_sent", self._day(case, "notice", said["decision_amend"]))
            else:
                yield Fact("amended_plan_sent", self._day(case, "amended", noticed))

    def _to_the_meeting(self, case: Held, situation: Situation, said: dict[str, date]) -> Iterator[Fact]:
        due = next((row.legal_due for each in REVIEW_DUE if (row := situation.open(each))), None)
        if due is None:
            return
        held = self._day(case, "meeting", due - _FOUR_WEEKS)
        planned = MappingProxyType({"meeting": held.isoformat()})
        if "review_invited" not in said:
            yield Fact("review_invited", held - _INVITED, attributes=planned)
        elif "review_papers_sent" not in said:
            yield Fact("review_papers_sent", held - _PAPERS, attributes=planned)
        yield Fact("review_meeting", held)

    # Dice

    def _dice(self, case: Held, name: str, about: str = "") -> Random:
        return Random(f"{self.seed}/{case.process.case_ref}/{name}/{about}")  # noqa: S311 - nothing secret

    def _share(self, case: Held, name: str) -> bool:
        return self._dice(case, name).random() < self.waits.shares[name]

    def _day(self, case: Held, name: str, since: date, about: str = "") -> date:
        """The day drawn for something that has been waited for since a day, on an office day."""
        waited = max((self.start - since).days - 1, -28)
        drawn = self.waits.drawn(name, waited, self._dice(case, name, about or since.isoformat()))
        day = since + timedelta(days=max(drawn, _LEAST.get(name, drawn)))
        while not self.calendar.is_office_day(day):
            day += _DAY
        return day
