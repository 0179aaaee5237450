"""One authority with five years of cases, taken in by the ordinary import, and as many times over as is asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

from benchmarks.place import Town
from casework.actor import Actor
from casework.caseload.importing import import_caseload
from casework.directories import import_officers, import_services, import_settings
from demo import FOLDER
from scorecard.period import census_day
from scorecard.published.tables import from_files
from scorecard.synthetic.council import Council, council
from scorecard.synthetic.rows import AssessmentRow
from scorecard.synthetic.writing import write

LIKE, YEAR, YEARS = "Kingston upon Hull, City of", 2024, 5
"""With the plans of the four years before, an authority like Hull has some 5,000."""

ACTOR = Actor("bench", "cli")


def five_years(place: Town) -> None:
    """The plans of the last year, the assessments of it, and those of the four years before that came to an end."""
    day = census_day(YEAR)
    now = datetime.combine(day, time(12), UTC)
    for name, take in (("services", import_services), ("settings", import_settings), ("officers", import_officers)):
        take(place.db, FOLDER / f"{name}.csv", ACTOR, now)
    for back in reversed(range(YEARS)):
        files = write(_year(back), place.folder / f"year-{back}")
        for file in files[: 1 if back else 2]:
            import_caseload(place.db, file, ACTOR, now, as_of=day)


def _year(back: int) -> Council:
    """The council as it was so many years before, of other children."""
    on = census_day(YEAR).replace(year=census_day(YEAR).year - back)
    made = council(from_files(), LIKE, YEAR, seed=back + 1, as_of=on if back else None)
    return replace(made, assessments=tuple(_assessments(made, back)))


def _assessments(made: Council, back: int) -> Iterator[AssessmentRow]:
    for row in made.assessments:
        if not back or _is_over(row):
            yield replace(row, case_ref=f"{row.case_ref}-{back}")


def _is_over(row: AssessmentRow) -> bool:
    ends = (row.final_sent, row.no_plan_notified, row.withdrawn, row.moved_away, row.died)
    return row.decision == "not_assess" or any(ends)
