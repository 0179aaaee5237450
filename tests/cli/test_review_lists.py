"""The reviews of a whole authority at the command line: the backlog by pile, no meeting, the year, a month's end."""

import csv
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Ehcp
from tests.cli.test_importing_a_tracker import write

DAY = "2026-11-20"
COLUMNS = [
    "plan_ref",
    "surname",
    "forename",
    "setting_urn",
    "plan_made",
    "last_review_decision",
    "last_review_meeting",
    "report_received",
    "recommends",
    "changed_needs",
    "caseworker",
]


@pytest.fixture
def plans(ehcp: Ehcp, tmp_path: Path) -> Ehcp:
    reviewed = ("2024-03-01", "2026-01-10")
    rows = [
        ["P-1", "Able", "Ada", "117222", *reviewed, "2026-10-05", "2026-10-19", "maintain", "", ""],
        ["P-2", "Baker", "Ben", "117222", *reviewed, "2026-09-01", "2026-09-14", "amend", "yes", ""],
        ["P-3", "Clay", "Cy", "117222", *reviewed, "2026-10-05", "", "", "", ""],
        ["P-4", "Dale", "Di", "117222", "2024-03-01", "2025-10-10", "", "", "", "", ""],
    ]
    done = ehcp("import", str(write(tmp_path / "plans.csv", *rows, columns=COLUMNS)), "--as-of", DAY)
    assert done.code == 0, done.err
    return ehcp


def test_the_backlog_shows_its_piles_in_words_and_counts_them(plans: Ehcp) -> None:
    shown = plans("reviews", "backlog", "--as-of", DAY)
    assert (shown.code, shown.err) == (0, "")
    assert [line.split()[0] for line in shown.out.splitlines() if line.startswith("P-")] == [
        "P-2/R1",
        "P-3/R1",
        "P-1/R1",
    ]
    assert "changed needs" in shown.out
    assert "urgent: 1, to decide: 1, maintain: 1" in shown.out


def test_one_pile_goes_to_a_file_that_only_its_owner_can_read(plans: Ehcp, tmp_path: Path) -> None:
    target = tmp_path / "maintain.csv"
    assert plans("reviews", "backlog", "--as-of", DAY, "--pile", "maintain", "--csv", str(target)).code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    (row,) = csv.DictReader(target.read_text().splitlines())
    assert (row["plan_ref"], row["pile"], row["days_overdue"]) == ("P-1", "maintain", "18")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("backlog", "--pile", "easy"), "there is no pile easy: it is one of urgent, to_decide, maintain"),
        (("backlog", "--limit", "reg5_decide"), "there is no such limit reg5_decide"),
        (("month-end", "2026-10-30"), "2026-10-30 does not end a month"),
        (("backlog", "--json", "--csv"), "choose one of --json, --csv and --xlsx"),
    ],
)
def test_what_is_mistyped_is_refused_with_what_there_is(ehcp: Ehcp, words: tuple[str, ...], told: str) -> None:
    done = ehcp("reviews", *words)
    assert (done.code, told in " ".join(done.err.split())) == (2, True), done.err


def test_reviews_without_a_meeting_and_the_year_are_told(plans: Ehcp) -> None:
    (item,) = plans("reviews", "no-meeting", "--as-of", DAY, "--json").json["items"]
    assert (item["plan_ref"], item["legal_due"], item["days_overdue"]) == ("P-4", "2026-10-09", 42)
    assert "88 % of 2026 gone, 0 % of its reviews complete: 0 of 1" in plans("reviews", "progress", "--as-of", DAY).out


def test_a_month_that_nobody_closed_is_said_to_be_missing(ehcp: Ehcp) -> None:
    done = ehcp("reviews", "month-end", "2026-10-31")
    assert (done.code, "Nothing was put down for 2026-10-31" in done.err) == (1, True)
