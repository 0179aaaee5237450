"""The columns of a plans file, and what each becomes."""

from casework.caseload.columns import CASE_COLUMNS, PERSON_COLUMNS, FileKind

OUTCOMES = ("maintain", "amend", "cease")
"""What a review can end with (regs 20(10) and 21(9)), and what its report can recommend."""

AMENDMENT_COLUMNS = ("amendment_notice_sent", "amended_plan_sent", "names_setting")
"""What became of a last review that decided to amend (reg 22)."""

REPORT_COLUMNS = ("recommends", "changed_needs", "no_place")
"""What the report of the current review says; nothing without the day on which it was received."""

EVENT_COLUMNS = (
    "previous_review_decision",
    "last_review_decision",
    "amendment_notice_sent",
    "amended_plan_sent",
    "decided_meeting",
    "last_review_meeting",
    "report_received",
    "transferred_in",
    "transferred_out",
    "ceased",
)
"""Columns that date something that happened: never before the plan was made, never in the future."""

COLUMNS = (
    "plan_ref",
    *PERSON_COLUMNS,
    "plan_made",
    "previous_review_decision",
    "last_review_decision",
    "last_review_outcome",
    *AMENDMENT_COLUMNS,
    "decided_meeting",
    "last_review_meeting",
    "aligned",
    "arranged_by",
    "report_received",
    *REPORT_COLUMNS,
    "phase_transfer",
    "transfer_date",
    "receiving",
    "transferred_in",
    "from_authority",
    "transferred_out",
    "to_authority",
    "ceased",
    "ceased_reason",
    *CASE_COLUMNS,
)

OPTIONAL = frozenset(
    {
        "previous_review_decision",
        "last_review_outcome",
        *AMENDMENT_COLUMNS,
        "decided_meeting",
        "aligned",
        "arranged_by",
        "report_received",
        *REPORT_COLUMNS,
        "from_authority",
        "to_authority",
        "ceased_reason",
    }
)
"""Columns that a file may lack without a warning."""

DAY_COLUMNS = frozenset({"plan_made", "date_of_birth", "transfer_date", *EVENT_COLUMNS})
"""Every column that holds a day."""

PLANS = FileKind("plans", "plan", "plans", "plan_ref", ("plan_ref", "plan_made"), COLUMNS, OPTIONAL)
