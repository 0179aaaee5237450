"""What a row of a plans file says, as facts of the ledger."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from casework.caseload.differences import Shape, Slot
from casework.caseload.plan_rows import PlanRow
from casework.caseload.wanted import Key, Wanted
from statute.kinds import TRANSFERS
from statute.review_case import DECISIONS

THE_PLAN: tuple[Slot, ...] = (
    (("plan_made",), "", "plan_made"),
    (("transferred_in",), "", "transferred_in"),
    *((("phase_transfer",), kind, "phase_transfer") for kind in TRANSFERS),
    (("transferred_out",), "", "transferred_out"),
    (("plan_ceased",), "", "ceased"),
)
THE_REVIEW: tuple[Slot, ...] = (
    (("last_review",), "", "last_review_decision"),
    (("review_arranged_by",), "", "arranged_by"),
    (("review_meeting",), "", "last_review_meeting"),
    (("review_report_received",), "", "report_received"),
    (DECISIONS, "", "last_review_decision"),
    (("amendment_notice_sent",), "", "amendment_notice_sent"),
    (("amended_plan_sent",), "", "amended_plan_sent"),
)

# Whether a child was under five on a day is said once, when the day is recorded.
_COMPARED = {"meeting", "aligned", "receiving", "from_authority", "to_authority", "reason", "by", "names_setting"}
PLAN = Shape(
    (*THE_PLAN, *THE_REVIEW),
    ("plan_made",),
    frozenset(_COMPARED | {"recommends", "changed_needs", "no_place"}),
    unsaid_agrees=True,
)

_COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "plan_made": ("plan_made",),
    "transferred_in": ("transferred_in",),
    "phase_transfer": ("phase_transfer", "transfer_date"),
    "transferred_out": ("transferred_out",),
    "plan_ceased": ("ceased",),
    "last_review": ("last_review_decision",),
    "review_arranged_by": ("arranged_by",),
    "review_meeting": ("last_review_meeting",),
    "review_report_received": ("report_received",),
    "amendment_notice_sent": ("last_review_outcome", "amendment_notice_sent"),
    "amended_plan_sent": ("last_review_outcome", "amended_plan_sent"),
}


def spoken_of(row: PlanRow, kinds: Iterable[str]) -> set[Key]:
    """Of these kinds, the facts about which the row can be relied on: said, or not said because they did not happen."""
    relied_on = [kind for kind in kinds if row.present.issuperset(_COLUMNS_OF[kind])]
    return {(kind, subject) for kind in relied_on for subject in (TRANSFERS if kind == "phase_transfer" else ("",))}


def plan_made(row: PlanRow) -> Wanted:
    """The making of the plan: from that day on it is reviewed (s.44(1)(a))."""
    young = row.decided is None and row.under_five(row.began)
    return Wanted("plan_made", "", row.began, "plan_made", {"early_years": "yes"} if young else {})


def last_review(row: PlanRow, decided: date, meeting: date | None) -> Wanted:
    """A completed review, on the day its decision was sent: from that day on the next is due (s.44(1)(b))."""
    attributes = {"meeting": meeting.isoformat()} if meeting else {}
    if row.meeting_withdrawn and decided == row.decided:
        attributes.setdefault("meeting", "")
    if row.under_five(decided):
        attributes["early_years"] = "yes"
    return Wanted("last_review", "", decided, "last_review_decision", attributes)


def decision(row: PlanRow) -> Iterator[Wanted]:
    """The last review as a review of its own: its meeting, its decision, and what became of an amendment."""
    if row.last_meeting:
        column = "decided_meeting" if "decided_meeting" in row.days else "last_review_meeting"
        yield Wanted("review_meeting", "", row.last_meeting, column, {} if row.meeting else _aligned(row))
    if row.last_report:
        yield _report(row, row.last_report)
    if row.decided and row.outcome:
        yield Wanted(f"decision_{row.outcome}", "", row.decided, "last_review_decision")
    if day := row.days.get("amendment_notice_sent"):
        yield Wanted("amendment_notice_sent", "", day, "amendment_notice_sent")
    if day := row.days.get("amended_plan_sent"):
        named = _said(row, names_setting=row.names_setting)
        yield Wanted("amended_plan_sent", "", day, "amended_plan_sent", named)


def current(row: PlanRow) -> Iterator[Wanted]:
    """The review under way: who arranges it, its meeting, its report."""
    if row.arranged_by:
        yield Wanted("review_arranged_by", "", row.decided or row.began, "arranged_by", {"by": row.arranged_by})
    if row.meeting:
        yield Wanted("review_meeting", "", row.meeting, "last_review_meeting", _aligned(row))
    if row.report:
        yield _report(row, row.report)


def transfers(row: PlanRow) -> Iterator[Wanted]:
    """A phase transfer that somebody says is coming. Its day is the day of transfer, which may lie ahead."""
    if row.transfer:
        receiving = _said(row, receiving=row.transfer.receiving)
        yield Wanted("phase_transfer", row.transfer.kind, row.transfer.day, "phase_transfer", receiving)


def came(row: PlanRow) -> Iterator[Wanted]:
    """The plan was transferred from another authority (reg 15)."""
    if day := row.days.get("transferred_in"):
        yield Wanted("transferred_in", "", day, "transferred_in", _said(row, from_authority=row.from_authority))


def went(row: PlanRow) -> Iterator[Wanted]:
    """The plan ended here: transferred to another authority, or ceased (s.45)."""
    if day := row.days.get("transferred_out"):
        yield Wanted("transferred_out", "", day, "transferred_out", _said(row, to_authority=row.to_authority))
    if day := row.days.get("ceased"):
        reason = {"reason": row.ceased_reason} if "ceased_reason" in row.present else {}
        yield Wanted("plan_ceased", "", day, "ceased", reason)


def _report(row: PlanRow, day: date) -> Wanted:
    said = _said(row, recommends=row.recommends, changed_needs=row.changed_needs, no_place=row.no_place)
    return Wanted("review_report_received", "", day, "report_received", said)


def _aligned(row: PlanRow) -> dict[str, str]:
    """With which other reviews the last meeting was held together; of one before it no column says so."""
    return _said(row, aligned=row.aligned)


def _said(row: PlanRow, **values: str) -> dict[str, str]:
    """What the file's columns say; what it has no column for, or only doubt, it does not say."""
    return {name: value for name, value in values.items() if name in row.present}
