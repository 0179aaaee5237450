"""The fields that operations take: what cannot be kept or counted with is refused before anything looks at it."""

import re
from datetime import date
from typing import Annotated, Any

from fastapi import Header, Path, Query
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST = 200
"""Rows on one page of a list, at most."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _iso_day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    # A number would be read as seconds since 1970: no programmer means that by a day.
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise ValueError("a day is written as 2026-11-20")
    return check_year(date.fromisoformat(value))


def check_year(day: date) -> date:
    """The day. Raises ValueError for one so far away that adding weeks to it might leave the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a day lies between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


Day = Annotated[
    date,
    BeforeValidator(_iso_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-20"]}),
]
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""One line of text."""

Words = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
"""Text of several lines."""

Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
"""The name of a kind of fact, of an attribute, or of a limit."""

Ref = Annotated[
    str,
    Path(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        description="The case reference or the mail reference; that of a plan means its present review.",
        examples=["EHC-2026-0004"],
    ),
]
AsOf = Annotated[Day | None, Query(description="Facts up to this day, on today's knowledge.")]
KnownOn = Annotated[Day | None, Query(description="Only what had been recorded by the end of this day.")]
Limit = Annotated[Name | None, Query(description="Only this limit, for example `reg13_final_plan`.")]
Officer = Annotated[Line | None, Query(description="Only this officer's cases (username).")]
Team = Annotated[Line | None, Query(description="Only this team's cases.")]
Service = Annotated[Line | None, Query(description="Only advice owed by this category or body.")]
Setting = Annotated[Line | None, Query(description="Only children at this setting (URN).")]
Cursor = Annotated[
    str | None,
    Query(pattern=r"^[A-Za-z0-9_-]{1,800}$", description="`next` of the page before; leave it out for the first."),
]
PageSize = Annotated[int, Query(ge=1, le=MOST, description="Rows on a page.")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[!-~]+$",
        description="A new value of your own for every new request (a UUID, say). The same again is answered again.",
        examples=["6f0d6a5e-3b0c-4f7e-9a51-0d6a1b2c3d4e"],
    ),
]
Version = Annotated[
    int | None,
    Field(
        default=None,
        ge=0,
        le=1_000_000,
        description="`version` of the case as you saw it: if others recorded since, nothing is recorded (409).",
    ),
]
Confirm = Annotated[
    bool, Field(description="Record what is unlawful but real, after a person has read what stands against it.")
]
