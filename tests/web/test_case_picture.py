"""The picture of a case: on every case of the demonstration its words stay apart and inside the sheet."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.case_page import case_page
from statute.assessment import timeline
from statute.notation import parse_fact
from tests.web.site import Site
from web.pictures.draw import picture_of
from web.pictures.headline import headline, week_of
from web.pictures.layout import NARROW, WIDE, Drawing, Sheet, lay_out
from web.pictures.letters import width_of, wrapped
from web.pictures.of_assessment import of_assessment
from web.pictures.shapes import Lane, Look, Note, Picture
from web.pictures.svg import PATTERNS, svg

TODAY = date(2026, 9, 25)
START = TODAY - timedelta(days=98)


def pictures(site: Site, kind: str) -> Iterator[tuple[str, Picture]]:
    question = text(
        "SELECT p.mail_ref, p.case_ref, n.restricted_to FROM process p JOIN person n ON n.id = p.person_id "
        "WHERE p.kind = :kind ORDER BY p.case_ref"
    )
    with site.db.connect() as connection:
        rows = connection.execute(question, {"kind": kind}).all()
    for row in rows if kind == "assessment" else rows[::2]:
        viewer = Actor((row.restricted_to or ["a.marsh"])[0], "web")
        yield row.case_ref, picture_of(case_page(site.db, row.mail_ref, viewer, site.now))


def outside(drawing: Drawing) -> list[str]:
    boxes = [(words.words, words.box) for words in drawing.words]
    found = [
        words
        for words, (left, top, right, foot) in boxes
        if left < 0 or top < 0 or right > drawing.sheet.width or foot > drawing.height
    ]
    bars = [bar for bar in drawing.bars if bar.x < 0 or bar.x + bar.width > drawing.sheet.width]
    return [*found, *(str(bar) for bar in bars)]


def covering(drawing: Drawing) -> list[tuple[str, str]]:
    boxes = sorted((words.box[1], words.box, words.words) for words in drawing.words)
    found: list[tuple[str, str]] = []
    for place, (_, one, first) in enumerate(boxes):
        for top, other, second in boxes[place + 1 :]:
            if top >= one[3]:
                break  # everything else stands below
            if one[0] < other[2] and other[0] < one[2]:
                found.append((first, second))
    return found


@pytest.mark.parametrize("kind", ["assessment", "annual-review"])
def test_no_label_covers_another_and_none_leaves_the_sheet(looking: Site, kind: str) -> None:
    seen = 0
    for ref, picture in pictures(looking, kind):
        for sheet in (WIDE, NARROW):
            drawing = lay_out(picture, sheet)
            assert not outside(drawing), (ref, sheet.name)
            assert not covering(drawing), (ref, sheet.name)
        seen += 1
    assert seen >= 400


def drawn(*facts: str, today: date = TODAY, sheet: Sheet = WIDE) -> str:
    return svg(lay_out(made(*facts, today=today), sheet), "x")


def made(*facts: str, today: date = TODAY) -> Picture:
    read = [parse_fact(each) for each in facts]
    return of_assessment(timeline(read, today, norms={"local_draft_plan": 14}), read, (), "EHC-1")


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def test_the_headline_counts_weeks_and_days() -> None:
    picture = made(f"request_received={day(0)}", f"decision_to_assess={day(36)}")
    assert picture.sentences == (
        "Week 14 of 20. Final plan due Friday 6 November 2026, in 42 days.",
        "If the draft plan is served by Thursday 22 October 2026, the family keeps its 15 days.",
    )


@pytest.mark.parametrize(("days", "week"), [(0, 1), (1, 1), (7, 1), (8, 2), (98, 14), (140, 20), (141, 21)])
def test_a_week_has_seven_days_and_the_last_day_of_twenty_lies_in_the_twentieth(days: int, week: int) -> None:
    assert week_of(START, START + timedelta(days=days)) == week


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ([f"request_received={day(0)}"], "The decision whether to assess is 56 days late."),
        ([f"request_received={day(-60)}", f"decision_to_assess={day(-30)}"], "Week 23: past the 20 weeks."),
        (
            [f"request_received={day(0)}", f"decision_to_assess={day(36)}", f"advice_requested:health={day(40)}"],
            "Of 1 request for advice 1 is late: health.",
        ),
        (
            [f"request_received={day(0)}", f"decision_to_assess={day(36)}", f"draft_plan_sent={day(95)}"],
            "The family has until Tuesday 6 October 2026 to answer the draft plan.",
        ),
        (
            [f"request_received={day(0)}", f"decision_not_to_assess={day(42)}"],
            "Decided not to assess on Friday 31 July 2026, in week 6: in time.",
        ),
        (
            [f"request_received={day(0)}", f"withdrawn={day(10)}"],
            "Request withdrawn on Monday 29 June 2026, in week 2.",
        ),
    ],
)
def test_what_matters_most_is_said_in_words(facts: list[str], says: str) -> None:
    said = " ".join(headline(timeline([parse_fact(each) for each in facts], TODAY)))
    assert says in said


def test_the_description_says_what_the_picture_shows() -> None:
    image = drawn(f"request_received={day(0)}", f"decision_to_assess={day(36)}")
    description = image.split("<desc", 1)[1].split("</desc>")[0]
    assert "Week 14 of 20." in description
    assert "The authority: decided to assess 25 Jul 2026, in time;" in description
    assert "42 days left for the final plan" in description
    assert 'role="img"' in image
    assert "style=" not in image


def test_what_is_late_has_a_pattern_of_its_own() -> None:
    image = drawn(f"request_received={day(-60)}", f"decision_to_assess={day(-30)}")
    assert 'id="x-wide-late"' in image
    assert 'fill="url(#x-wide-late)"' in image


def test_past_twenty_weeks_the_axis_goes_on_to_today() -> None:
    picture = made(f"request_received={day(-300)}")
    assert picture.last > TODAY
    spans = [span for lane in picture.lanes for span in lane.spans]
    assert spans
    assert all(span.last <= picture.last for span in spans)


def test_words_that_are_markup_stay_words() -> None:
    bad = Picture("<t>", ("<s>",), START, "<a>", START, TODAY, TODAY, lanes=(Lane("<l>", notes=(Note("<n>"),)),))
    image = svg(lay_out(bad, WIDE), "x")
    assert "<n>" not in image
    assert image.count("&lt;n&gt;") == 2


def test_every_look_is_drawn_unlike_the_others() -> None:
    assert len({PATTERNS[look] for look in Look}) == len(Look)


def test_long_words_are_broken_into_lines_that_fit() -> None:
    lines = wrapped("the other limit, counted from the meeting, is 12 Jan 2027", 13, 120)
    assert " ".join(lines) == "the other limit, counted from the meeting, is 12 Jan 2027"
    assert all(width_of(line, 13) <= 120 for line in lines)
