"""Fixtures of the scorecard's tests: a council whose ledger is written fact by fact."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from casework.opening import Opened
from scorecard.counted.keeping import bring_up_to_date
from scorecard.figures import figures
from scorecard.measure import Figure, Measure
from scorecard.period import Period
from tests.casework.support import NOW, Council, council_of
from tests.support.database import Database

_BLANK = ("decision_to_issue", "draft_plan_sent", "final_plan_sent")


@pytest.fixture
def council(database: Database, tmp_path: Path) -> Council:
    """A council of this test's own, with directories and no case."""
    return council_of(database.engine, tmp_path)


def write(council: Council, case: Opened, *facts: str, now: datetime = NOW) -> None:
    """Record facts, as they are typed, in a case without advice: somebody said why."""
    said = [f"{fact};without=health,social_care" if fact.startswith(_BLANK) else fact for fact in facts]
    for fact in said:
        texts = {"because": "None came."} if "without=" in fact else None
        council.records(case, fact, now=now, confirm=True, texts=texts)


def counted_row(council: Council, case_ref: str) -> Mapping[str, Any]:
    """How measures count an assessment, brought up to date."""
    bring_up_to_date(council.db)
    statement = "SELECT a.* FROM counted_assessment a JOIN process p ON p.id = a.process_id WHERE p.case_ref = :ref"
    with council.db.connect() as connection:
        return dict(connection.execute(text(statement), {"ref": case_ref}).mappings().one())


def one_figure(council: Council, measure: Measure, period: Period) -> Figure:
    """The figure of one measure for all together."""
    ((figure, *_),) = figures(council.db, [measure], [period])
    return figure
