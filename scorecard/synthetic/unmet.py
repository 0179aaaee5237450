"""Published figures that no set of cases can have beside the others, and why."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from scorecard.published.rows import ASSESSMENTS, REQUESTS, REVIEWS, TIMELINESS
from scorecard.published.tables import Published
from scorecard.synthetic.bridges import Unmet
from scorecard.synthetic.filling import not_kept

Figures = Mapping[str, Mapping[str, int]]

PARTS: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    REQUESTS: {
        "request_assess_pc": ("requests_decided_to_assess", ("requests_received_in_year",)),
        "request_not_assess_pc": ("requests_decided_not_to_assess", ("requests_received_in_year",)),
        "request_outstanding_pc": ("requests_decision_not_made", ("requests_received_in_year",)),
        "request_withdrawn_pc": ("requests_withdrawn", ("requests_received_in_year",)),
        "request_outcome_six_weeks_pc": (
            "request_outcome_six_weeks",
            ("request_outcome_six_weeks", "request_outcome_over_6_weeks"),
        ),
        "request_outcome_over_6_weeks_pc": (
            "request_outcome_over_6_weeks",
            ("request_outcome_six_weeks", "request_outcome_over_6_weeks"),
        ),
    },
    ASSESSMENTS: {
        **{
            f"assess_{word}_pc": (f"assess_{word}", ("assess_in_year",))
            for word in ("issued", "not_issued", "withdrawn")
        },
        "assess_not_made_pc": ("assess_not_made", ("assess_in_year",)),
        "outcome_decision_within_time_pc": (
            "outcome_decision_within_time",
            ("outcome_decision_within_time", "outcome_decision_over_time"),
        ),
        "outcome_decision_over_time_pc": (
            "outcome_decision_over_time",
            ("outcome_decision_within_time", "outcome_decision_over_time"),
        ),
    },
    TIMELINESS: {
        "pc_plans_issued_within_20_weeks": ("plans_issued_within_20_weeks", ("plans_issued_den",)),
        "PC_plans_issued_20_weeks_ex": ("plans_issued_20_weeks_ex", ("plans_issued_den_ex",)),
        "pc_plans_issued_gt20weeks_ltYear": ("plans_issued_gt20weeks_ltYear", ("plans_issued_den",)),
        "PC_plans_issued_gt20weeks_ltYear_ex": ("plans_issued_gt20weeks_ltYear_ex", ("plans_issued_den_ex",)),
        "pc_plans_issued_gt_1_year": ("plans_issued_gt_1_year", ("plans_issued_den",)),
        "PC_plans_issued_gt_1_year_ex": ("plans_issued_gt_1_year_ex", ("plans_issued_den_ex",)),
    },
    REVIEWS: {
        "pc_decsion_4weeks": ("number_decsion_4weeks", ("number_decsion_4weeks", "number_decision_gt_4weeks")),
        "pc_decision_gt_4weeks": ("number_decision_gt_4weeks", ("number_decsion_4weeks", "number_decision_gt_4weeks")),
    },
}
"""Each percentage: of which column, and of the sum of which."""

WHY = {
    "plans_issued_gt20weeks_ltYear": "the three bands do not sum to the plans issued: this band gave way",
    "plans_issued_gt20weeks_ltYear_ex": "the three bands do not sum to the plans issued: this band gave way",
    "outcome_decision_over_time": "within and over sixteen weeks do not sum to those without a plan: this gave way",
    "number_decision_gt_4weeks": "within and over four weeks do not sum to the decisions: this gave way",
}
"""Which cell gives way where cells contradict their own table."""

_PERCENTAGE = "the percentage does not follow from the figures that it is of"
_FOLLOWS = "the percentage is of a figure that gave way"
_SUM = "it is not the sum of its parts"


def agreeing(figures: Figures) -> dict[str, dict[str, int]]:
    """The figures with the cells that give way put so that every table agrees with itself: what the cases will have."""
    found = {table: dict(cells) for table, cells in figures.items()}
    asked, ended, sent, held = (found[table] for table in (REQUESTS, ASSESSMENTS, TIMELINESS, REVIEWS))
    parts = ("decided_to_assess", "decided_not_to_assess", "decision_not_made", "withdrawn")
    asked["requests_received_in_year"] = sum(asked[f"requests_{part}"] for part in parts)
    ended["outcome_decision_over_time"] = ended["assess_not_issued"] - ended["outcome_decision_within_time"]
    ended["assess_in_year"] = sum(ended[f"assess_{part}"] for part in ("issued", "not_issued", "not_made", "withdrawn"))
    for end, within in (("", "plans_issued_within_20_weeks"), ("_ex", "plans_issued_20_weeks_ex")):
        others = sent[within] + sent[f"plans_issued_gt_1_year{end}"]
        sent[f"plans_issued_gt20weeks_ltYear{end}"] = sent[f"plans_issued_den{end}"] - others
    decided = sum(value for name, value in held.items() if name.startswith("review_decision") and name[-1].isdigit())
    held["number_decision_gt_4weeks"] = decided - held["number_decsion_4weeks"]
    return found


def percentage(part: int, whole: int) -> float | None:
    """One decimal, halves up; None of nothing."""
    if not whole:
        return None
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def unmet(source: Published, area: str, year: int, figures: Figures) -> Iterator[Unmet]:
    """Every published cell that differs from what the cases will have."""
    for table, row in source.of(year, area).items():
        cells: dict[str, int | float | None] = dict(figures[table])
        for column, (part, whole) in PARTS[table].items():
            cells[column] = percentage(figures[table][part], sum(figures[table][each] for each in whole))
        for column, published in row.figures.items():
            if published is None or not_kept(column) or cells[column] == published:
                continue
            yield Unmet(table, column, published, cells[column], _why(table, column, row.figures, cells))


def _why(table: str, column: str, published: Mapping[str, int | float | None], cells: Mapping[str, object]) -> str:
    if column not in PARTS[table]:
        return WHY.get(column, _SUM)
    part, whole = PARTS[table][column]
    gave_way = any(published[each] != cells[each] for each in (part, *whole))
    return _FOLLOWS if gave_way else _PERCENTAGE


def columns_not_kept(source: Published, area: str, year: int) -> tuple[str, ...]:
    """Columns of which nothing is on record in any case, so that none is made."""
    return tuple(
        f"{table}: {name}" for table, row in source.of(year, area).items() for name in row.figures if not_kept(name)
    )
