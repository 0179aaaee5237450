"""Cover: noted, taken back, asked of a day, and refused with every reason."""

from datetime import date

import pytest
from sqlmodel import Session

from casework.cover import SERVICE, add_cover, covers_known, covers_on, stand_ins_for, state_of
from casework.cover_ends import end_cover
from casework.errors import Refused
from records.tables import Cover
from tests.casework.support import NOW, OFFICER, TODAY, Council, at

FRIDAY = date(2026, 11, 27)


def cover(council: Council, who: str = "p.singh", stand_in: str = "a.marsh", **said: date) -> Cover:
    first, last = said.get("first", TODAY), said.get("last", FRIDAY)
    return add_cover(council.db, who, stand_in, first, last, OFFICER, NOW)


def test_who_stands_in_is_asked_of_the_day(council: Council) -> None:
    cover(council)
    with Session(council.db) as session:
        assert [stand_ins_for(session, "p.singh", day) for day in (TODAY, FRIDAY, date(2026, 11, 28))] == [
            ("a.marsh",),
            ("a.marsh",),
            (),
        ]


def test_for_whom_somebody_stands_in_is_asked_of_the_day_too(council: Council) -> None:
    cover(council)
    with Session(council.db) as session:
        found = covers_on(session, TODAY)
    assert (found.covered_by("a.marsh"), found.covered_by("p.singh")) == (("p.singh",), ())
    assert found.last_day("p.singh") == FRIDAY


def test_a_service_is_covered_by_an_address(council: Council) -> None:
    who = ("educational_psychology/eps", "locum@council.example")
    add_cover(council.db, *who, TODAY, FRIDAY, OFFICER, NOW, kind=SERVICE)
    with Session(council.db) as session:
        assert stand_ins_for(session, who[0], TODAY, SERVICE) == (who[1],)
        assert covers_on(session, TODAY).covered_by(who[1]) == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"last": date(2026, 11, 19), "first": TODAY}, "first day or a later one"),
        ({"first": date(2026, 11, 2), "last": date(2026, 11, 6)}, "are over"),
        ({"last": date(2028, 1, 1)}, "a year at most"),
        ({"stand_in": "p.singh"}, "for themselves"),
        ({"stand_in": "n.obody"}, "officers who are still here"),
        ({"who": "n.obody"}, "who is away"),
    ],
)
def test_cover_that_cannot_be_is_refused_with_the_reason(council: Council, said: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        cover(council, **said)  # type: ignore[arg-type]


def test_the_same_cover_twice_is_refused_and_after_it_was_taken_back_noted_again(council: Council) -> None:
    first = cover(council)
    with pytest.raises(Refused, match="already"):
        cover(council)
    end_cover(council.db, first.id, OFFICER, NOW)
    assert state_of(cover(council), TODAY) == "holds"


def test_nobody_takes_back_the_cover_of_another_in_their_own_name(council: Council) -> None:
    noted = cover(council)
    with pytest.raises(Refused, match="no such cover"):
        end_cover(council.db, noted.id, OFFICER, NOW, who="a.marsh")
    assert state_of(end_cover(council.db, noted.id, OFFICER, NOW, who="p.singh"), TODAY) == "taken_back"


def test_cover_is_shown_until_a_month_after_it_is_over(council: Council) -> None:
    cover(council)
    days = (TODAY, date(2026, 12, 20), date(2026, 12, 28))
    assert [[state_of(each, day) for each in covers_known(council.db, day)] for day in days] == [
        ["holds"],
        ["over"],
        [],
    ]
    assert covers_known(council.db, TODAY, who="n.obody") == []


def test_cover_that_is_over_cannot_be_taken_back(council: Council) -> None:
    noted = cover(council)
    with pytest.raises(Refused, match="over already"):
        end_cover(council.db, noted.id, OFFICER, at("2026-12-01"))
