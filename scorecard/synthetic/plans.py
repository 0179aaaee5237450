"""Plans of the kinds that are wanted, as rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.synthetic.assessment_days import Year
from scorecard.synthetic.children import Child, Children
from scorecard.synthetic.days import after
from scorecard.synthetic.places import place
from scorecard.synthetic.review_days import ReviewDays, review_days
from scorecard.synthetic.review_kind import ReviewKind
from scorecard.synthetic.rows import AssessmentRow, PlanRow

_ENDED_BEFORE = 0.02
"""Plans of years before that ended in the year, as a share of those of which a review was expected."""

_TO_ANSWER = 17
"""Days after the notice before which no amended plan is sent: the family has fifteen to answer (reg 22(2)(c))."""

_REASONS, _REASON_WEIGHTS = ("1", "2", "3", "4", "5", "6", "7", "8", "9"), (4, 4, 20, 25, 0, 12, 3, 1, 4)
"""Why plans cease, by SEN2 code; that it went to another authority is said otherwise."""


@dataclass(frozen=True, slots=True)
class OfYear:
    """Plans made since New Year of the year that is counted: by assessments of the council, of which so many ended
    by the census, and so many that came with children who moved in."""

    made_here: int
    ended: int
    moved_in: int


def of_year(rows: Sequence[AssessmentRow], not_expected: int) -> OfYear:
    """How the plans of which no review was expected come from those that were made."""
    made = sum(row.final_sent is not None for row in rows)
    return OfYear(made, max(0, made - not_expected), max(0, not_expected - made))


def plans(
    kinds: Sequence[ReviewKind], rows: Sequence[AssessmentRow], new: OfYear, year: Year, children: Children
) -> list[PlanRow]:
    """One row for each plan, in the order in which they were made."""
    found = [_reviewed(kind, year, children) for kind in kinds]
    found += _from_assessments(rows, new.ended, year)
    found += [_moved_in(year, children) for _ in range(new.moved_in)]
    found += [_ended_before(year, children) for _ in range(round(_ENDED_BEFORE * len(kinds)))]
    return _numbered(found)


def _numbered(drafts: list[dict[str, object]]) -> list[PlanRow]:
    number: Counter[int] = Counter()
    rows: list[PlanRow] = []
    for draft in sorted(drafts, key=lambda draft: str(draft["plan_made"])):
        made = draft["plan_made"]
        assert isinstance(made, date)
        number[made.year] += 1
        rows.append(PlanRow(plan_ref=f"PLAN-{made.year}-{number[made.year]:04d}", **draft))  # pyright: ignore[reportArgumentType]
    return rows


def _draft(child: Child, made: date, year: Year, **told: object) -> dict[str, object]:
    where = place(year.days.rng, child.date_of_birth, year.census)
    return {"child": child, "place": where, "plan_made": made, **told}


def _from_assessments(rows: Sequence[AssessmentRow], ended: int, year: Year) -> list[dict[str, object]]:
    """The plans that assessments made, the first ones of which ended again."""
    made = [(row.final_sent, row) for row in rows if row.final_sent]
    made.sort(key=lambda each: each[0])
    return [
        {"child": row.child, "place": row.place, "plan_made": day}
        | (_end(after(day, 1), year) if number < ended else {})
        for number, (day, row) in enumerate(made)
    ]


def _moved_in(year: Year, children: Children) -> dict[str, object]:
    """A plan that another authority made in the year, of a child who moved here since."""
    made = year.days.any(year.first, after(year.census, -14))
    came = year.days.soon(after(made, 1), year.census, 60)
    return _draft(children.with_plan(made, year.census), made, year, transferred_in=came)


def _ended_before(year: Year, children: Children) -> dict[str, object]:
    """A plan of years before that ended in the year."""
    made = year.days.late(date(year.year - 8, 1, 4), after(year.first, -30), 900)
    end = _end(after(year.first, 5), year)
    return _draft(children.with_plan(made, year.census), made, year, **end, **_decided_to_cease(end, made, year))


def _decided_to_cease(end: dict[str, object], made: date, year: Year) -> dict[str, object]:
    """A plan that ceased was decided to cease, two months before at least: the time to appeal."""
    ceased = end.get("ceased")
    if not isinstance(ceased, date) or (ceased - made).days < 150:
        return {}
    decided = year.days.near(after(ceased, -70), after(ceased, -100), after(ceased, -63))
    return {"last_review_decision": decided, "last_review_outcome": "cease"}


def _end(first: date, year: Year) -> dict[str, object]:
    rng = year.days.rng
    day = year.days.any(first, max(year.last, after(first, 5))) if first <= year.last else year.census
    if rng.random() < 0.4:
        return {"transferred_out": day}
    return {"ceased": day, "ceased_reason": rng.choices(_REASONS, _REASON_WEIGHTS)[0]}


def _reviewed(kind: ReviewKind, year: Year, children: Children) -> dict[str, object]:
    days = review_days(kind, year)
    return _draft(
        children.with_plan(days.made, year.census),
        days.made,
        year,
        previous_review_decision=days.previous,
        last_review_decision=days.decided,
        last_review_outcome=kind.outcome,
        decided_meeting=days.decided_met,
        last_review_meeting=days.met,
        **_amendment(kind, days, year),
        **_report(kind, days, year),
    )


def _amendment(kind: ReviewKind, days: ReviewDays, year: Year) -> dict[str, object]:
    """The notice with the decision (reg 22(2)), and most of the amended plans about eight weeks after."""
    if kind.outcome != "amend" or not days.decided:
        return {}
    rng = year.days.rng
    notice = days.decided
    sent = after(notice, _TO_ANSWER + int(rng.gammavariate(4, 10)))
    if rng.random() < 0.1 or sent > after(year.census, -5):
        return {"amendment_notice_sent": notice}
    return {
        "amendment_notice_sent": notice,
        "amended_plan_sent": year.days.near(sent, after(notice, _TO_ANSWER), year.census),
    }


def _report(kind: ReviewKind, days: ReviewDays, year: Year) -> dict[str, object]:
    """The report within a fortnight of the last meeting (reg 20(8)), where it came."""
    if not days.met or year.days.rng.random() < 0.15:
        return {}
    rng = year.days.rng
    last = days.decided if days.decided and days.decided >= days.met else year.census
    sent = min(after(days.met, rng.randint(3, 17)), last)
    if not year.days.within(days.met, sent):
        return {}
    said = kind.outcome if not kind.owed and kind.outcome and rng.random() < 0.9 else "maintain"
    return {"report_received": year.days.near(sent, days.met, sent), "recommends": said}
