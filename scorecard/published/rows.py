"""Rows of the published tables: what they say, and whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

REQUESTS, ASSESSMENTS, TIMELINESS, REVIEWS = TABLES = (
    "requests",
    "assessments",
    "timeliness_20_week",
    "annual_reviews",
)
"""The four tables, by the names of their files."""

NATIONAL, REGIONAL, LOCAL = LEVELS = ("National", "Regional", "Local authority")
"""Of what a row is, in the department's words."""

ENGLAND = "E92000001"
"""The code of England (Office for National Statistics), which the published rows leave out."""

SIGNS = {"x": "not available", "z": "not applicable", "c": "suppressed"}
"""What stands in a cell without a figure."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the figures of an area in a year, by the department's column names.

    `area` and `region` are codes of the Office for National Statistics. A column without a figure is None in
    `figures`, and `missing` has its sign (x, z or c).
    """

    table: str
    year: int
    level: str
    area: str
    name: str
    region: str
    figures: Mapping[str, int | float | None]
    missing: Mapping[str, str] = field(default_factory=dict[str, str])
    region_name: str = ""

    def as_published(self) -> dict[str, int | float | str]:
        """The figures with the signs in their places."""
        return {name: self.missing[name] if value is None else value for name, value in self.figures.items()}
