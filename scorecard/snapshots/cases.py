"""The cases behind frozen figures, by pseudonym: found again only while the record of the person lives."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from json import dumps
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import Connection, text

from casework.cases import authority
from scorecard.figures import PERIODS, parameters
from scorecard.measure import Measure, Shape
from scorecard.period import Period
from scorecard.populations import POPULATIONS
from scorecard.spans import period_of

if TYPE_CHECKING:
    import psycopg

    from scorecard.snapshots.freezing import Numbered

# Made with the person's own key, which erasure destroys; of somebody erased already nothing can be found again.
PSEUDONYM = (
    "sha256(coalesce(n.text_key, uuid_send(gen_random_uuid())) || uuid_send(CAST(:snapshot AS uuid)) "
    "|| uuid_send(c.id))"
)

PSEUDONYM_OF_THE_LIVING = PSEUDONYM.replace("coalesce(n.text_key, uuid_send(gen_random_uuid()))", "n.text_key")
"""The same for whoever has a key: it stays what it is from row to row, so that pseudonyms can be looked up at once."""

_KEEP = "COPY snapshot_case (authority, snapshot_id, pseudonym, among, counted) FROM STDIN"

Kept = tuple[bytes, list[int], list[int]]
"""Pseudonym, and the numbers of the figures in whose denominator and numerator the case is."""


def cases_behind(connection: Connection, snapshot: UUID, figures: Sequence["Numbered"], last: date) -> list[Kept]:
    """Every case behind the figures of a month, in the order of their pseudonyms."""
    bound: dict[str, Any] = {"snapshot": snapshot, "authority": authority()}
    parts = [_question(place, *each, bound) for place, each in enumerate(_groups(figures, last))]
    if not parts:
        return []
    statement = (
        f"WITH found AS MATERIALIZED ({' UNION ALL '.join(parts)}), cases AS (SELECT process_id, "  # noqa: S608
        "array_agg(DISTINCT number) AS among, array_agg(DISTINCT number) FILTER (WHERE hit) AS counted "
        f"FROM found GROUP BY process_id) SELECT {PSEUDONYM} AS pseudonym, f.among, "
        "coalesce(f.counted, '{}') AS counted FROM cases f JOIN process c ON c.id = f.process_id "
        "JOIN person n ON n.id = c.person_id ORDER BY 1"
    )
    return [(bytes(row[0]), row[1], row[2]) for row in connection.execute(text(statement), bound)]


def keep_cases(connection: Connection, snapshot: UUID, cases: Sequence[Kept]) -> None:
    """Write them down; Postgres writes some while the next are put into words, for there may be a hundred thousand."""
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(_KEEP) as copy:
        for each in cases:
            copy.write_row((authority(), snapshot, *each))


_Group = tuple[Period, str, list["Numbered"]]


def _groups(figures: Sequence["Numbered"], last: date) -> list[_Group]:
    """Figures that one question can answer: of one population, broken down alike, over the same days."""
    groups: dict[tuple[Period, str, str], list[Numbered]] = defaultdict(list)
    for each in figures:
        measure = each.figure.measure
        if measure.shape is not Shape.FED:
            groups[period_of(measure, last), measure.population, measure.parts].append(each)
    return [(period, population, group) for (period, population, _), group in groups.items()]


def _question(place: int, period: Period, population: str, figures: Sequence["Numbered"], bound: dict[str, Any]) -> str:
    """The rows `process_id, number, hit` of one group, whose parameters are put into `bound`."""
    names = {name: f"{name}_{place}" for name in ("firsts", "lasts", "as_ats", "overs")}
    bound.update({names[name]: value for name, value in parameters([period]).items() if name in names})
    periods = PERIODS
    for name, own in names.items():
        periods = periods.replace(f":{name} ", f":{own} ")
    known = _by_measure(figures)
    bound.update({f"known_{place}_{at}": dumps(numbers) for at, (_, numbers) in enumerate(known)})
    rows = [
        row for at, (measure, numbers) in enumerate(known) for row in _values(measure, numbers, f"known_{place}_{at}")
    ]
    values = ", ".join(rows)
    return (
        f"SELECT x.process_id, u.number, u.hit FROM {periods} "  # noqa: S608 - SQL of ours, nothing typed
        f"CROSS JOIN LATERAL ({POPULATIONS[population]}) x "
        f"CROSS JOIN LATERAL (VALUES {values}) u(number, among, hit) WHERE u.among AND u.number IS NOT NULL"
    )


def _by_measure(figures: Sequence["Numbered"]) -> list[tuple[Measure, dict[str, int]]]:
    found: dict[str, tuple[Measure, dict[str, int]]] = {}
    for each in figures:
        found.setdefault(each.figure.measure.id, (each.figure.measure, {}))[1][each.figure.part] = each.number
    return list(found.values())


def _values(measure: Measure, numbers: dict[str, int], known: str) -> list[str]:
    """Rows `number, among, hit` of one measure: for the figure of all together, and for that of its part."""
    hit = f"({measure.among}) AND ({measure.counted})"
    of = [f"(CAST(CAST(:{known} AS jsonb) ->> '' AS integer), {measure.among}, {hit})"]
    if len(numbers) > 1:
        part = f"coalesce(({measure.parts})::text, '-')"
        of.append(f"(CAST(CAST(:{known} AS jsonb) ->> {part} AS integer), {measure.among}, {hit})")
    return of
