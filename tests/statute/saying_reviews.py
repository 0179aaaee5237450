"""Reviews in the words of the ledger, for tables of cases."""

from collections.abc import Mapping, Sequence
from datetime import date

from statute.annual_review import timeline
from statute.judgement import Judgement, judge
from statute.norms import NO_NORMS
from statute.timeline import Deadline, Timeline
from tests.statute.saying import day, facts

MADE = "plan_made=2024-03-01"
# A meeting on a Tuesday: the report is due on 19 November, the decision on 3 December, the final plan on 28 January.
MET = "review_meeting=2024-11-05"
AMEND = "decision_amend=2024-12-03;to=family,setting"
NOTICE = "amendment_notice_sent=2024-12-03"
MAINTAIN = "decision_maintain=2024-12-03;to=family,setting"
CEASE = "decision_cease=2024-12-03;to=family,setting"
AMENDED = "amended_plan_sent=2025-01-28;names_setting=yes;to=family,setting,health_commissioner"
TODAY = day("2026-06-01")


def at(as_of: str, *said: str, norms: Mapping[str, int] = NO_NORMS, terms: Sequence[date] = ()) -> Timeline:
    return timeline(facts(*said), day(as_of), norms=norms, terms=terms)


def one(as_of: str, limit: str, *said: str, subject: str = "") -> Deadline:
    found = at(as_of, *said).get(limit, subject)
    assert found is not None, f"no row {limit} {subject}"
    return found


def state(as_of: str, limit: str, *said: str, subject: str = "") -> str:
    return one(as_of, limit, *said, subject=subject).state.value


def judged(*said: str, today: date = TODAY) -> Judgement:
    """What the judge says of the last fact, after all that come before it."""
    *existing, new = facts(*said)
    return judge(existing, new, today, "annual-review")
