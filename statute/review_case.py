"""One plan and its present review on one day: what counts, where it began and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from statute.amendment import Amendment, current_amendment
from statute.attributes import day_of
from statute.calendar import Calendar
from statute.case import Case, turns
from statute.endings import END_AN_AMENDMENT, kept_from_family, reverses
from statute.facts import Fact
from statute.kind import ANNUAL_REVIEW
from statute.kinds import ABOUT_THE_RECORD, MAY_LIE_AHEAD, STARTS_OF, split_subject
from statute.standing import in_order, standing

STARTS = frozenset(STARTS_OF[ANNUAL_REVIEW])
DECISIONS = ("decision_maintain", "decision_amend", "decision_cease")
_DECIDED = frozenset({*DECISIONS, "decided_not_to_amend"})
# Dated on or before the last review these belong to that one. Who arranges a review may hold for years.
OF_ONE_REVIEW = frozenset(
    {
        "review_invited",
        "review_papers_sent",
        "review_meeting",
        "review_report_received",
        *DECISIONS,
        "amendment_notice_sent",
        *END_AN_AMENDMENT,
        "appeal_registered",
        "appeal_determined",
    }
)


@dataclass(slots=True)
class ReviewCase(Case):
    """What the limits of a plan and its present review are computed from.

    `meeting` is the review meeting that was held, `planned` what says on which day one is planned; `decision` the
    first decision after it. `earlier` belongs to the review before, `later` came after the end, and `untold` are
    decisions that did not go to the family: none of these counts.
    """

    untold: Sequence[Fact] = ()
    earlier: Sequence[Fact] = ()
    later: Sequence[Fact] = ()
    last: Fact | None = None
    transferred: Fact | None = None
    reassessed: Fact | None = None
    meeting: Fact | None = None
    planned: Fact | None = None
    decision: Fact | None = None
    amendment: Amendment = field(default_factory=Amendment)

    @property
    def reviewed(self) -> Fact | None:
        """What the twelve months count from: the last review, else the making of the plan."""
        return self.last or self.first("plan_made")

    @property
    def cycle_start(self) -> date | None:
        """The day from which this authority has owed this review: the latest of the beginnings."""
        return max((fact.day for kind in STARTS for fact in self.all(kind)), default=None)

    @property
    def by_authority(self) -> bool:
        """Whether the authority arranges the review itself, under regulation 21."""
        arranged = self.all("review_arranged_by")
        return bool(arranged) and arranger(arranged[-1]) == "authority"

    @property
    def completed(self) -> Fact | None:
        """The decision that completes the review, or what shows that there was one; None while there is none.

        A decision to cease completes it only in the sense that no other review is owed: see `completed_by`.
        """
        if self.decision is not None or self.ended is None:
            return self.decision
        return self.ended if self.ended.kind in END_AN_AMENDMENT else None


def arranger(fact: Fact) -> str:
    """Who arranges the review, as `review_arranged_by` says it: by its subject or as `by`."""
    return fact.subject or fact.attributes.get("by", "")


def read_review(
    facts: Sequence[Fact], today: date, calendar: Calendar, norms: Mapping[str, int], due_soon_days: int
) -> ReviewCase:
    """Read the facts of a plan and its present review as they stand on `today`."""
    stands: Sequence[Fact] = () if _not_begun(facts, today) else standing(facts, today)
    since = last_reviewed(stands)
    earlier = [] if since is None else [fact for fact in stands if _of_an_earlier_review(fact, since.day)]
    if earlier:
        stands = [fact for fact in stands if not _of_an_earlier_review(fact, since.day if since else date.min)]
    ended, void, _ = turns(stands)
    counted, later = stands, list[Fact]()
    if ended is not None:
        counted = [fact for fact in stands if fact.day <= ended.day or fact.kind in MAY_LIE_AHEAD]
        later = [fact for fact in stands if fact.day > ended.day and fact.kind in OF_ONE_REVIEW]
    reliefs = [fact for fact in stands if fact.kind == "relief"]
    finals = [fact for fact in stands if fact.kind == "amended_plan_sent"]
    case = ReviewCase(today, calendar, norms, due_soon_days, counted, reliefs, finals, ended=ended, void=void)
    case.untold = [fact for fact in counted if fact.kind in _DECIDED and kept_from_family(fact)]
    for fact in counted:
        if fact not in case.untold:
            case.by_kind.setdefault(fact.kind, []).append(fact)
    case.started, case.last, case.earlier, case.later = case.first(*STARTS), since, earlier, later
    _derive(case)
    return case


def last_reviewed(stands: Iterable[Fact]) -> Fact | None:
    """The latest review that is recorded as done, or None."""
    return max((fact for fact in stands if fact.kind == "last_review"), key=in_order, default=None)


def present(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that stand and count, whatever their day: not of an earlier review, not kept from the family."""
    stands = standing(facts)
    since = last_reviewed(stands)
    told = [fact for fact in stands if not (fact.kind in _DECIDED and kept_from_family(fact))]
    return [fact for fact in told if since is None or not _of_an_earlier_review(fact, since.day)]


def planned(facts: Iterable[Fact]) -> Fact | None:
    """The latest word on the day for which the meeting is planned."""
    said = [f for f in facts if f.kind in ("review_invited", "review_papers_sent") and "meeting" in f.attributes]
    return max(said, key=in_order, default=None)


def _of_an_earlier_review(fact: Fact, since: date) -> bool:
    return fact.day <= since and fact.kind in OF_ONE_REVIEW


def _not_begun(facts: Sequence[Fact], today: date) -> bool:
    """Whether a beginning lies ahead: before it another review, or another authority's, was running.

    What was recorded of the plan before belongs there, and nothing was owed here.
    """
    if not any(fact.day > today and _may_begin(fact) for fact in facts):
        return False
    return any(fact.day > today and fact.kind in STARTS for fact in standing(facts))


def _may_begin(fact: Fact) -> bool:
    return fact.kind in STARTS or (fact.kind in ABOUT_THE_RECORD and split_subject(fact.subject)[0] in STARTS)


def _derive(case: ReviewCase) -> None:
    since = case.last.day if case.last else date.min
    case.transferred = next((fact for fact in reversed(case.all("transferred_in")) if fact.day >= since), None)
    made = [*case.all("plan_made"), *case.all("plan_amended")]
    after = [f for f in made if f.attributes.get("after") == "reassessment" and f.day > since]
    case.reassessed = max(after, key=in_order, default=None)
    case.meeting = case.first("review_meeting")
    case.planned = planned(case.facts)
    case.decision = case.first(*DECISIONS)
    case.amendment = current_amendment([fact for fact in case.facts if fact not in case.untold])


def goes_on_after_appeal(case: ReviewCase) -> Fact | None:
    """The determination of an appeal that kept a plan which was to cease, or None."""
    return next((fact for fact in case.all("appeal_determined") if reverses(fact, case.facts)), None)


def meeting_day(case: ReviewCase) -> tuple[Fact | None, date | None]:
    """The meeting that was held, else the one that is planned: what says so, and its day."""
    if case.meeting is not None or case.planned is None:
        return case.meeting, case.meeting.day if case.meeting else None
    return case.planned, day_of(case.planned, "meeting")
