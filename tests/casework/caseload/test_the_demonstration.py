"""The demonstration is true on whatever day it is shown, is loaded once, and survives being killed while it loads."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casework.actor import Actor
from casework.caseload.demo import demo_rows, load_demo
from casework.days import read_day
from casework.errors import Refused
from casework.lists import overdue
from demo import AS_OF, FOLDER
from tests.casework.caseload.files import caseload
from tests.casework.support import OFFICER, Council
from tests.support.database import Database

NOW = datetime(2027, 3, 2, 6, tzinfo=UTC)
TODAY = date(2027, 3, 2)
DEMO = Actor("demo", "cli")
TRUTH = json.loads((Path(__file__).parents[2] / "data/caseload/overdue_2026-11-20.json").read_text())


ASSESSMENTS = 607
PLANS_REFUSED = 6


class Killed(Exception):
    """Stands for kill -9."""


def test_every_day_is_moved_by_the_same_number_of_days_in_its_own_style() -> None:
    moved = {row.line: row.cells for row in demo_rows(AS_OF + timedelta(days=10)).rows}
    came = dict(enumerate(caseload(), start=2))
    assert moved[2]["received"] == "2026-09-11"
    assert came[2]["received"] == "2026-09-01"
    english = next(line for line, row in came.items() if row["case_ref"] == "EHC-2026-0447")
    assert (came[english]["received"], moved[english]["received"]) == ("12/03/2026", "22/03/2026")
    assert {row["received"] for row in moved.values()} >= {"soon", "31/02/2026", ""}


def test_on_its_own_day_nothing_is_moved() -> None:
    came = [{name: " ".join(cell.split()) for name, cell in row.items()} for row in caseload()]
    assert [dict(row.cells) for row in demo_rows(AS_OF).rows] == came


@pytest.mark.parametrize(
    ("today", "next_one", "last_one"),
    [
        (date(2026, 11, 20), "2027-09-01", "2026-09-01"),
        (date(2027, 2, 14), "2027-09-01", "2026-09-01"),
        (date(2027, 3, 2), "2028-09-01", "2027-09-01"),
    ],
)
def test_a_transfer_of_september_stays_one_whose_plan_can_still_be_amended_in_time(
    today: date, next_one: str, last_one: str
) -> None:
    moved = demo_rows(today, "plans").rows
    days = Counter(row.cells["transfer_date"] for row in moved if row.cells["phase_transfer"] in ("school", "post16"))
    assert days[next_one] > 20
    assert 0 < days[last_one] < 5


def test_it_is_killed_goes_on_and_is_then_true_armed_and_never_loaded_again(database: Database) -> None:
    def kill(done: int, total: int) -> None:
        if done > total / 3:
            raise Killed

    with pytest.raises(Killed):
        load_demo(database.engine, DEMO, NOW, on_progress=kill)
    council = Council(database.engine)
    assert 0 < council.count("process WHERE kind = 'assessment'") < ASSESSMENTS

    # Past midnight it goes on with the day on which it began.
    demo = load_demo(database.engine, DEMO, NOW + timedelta(days=1))
    assert demo.day == TODAY
    listed = overdue(database.engine, OFFICER, TODAY)
    found = {
        (item.case_ref, item.limit, item.subject, item.days_overdue)
        for item in listed.items
        if not item.case_ref.startswith("BAD-") and "/R" not in item.case_ref
    }
    assert found == {(ref, limit, subject, days) for ref, limit, subject, _, days in TRUTH["overdue"]}
    assert listed.not_timed == len(TRUTH["refused"]) + PLANS_REFUSED
    assert [len(report.refused) for report in demo.reports] == [len(TRUTH["refused"]), PLANS_REFUSED]
    it_shows_every_stage_of_a_review(council, [(item.case_ref, item.limit) for item in listed.items])

    quiet = council.count("process WHERE armed_from IS NULL AND ended_on IS NULL")
    moments = council.rows("SELECT DISTINCT armed_from FROM process WHERE armed_from IS NOT NULL")
    assert (quiet, moments) == (0, [{"armed_from": datetime(2027, 3, 2, tzinfo=UTC)}])
    assert demo.armed == council.count("process WHERE ended_on IS NULL")
    assert council.count(f"review WHERE opens_on <= '{TODAY}'") == 0  # whatever is due has its clock

    before = {table: council.count(table) for table in ("fact", "process", "plan", "wake", "officer", "import_file")}
    again = load_demo(database.engine, DEMO, NOW + timedelta(days=30))
    assert (again.day, again.reports, again.armed) == (TODAY, (), 0)
    assert {table: council.count(table) for table in before} == before


def it_shows_every_stage_of_a_review(council: Council, overdue: list[tuple[str, str]]) -> None:
    late = {ref.rpartition("/R")[0] for ref, limit in overdue if limit == "s44_review"}
    assert late == {ref for ref, due in reviews_due() if due < TODAY}
    shown = {limit for ref, limit in overdue if "/R" in ref}
    assert shown >= {"reg20_decision", "reg20_report", "reg22_final", "devon_final", "reg18_phase_transfer"}
    assert shown >= {"code_early_years", "reg15_inform"}
    states = council.rows("SELECT DISTINCT limit_id, standing FROM deadline WHERE to_day IS NULL")
    assert {(row["limit_id"], row["standing"]) for row in states} >= {
        ("s44_review", "met"),
        ("s44_review", "met_late"),
        ("s45_hold", "window"),
        ("reg15_review", "open"),
        ("reg18_phase_transfer", "met"),
        ("reg22_representations", "window"),
    }
    ended = council.rows("SELECT DISTINCT ended_by FROM plan WHERE ceased_on IS NOT NULL ORDER BY 1")
    assert [row["ended_by"] for row in ended] == ["plan_ceased", "transferred_out"]


def reviews_due() -> Iterator[tuple[str, date]]:
    """By plain arithmetic: every plan that is reviewed every twelve months, with the last of its days.

    One that moved in has another rule; one that is to cease is not reviewed again, and one that ended neither.
    """
    for row in demo_rows(TODAY, "plans").rows[:404]:  # behind them the rows that are odd
        cells = row.cells
        if any(cells[name] for name in ("transferred_in", "transferred_out", "ceased")):
            continue
        if cells["last_review_outcome"] != "cease":
            since = read_day(cells["last_review_decision"] or cells["plan_made"])
            assert since is not None
            assert (since.month, since.day) != (2, 29)
            yield row.ref, since.replace(year=since.year + 1) - timedelta(days=1)


def test_it_is_never_mixed_with_real_cases(council: Council) -> None:
    council.opens()
    with pytest.raises(Refused, match="not the demonstration's"):
        load_demo(council.db, DEMO, NOW)


def test_its_addresses_can_never_be_delivered_to() -> None:
    for name in ("services", "settings", "officers"):
        cells = (FOLDER / f"{name}.csv").read_text(encoding="utf-8-sig").replace("\n", ",").split(",")
        addresses = [cell for cell in cells if "@" in cell]
        assert addresses
        assert all(address.endswith(".example") for address in addresses)
