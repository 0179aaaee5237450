"""How many restricted children a part of a figure holds is not said where they are few: it would tell their age."""

from datetime import date

from casework.actor import Actor
from casework.people import restrict
from scorecard.behind import Side, behind
from scorecard.figures import figures
from scorecard.measures import measure
from scorecard.period import Period
from scorecard.suppression import SMALL
from tests.casework.support import Council

DAY = Period(date(2026, 3, 31), date(2026, 3, 31), date(2026, 3, 31))
OTHER = Actor("m.east", "web")


def hidden(council: Council, part: str = "") -> int | None:
    return behind(council.db, measure("open_assessments"), DAY, OTHER, Side.COUNTED, part=part).hidden


def test_a_few_are_told_of_the_whole_and_not_of_a_part(council: Council) -> None:
    cases = [council.opens("2026-02-02") for _ in range(SMALL)]
    (found,) = figures(council.db, [measure("open_assessments")], [DAY])
    (band,) = (each.part for each in found if each.part)
    assert (hidden(council), hidden(council, band)) == (0, None)
    for number, case in enumerate(cases, start=1):
        restrict(council.db, case.mail_ref, ["h.north"], OTHER)
        assert (hidden(council), hidden(council, band)) == (number, number if number == SMALL else None)
