"""Charts: drawn to scale, told in words, and nowhere by colour alone."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from scorecard.charts.cohort import Cohort, cohort_chart
from scorecard.charts.small import small_trend
from scorecard.charts.svg import Sheet, scale_of
from scorecard.charts.trend import Point, trend_chart
from scorecard.charts.weeks import histogram, survival_chart
from scorecard.control import Limits, Signal
from scorecard.survival import Week

MONTHS = [Point(f"M{number}", 50.0 + number % 3) for number in range(12)]
LIMITS = Limits(51, 45.2, 56.8)
SVG = "{http://www.w3.org/2000/svg}"


def drawing(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(chart)


def says(chart: Markup) -> str:
    return drawing(chart).findtext(f"{SVG}desc") or ""


def texts(chart: Markup) -> list[str]:
    return [each.text or "" for each in drawing(chart).iter(f"{SVG}text")]


CHARTS = {
    "trend": trend_chart("t", "A trend", MONTHS, LIMITS, "per cent", 60),
    "small": small_trend("s", "A small trend", MONTHS),
    "cohort": cohort_chart("c", "Cohorts", [Cohort("Oct 26", 5, 3, 2)]),
    "histogram": histogram("h", "Weeks", {19: 4, 20: 2, 21: 1, 90: 1}),
    "survival": survival_chart("v", "Open", [Week(0, 1.0, 5), Week(1, 0.8, 4)]),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_an_image_with_a_title_and_a_description_and_no_styles(name: str) -> None:
    root = drawing(CHARTS[name])
    assert root.get("role") == "img"
    ids = {each.get("id") for each in root.iter() if each.get("id")}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= ids
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=", CHARTS[name])


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_drawn_outside_its_sheet(name: str) -> None:
    root = drawing(CHARTS[name])
    width, height = (float(each) for each in (root.get("viewBox") or "").split()[2:])
    for each in root.iter():
        for names, most in ((("x", "x1", "x2", "cx"), width), (("y", "y1", "y2", "cy"), height)):
            assert all(0 <= float(each.get(at) or 0) <= most for at in names), each.attrib


def test_a_trend_says_its_average_its_limits_its_target_and_its_signals() -> None:
    points = [*MONTHS, Point("Oct 26", 80.0, Signal.OUTSIDE, frozen=True)]
    chart = trend_chart("t", "A trend", points, LIMITS, "per cent", 60)
    assert "The average is 51.0." in says(chart)
    assert "between 45.2 and 56.8" in says(chart)
    assert "The target is 60." in says(chart)
    assert "More than chance: Oct 26." in says(chart)
    assert {"Average 51.0", "Upper limit 56.8", "Lower limit 45.2", "Target 60.0", "1"} <= set(texts(chart))


def test_a_signal_is_another_shape_and_a_frozen_month_another_square() -> None:
    plain, told = Point("Sep 26", 50.0), Point("Oct 26", 80.0, Signal.OUTSIDE, frozen=True)
    root = drawing(trend_chart("t", "A trend", [plain, told], None, "per cent"))
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    shapes = [(len((each.get("points") or "").split()), each.get("fill")) for each in root.iter(f"{SVG}polygon")]
    assert sorted(shapes) == [(4, "#0b0c0c"), (4, "#ffffff"), (4, "#ffffff")]


def test_a_month_without_a_figure_breaks_the_line_and_is_no_nought() -> None:
    points = [Point("A", 10.0), Point("B", 20.0), Point("C", None), Point("D", 30.0), Point("E", 40.0)]
    root = drawing(trend_chart("t", "A trend", points, None, "cases"))
    assert [len((each.get("points") or "").split()) for each in root.iter(f"{SVG}polyline")] == [2, 2]
    assert len(list(root.iter(f"{SVG}circle"))) == 4


def test_a_trend_of_nothing_is_drawn_and_says_so() -> None:
    assert says(trend_chart("t", "A trend", [Point("A", None)], None, "cases")) == "There is nothing to show."
    assert small_trend("s", "A trend", [Point("A", None)]) == ""


def test_bars_of_a_cohort_are_to_scale_and_told_apart_by_pattern() -> None:
    chart = cohort_chart("c", "Cohorts", [Cohort("Oct 26", 50, 30, 20)])
    bars = [each for each in drawing(chart).iter(f"{SVG}rect") if float(each.get("x") or 0) > 0][3:]
    assert [each.get("fill") for each in bars] == ["#00703c", "url(#c-late)", "url(#c-open)"]
    heights = [float(each.get("height") or 0) for each in bars]
    assert heights[0] / heights[1] == pytest.approx(5 / 3, rel=0.01)
    assert says(chart) == "1 month, 100 due in all: 50 in time, 30 late, 20 still open."


def test_week_20_stands_left_of_its_line_and_week_21_right_of_it() -> None:
    root = drawing(histogram("h", "Weeks", {20: 1, 21: 1}))
    line = min(float(each.get("x1") or 0) for each in root.iter(f"{SVG}line") if each.get("stroke-dasharray"))
    last, first = (
        [float(each.get(name) or 0) for name in ("x", "width")] for each in list(root.iter(f"{SVG}rect"))[1:]
    )
    assert sum(last) <= line <= first[0]


def test_what_took_longest_stands_together_and_is_counted() -> None:
    chart = histogram("h", "Weeks", {10: 2, 90: 1, 200: 1})
    assert says(chart) == "4 plans. 2 within 20 weeks. 2 within 52 weeks."
    assert len(list(drawing(chart).iter(f"{SVG}rect"))) == 3
    assert "over 78" in texts(chart)


def test_survival_says_what_is_open_after_six_twenty_and_fifty_two_weeks() -> None:
    weeks = [Week(number, 1 - number / 60, 60 - number) for number in range(60)]
    assert says(survival_chart("v", "Open", weeks)) == (
        "After 6 weeks 90.0 per cent are still open. After 20 weeks 66.7 per cent are still open. "
        "After 52 weeks 13.3 per cent are still open. Half of them are closed within 30 weeks."
    )


def test_names_in_a_chart_are_escaped() -> None:
    chart = trend_chart("t", "<b>Fish & chips</b>", [Point("<i>", 1.0)], None, "cases")
    assert drawing(chart).findtext(f"{SVG}title") == "<b>Fish & chips</b>"


@pytest.mark.parametrize(("values", "high"), [([3], 3), ([9], 10), ([95], 100), ([1201], 1500), ([0], 1)])
def test_a_scale_ends_at_a_round_value(values: list[float], high: float) -> None:
    scale = scale_of(Sheet(), values)
    assert scale.high == high
    assert len(scale.ticks) <= 8
    assert (scale.ticks[0], scale.ticks[-1]) == (0, high)
