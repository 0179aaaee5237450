"""A decision that is on record before its meeting, one of the days being wrong, is in time by no measure and said so."""

from collections.abc import Iterator

import pytest

from scorecard.behind import Side, behind
from scorecard.measures import measure
from scorecard.period import year_of
from tests.casework.support import OFFICER, Council
from tests.scorecard.conftest import one_figure
from tests.scorecard.worked import Made, council_with
from tests.support.database import Cluster

MADE = "plan_made=2022-03-01"
PLANS = {
    "BEFORE": Made([MADE], ["decision_maintain=2025-06-03", "review_meeting=2025-06-10"]),
    "SAME-DAY": Made([MADE], ["review_meeting=2025-06-10", "decision_maintain=2025-06-10"]),
    "DAY-28": Made([MADE], ["review_meeting=2025-06-10", "decision_maintain=2025-07-08"]),
    "DAY-29": Made([MADE], ["review_meeting=2025-06-10", "decision_maintain=2025-07-09"]),
    "MENDED": Made(
        [MADE],
        ["decision_maintain=2025-06-03", "review_meeting=2025-06-10", "corrected:review_meeting=2025-06-01"],
    ),
}


@pytest.fixture(scope="module")
def year(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with council_with(cluster, tmp_path_factory.mktemp("year"), {}, PLANS) as council:
        yield council


@pytest.mark.parametrize("name", ["review_decisions_four_weeks", "reviews_four_weeks", "reviews_four_weeks_2025"])
def test_it_is_left_out_and_said_why(year: Council, name: str) -> None:
    found = {
        side: behind(year.db, measure(name), year_of(2025), OFFICER, side, page=None).cases
        for side in (Side.COUNTED, Side.NOT_COUNTED, Side.LEFT_OUT)
    }
    names = {side: {each.case_ref.partition("/")[0] for each in cases} for side, cases in found.items()}
    assert names == {
        Side.COUNTED: {"SAME-DAY", "DAY-28", "MENDED"},
        Side.NOT_COUNTED: {"DAY-29"},
        Side.LEFT_OUT: {"BEFORE"},
    }
    assert "meeting" in found[Side.LEFT_OUT][0].why
    figure = one_figure(year, measure(name), year_of(2025))
    assert (figure.numerator, figure.denominator, str(figure.value)) == (3, 4, "75.0")
