"""`python -m benchmarks.dfe.forecasts`: the forecast's back-test on synthetic councils, and what a forecast costs.

Prints the tables of docs/forecast.md. The figures prove the arithmetic, not the forecast: nobody waited.
"""

import os
import sys
from collections.abc import Sequence
from time import perf_counter

import psycopg
from sqlalchemy import text

from benchmarks.dfe.bulk import AUTHORITY, tables_of
from benchmarks.place import Town, town
from scorecard.counted.keeping import bring_up_to_date
from scorecard.forecast.looking_ahead import forecast
from scorecard.forecast.looking_back import LookedBack, look_back
from scorecard.period import census_day
from scorecard.published.tables import from_files
from scorecard.synthetic.council import council

NAMES = ("Kingston upon Hull, City of", "York", "Hartlepool")
YEAR = 2024
TIMES = 5
_EMPTY = text(
    "TRUNCATE person, process, fact, plan, review, counted_assessment, counted_review, counted_relief CASCADE"
)


def main(names: Sequence[str]) -> int:
    """Back-test each council for the last quarter of its year."""
    os.environ["EHCP_AUTHORITY"] = AUTHORITY
    with town() as place:
        place.fill("ALTER TABLE fact DISABLE TRIGGER USER")
        for name in names or NAMES:
            _load(place, name)
            print(f"\n### {name}, {YEAR}\n")
            _say(look_back(place.db, census_day(YEAR)))
            _say_cost(place)
    return 0


def _load(place: Town, name: str) -> None:
    source = from_files()
    made = council(source, source.code(name), YEAR)
    with place.owner.begin() as connection:
        connection.execute(_EMPTY)
    tables = tables_of(made.assessment_rows(), made.plan_rows(), census_day(made.year))
    address = place.owner.url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address) as connection:
        tables.copy(connection)
    bring_up_to_date(place.db)


def _say(found: LookedBack) -> None:
    print("| limit | month | due | expected in time | 80 % interval | came |\n| --- | --- | --- | --- | --- | --- |")
    for held in found.limits:
        for each in held.months:
            spread = each.forecast.rate
            said = f"{_pc(spread.expected)} | {_pc(spread.low)} to {_pc(spread.high)}" if spread else "too few | none"
            due = each.met + each.missed
            if due:
                print(f"| {held.limit.name} | {each.forecast.first:%B %Y} | {due} | {said} | {_pc(each.rate)} |")
    _say_chances(found)


def _say_chances(found: LookedBack) -> None:
    print("\n| limit | chance given | cases | mean chance | met |\n| --- | --- | --- | --- | --- |")
    for held in found.limits:
        for place, band in enumerate(held.bands):
            if band.cases:
                words = f"{20 * place} to {20 * place + 20} %"
                met = _pc(band.met / band.cases)
                print(f"| {held.limit.name} | {words} | {band.cases} | {_pc(band.chance)} | {met} |")
    for held in found.limits:
        if not held.cases + held.left + held.unsaid:
            print(f"\n{held.limit.name}: nobody waited for it on that day.")
            continue
        print(
            f"\n{held.limit.name}: Brier score {_score(held.brier)}, of the quarter before's rate ({_pc(held.before)}) "
            f"{_score(held.naive)}; {held.cases} cases, {held.left} left, {held.unsaid} without a chance."
        )


def _say_cost(place: Town) -> None:
    day = census_day(YEAR)
    forecast(place.db, day)
    took: list[float] = []
    for _ in range(TIMES):
        began = perf_counter()
        found = forecast(place.db, day)
        took.append(perf_counter() - began)
    began = perf_counter()
    look_back(place.db, day)
    back = perf_counter() - began
    cases = " + ".join(f"{each.open} open/{each.cases} past ({each.limit.id})" for each in found.limits)
    print(f"\nA forecast takes {sorted(took)[TIMES // 2]:.2f} s, a back-test {back:.2f} s: {cases}.")


def _pc(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.1f} %"


def _score(score: float | None) -> str:
    return "none" if score is None else f"{score:.3f}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
