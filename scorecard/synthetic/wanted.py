"""The counts that a council is to have, in whole numbers that some set of cases can have."""

from collections.abc import Mapping
from dataclasses import dataclass

Cells = Mapping[str, int]
"""Figures of one table by the department's column names, none missing."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests of the year by what became of them, and first decisions of the year by how long they took."""

    assess: int
    refuse: int
    undecided: int
    withdrawn: int
    six_weeks: int
    over_six_weeks: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Assessments that came to their outcome in the year."""

    issued: int
    no_plan: int
    no_plan_over: int
    withdrawn: int
    not_made: int


@dataclass(frozen=True, slots=True)
class Band:
    """Plans sent in the year after so long, and how many of them are flagged as exceptions."""

    plans: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans sent in the year: within twenty weeks, within fifty-two, later."""

    within: Band
    year: Band
    over: Band

    @property
    def sent(self) -> int:
        """All of them."""
        return self.within.plans + self.year.plans + self.over.plans


@dataclass(frozen=True, slots=True)
class Reviews:
    """Plans held on the day of the census, by what is recorded of their reviews: this year is the census's,
    the year the one that is counted."""

    not_expected: int
    met_this_year: int
    met_in_year: int
    met_before: int
    not_met: int
    decided_this_year: int
    decided_in_year: int
    decided_before: int
    not_due: int
    outstanding: int
    amend: int
    cease: int
    maintain: int
    in_four_weeks: int

    @property
    def met(self) -> int:
        """Plans with a meeting."""
        return self.met_this_year + self.met_in_year + self.met_before

    @property
    def decided(self) -> int:
        """Plans with a decision whose meeting is on record."""
        return self.decided_this_year + self.decided_in_year + self.decided_before

    @property
    def outcomes(self) -> int:
        """Plans with an outcome."""
        return self.amend + self.cease + self.maintain


@dataclass(frozen=True, slots=True)
class Wanted:
    """All counts of one council."""

    requests: Requests
    outcomes: Outcomes
    plans: Plans
    reviews: Reviews


def requests(cells: Cells) -> Requests:
    """From the columns of `requests`."""
    return Requests(
        cells["requests_decided_to_assess"],
        cells["requests_decided_not_to_assess"],
        cells["requests_decision_not_made"],
        cells["requests_withdrawn"],
        cells["request_outcome_six_weeks"],
        cells["request_outcome_over_6_weeks"],
    )


def outcomes(cells: Cells) -> Outcomes:
    """From the columns of `assessments`: of those without a plan, the later ones give way."""
    no_plan = cells["assess_not_issued"]
    over = max(0, no_plan - cells["outcome_decision_within_time"])
    return Outcomes(cells["assess_issued"], no_plan, over, cells["assess_withdrawn"], cells["assess_not_made"])


def plans(cells: Cells) -> Plans:
    """From the columns of `timeliness_20_week`: the middle band gives way to the denominator."""
    within, over = cells["plans_issued_within_20_weeks"], cells["plans_issued_gt_1_year"]
    year = cells["plans_issued_den"] - within - over
    within_ex, over_ex = cells["plans_issued_20_weeks_ex"], cells["plans_issued_gt_1_year_ex"]
    year_ex = cells["plans_issued_den_ex"] - within_ex - over_ex
    return Plans(Band(within, within - within_ex), Band(year, year - year_ex), Band(over, over - over_ex))


def reviews(cells: Cells, year: int) -> Reviews:
    """From the columns of `annual_reviews` of a year: decisions after four weeks give way to the decisions."""
    this, last = (year + 1) % 100, year % 100
    return Reviews(
        cells["review_not_expected"],
        cells[f"review_meeting_{this}"],
        cells[f"review_meeting_{last}"],
        cells[f"review_meeting_prior_{last}"],
        cells["no_review_meeting"],
        cells[f"review_decision{this}"],
        cells[f"review_decision{last}"],
        cells[f"review_decision_prior{last}"],
        cells["review_decision_not_due"],
        cells["review_decision_outstanding"],
        cells["outcome_amend"],
        cells["outcome_cease"],
        cells["outcome_maintan"],
        cells["number_decsion_4weeks"],
    )
