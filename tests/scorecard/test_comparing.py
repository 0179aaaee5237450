"""What `make verify-dfe` takes for explained: only what was said beforehand, to the digit, and no cell is passed over."""

from benchmarks.dfe.comparing import compared, differences
from scorecard.synthetic.bridges import Unmet

SAID = Unmet("requests", "request_assess_pc", 50.0, 50.1, "it is of another sum")


def whys(published: float, counted: float | None) -> list[str]:
    """The reasons given for a cell that differs."""
    cells = ({"request_assess_pc": published}, {"request_assess_pc": counted})
    found = differences(2024, "York", "requests", *cells, {"request_assess_pc": SAID})
    return [each.why for each in found]


def test_a_reason_holds_for_the_figure_that_was_foretold_alone() -> None:
    assert whys(50.0, 50.1) == ["it is of another sum"]
    assert whys(50.0, 49.0) == [""]
    assert whys(50.0, 50.0) == []


def test_a_published_number_of_which_nothing_was_counted_is_a_difference() -> None:
    assert whys(50.0, None) == [""]


def test_what_is_not_kept_or_was_not_published_as_a_number_is_compared_with_nothing() -> None:
    assert compared({"requests_rya": 3, "request_assess_pc": "c"}, {"requests_rya": None, "request_assess_pc": 1}) == []
