"""A synthetic council: the cases of nobody that have the counts published of an authority in a year."""

from dataclasses import dataclass
from datetime import date
from random import Random

from scorecard.published.errors import NotPublished
from scorecard.published.rows import ASSESSMENTS, ENGLAND, LOCAL, REQUESTS, REVIEWS, TIMELINESS
from scorecard.published.tables import Published
from scorecard.synthetic import wanted as reading
from scorecard.synthetic.assessment_days import Year
from scorecard.synthetic.assessment_kinds import assessment_kinds
from scorecard.synthetic.assessments import assessments
from scorecard.synthetic.bridged import bridged
from scorecard.synthetic.bridges import Bridges
from scorecard.synthetic.children import Children
from scorecard.synthetic.days import census_day, days_for
from scorecard.synthetic.filling import YEARS, filling
from scorecard.synthetic.moving import moved
from scorecard.synthetic.plans import of_year, plans
from scorecard.synthetic.review_kinds import review_kinds
from scorecard.synthetic.rows import AssessmentRow, PlanRow, as_dict
from scorecard.synthetic.transfers import with_transfers
from scorecard.synthetic.unmet import Figures, agreeing, columns_not_kept, unmet


@dataclass(frozen=True, slots=True)
class Council:
    """The rows of both files, true on `as_of`, and all that is to be known of how they come to their counts.

    `figures` are the whole-number counts that the rows have, by table and the department's column names.
    """

    area: str
    name: str
    year: int
    seed: int
    as_of: date
    assessments: tuple[AssessmentRow, ...]
    plans: tuple[PlanRow, ...]
    figures: Figures
    bridges: Bridges
    moved_days: int = 0

    def assessment_rows(self) -> list[dict[str, str]]:
        """The rows of `assessments.csv`, by column."""
        return [as_dict(row) for row in self.assessments]

    def plan_rows(self) -> list[dict[str, str]]:
        """The rows of `plans.csv`, by column."""
        return [as_dict(row) for row in self.plans]


def council(source: Published, authority: str, year: int, seed: int = 1, as_of: date | None = None) -> Council:
    """The council of an authority (its name or code) in a year; the same seed makes the same.

    With `as_of` every day is moved by the same number of whole weeks, so that the day of the census becomes that day
    or one of the six before it. Raises NotPublished: no such authority, or a year of which no cases can be made.
    """
    area = _authority(source, authority, year)
    rng = Random(f"{area}/{year}/{seed}")  # noqa: S311
    span = Year(year, days_for(rng, year))
    found = filling(source, area, year)
    figures = agreeing(found.figures)
    counts = _wanted(figures, year)
    kinds = assessment_kinds(counts)
    reviews = review_kinds(counts.reviews, rng)
    children = Children(rng)
    asked = assessments(kinds, span, children)
    new = of_year(asked, counts.reviews.not_expected)
    held = plans(reviews, asked, new, span, children)
    told = Bridges(
        bridged(counts, kinds, reviews, new, year),
        tuple(found.filled),
        tuple(unmet(source, area, year, figures)),
        columns_not_kept(source, area, year),
    )
    weeks = (as_of - census_day(year)).days // 7 if as_of else 0
    day = as_of or census_day(year)
    moved_plans = with_transfers(moved(held, weeks), day, rng)
    return Council(
        area,
        source.named(area),
        year,
        seed,
        day,
        tuple(moved(asked, weeks)),
        tuple(moved_plans),
        figures,
        told,
        weeks * 7,
    )


def _authority(source: Published, authority: str, year: int) -> str:
    if year not in YEARS:
        known = " and ".join(str(each) for each in YEARS)
        raise NotPublished(f"cases cannot be made for {year}: the department counts cases since 2023, in {known} here")
    area = source.code(authority)
    rows = source.of(year, area)
    if area == ENGLAND or not all(row.level == LOCAL for row in rows.values()):
        raise NotPublished(f"{authority} is no local authority: name one")
    if not rows:
        raise NotPublished(f"nothing is published of {authority} for {year}")
    return area


def _wanted(figures: Figures, year: int) -> reading.Wanted:
    return reading.Wanted(
        reading.requests(figures[REQUESTS]),
        reading.outcomes(figures[ASSESSMENTS]),
        reading.plans(figures[TIMELINESS]),
        reading.reviews(figures[REVIEWS], year),
    )
