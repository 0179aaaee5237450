"""`ehcp services report`: the workbook for a meeting with a provider, from the command line."""

import stat
from pathlib import Path

import openpyxl
import pytest

from tests.casework.support import at, council_of
from tests.cli.conftest import Ehcp
from tests.support.database import Database


@pytest.fixture
def asked(database: Database, tmp_path: Path) -> str:
    """A council that asked paediatrics for advice due on 17 March 2025, which came two days late; its reference."""
    council = council_of(database.engine, tmp_path)
    case = council.opens("2025-01-06", now=at("2025-01-07"))
    facts = ("decision_to_assess=2025-02-03", "advice_requested:health=2025-02-03", "advice_received:health=2025-03-19")
    council.records(case, *facts, now=at("2025-03-20"))
    return case.mail_ref


def test_a_report_is_written_that_only_its_owner_can_read(ehcp: Ehcp, asked: str, tmp_path: Path) -> None:
    out = tmp_path / "march.xlsx"
    done = ehcp("services", "report", "--month", "2025-03", "--service", "health/paediatrics", "--out", str(out))
    assert (done.code, done.out) == (0, "")
    assert "The report about March 2025 (breaches: 1) written to" in done.err
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    (row,) = openpyxl.load_workbook(out)["Breaches"].iter_rows(min_row=2, values_only=True)
    assert (row[0], row[1], row[7]) == (asked, "Community Paediatrics", 2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--month", "October"), "'October' is not a month; write it as YYYY-MM"),
        (("--month", "2999-01"), "2999-01 is still to come"),
        (
            ("--month", "2025-03", "--service", "health/dentists"),
            "the services are educational_psychology/eps, health/",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_written(
    ehcp: Ehcp, asked: str, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "none.xlsx"
    done = ehcp("services", "report", *words, "--out", str(out))
    assert (done.code, out.exists()) == (2, False)
    assert said in done.err
