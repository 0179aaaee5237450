"""The day on which a month was frozen and a pack made is the day in England, also half an hour after its midnight."""

import io
from datetime import UTC, datetime

from openpyxl import load_workbook

from scorecard.packs.making import make
from scorecard.packs.view import view
from scorecard.packs.workbook import workbook
from scorecard.snapshots.freezing import freeze
from tests.casework.support import Council
from tests.scorecard.conftest import write
from tests.scorecard.packs.test_packs import BOARD, MEASURES_OF_TWO, READER
from tests.scorecard.test_snapshots import MAY

# Half past midnight on Monday 1 June 2026 in England; Sunday in UTC.
THEN = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)


def test_it_is_tomorrow_in_england_before_it_is_in_utc(council: Council) -> None:
    write(council, council.opens("2026-01-05"), "decision_to_assess=2026-02-10", "final_plan_sent=2026-05-25")
    assert freeze(council.db, MAY, READER, THEN, MEASURES_OF_TWO)
    pack = make(council.db, BOARD, THEN, measures=MEASURES_OF_TWO)
    assert "May 2026 on Monday 1 June 2026" in pack.basis
    assert view(pack)["made"] == "Monday 1 June 2026"
    summary = load_workbook(io.BytesIO(workbook(pack)))["Summary"]
    assert str(summary["A2"].value).endswith("Made on Monday 1 June 2026.")
