"""The columns of a plans file, and what each becomes."""

from casework.caseload.columns import CASE_COLUMNS, PERSON_COLUMNS, FileKind

TRANSFERS = ("school", "post16", "post16_move")
"""Kinds of phase transfer (reg 18): into or between schools, from school to post-16, between post-16 institutions.
Only a person knows whether there is one: it is never derived from a year group."""

OUTCOMES = ("maintain", "amend", "cease")
"""What a review can end with (regs 20(10) and 21(9)), and what its report can recommend."""

ARRANGERS = ("school", "institution", "authority")
"""Who arranges the review meeting: the school or institution (reg 20), or the authority itself (reg 21)."""

EVENT_COLUMNS = (
    "last_review_decision",
    "last_review_meeting",
    "report_received",
    "transferred_in",
    "transferred_out",
    "ceased",
)
"""Columns that date something that happened: never before the plan was made, never in the future."""

OPTIONAL = frozenset(
    {
        "last_review_outcome",
        "report_received",
        "recommends",
        "changed_needs",
        "no_place",
        "arranged_by",
        "from_authority",
        "to_authority",
        "ceased_reason",
    }
)

COLUMNS = (
    "plan_ref",
    *PERSON_COLUMNS,
    "plan_made",
    "last_review_decision",
    "last_review_outcome",
    "last_review_meeting",
    "arranged_by",
    "report_received",
    "recommends",
    "changed_needs",
    "no_place",
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

DAY_COLUMNS = frozenset({"plan_made", "date_of_birth", "transfer_date", *EVENT_COLUMNS})
"""Every column that holds a day."""

PLANS = FileKind("plans", "plan", "plans", "plan_ref", ("plan_ref", "plan_made"), COLUMNS, OPTIONAL)
