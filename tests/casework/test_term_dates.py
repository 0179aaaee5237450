"""Term dates: files as councils have them, and the terms of a setting beside its authority's."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from casework.errors import Refused
from casework.term_dates import list_due, replaced_by, terms_of
from casework.term_files import TermRow, read_terms
from records.tables import CalendarChange, Term
from tests.casework.support import NOW
from tests.support.database import Database

ALL, OWN = "", "117222"


def term(first: str, last: str, urn: str = ALL, name: str = "") -> TermRow:
    return TermRow(urn, date.fromisoformat(first), date.fromisoformat(last), name)


def file(folder: Path, content: str, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_text(content)
    return path


def test_terms_are_read_from_a_list_with_days_as_councils_write_them(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "Setting URN,First,Last,Name\n,02/09/2026,18/12/2026,Autumn term\n117222,2026-09-07,2026-12-16,Autumn term\n"
        ",2027-01-04,26/03/2027,\n",
    )
    assert read_terms(path).terms == [
        term("2026-09-02", "2026-12-18", ALL, "Autumn term"),
        term("2027-01-04", "2027-03-26"),
        term("2026-09-07", "2026-12-16", OWN, "Autumn term"),
    ]


def test_a_list_without_settings_can_be_one_settings_own(tmp_path: Path) -> None:
    path = file(tmp_path, "first,last\n2026-09-02,2026-12-18\n")
    assert read_terms(path, OWN).terms == [term("2026-09-02", "2026-12-18", OWN)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",2026-09-31,2026-12-18,", "line 2: first: 2026-09-31 does not exist: check the day and the month."),
        (",,2026-12-18,", "line 2: first is blank: write a day like 2026-09-02 or 02/09/2026."),
        (",2026-09-02,Christmas,", "line 2: last: 'Christmas' is not a date: write it as 2026-11-20 or 20/11/2026."),
        (",2026-12-18,2026-09-02,", "line 2: the term ends on 2026-09-02 before it begins on 2026-12-18: correct one"),
        (",2026-09-02,2027-12-18,", "line 2: from 2026-09-02 to 2027-12-18 are 472 days: no term is so long"),
        (",1926-09-02,1926-12-18,", "line 2: 1926-09-02 to 1926-12-18 is not in the years 2014 to 2060"),
        (
            "the Oaks,2026-09-02,2026-12-18,",
            "line 2: setting_urn 'the Oaks' is no URN: write one like 117222, or leave",
        ),
        (",2026-09-02,2026-12-18,\n,2026-12-18,2027-03-01,", "line 3: the term overlaps with that of line 2: keep one"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_its_remedy(tmp_path: Path, line: str, said: str) -> None:
    path = file(tmp_path, f"setting_urn,first,last,name\n{line}\n")
    with pytest.raises(Refused) as refused:
        read_terms(path)
    assert refused.value.messages[0].startswith(said)
    assert "give the whole file again" in refused.value.messages[-1]


@pytest.mark.parametrize(
    ("content", "setting", "said"),
    [
        ("first,name\n2026-09-02,Autumn\n", "", "has no column last"),
        ("first,last\n", "", "There is no term in"),
        ("setting_urn,first,last\n117333,2026-09-02,2026-12-18\n", OWN, "setting_urn is 117333 and --setting 117222"),
        ("first,last\n2026-09-02,2026-12-18\n", "The Oaks", "'The Oaks' is no URN"),
        ("BEGIN:VCALENDAR\nrubbish\n", "", "is not a calendar that can be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: str, setting: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_terms(file(tmp_path, content), setting)


def event(name: str, first: str, end: str = "", *more: str) -> str:
    days = [f"DTSTART{first}", *([f"DTEND{end}"] if end else [])]
    return "\n".join(["BEGIN:VEVENT", f"SUMMARY:{name}", *days, *more, "END:VEVENT", ""])


def ical(folder: Path, *events: str) -> Path:
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//council//terms//EN\n"
    return file(folder, f"{head}{''.join(events)}END:VCALENDAR\n".replace("\n", "\r\n"), "terms.ics")


def test_terms_are_read_from_a_calendar_and_what_is_none_is_said(tmp_path: Path) -> None:
    path = ical(
        tmp_path,
        event("Autumn Term", ";VALUE=DATE:20260902", ";VALUE=DATE:20261219"),
        event("Autumn half-term", ";VALUE=DATE:20261026", ";VALUE=DATE:20261031"),
        event("Christmas break", ";VALUE=DATE:20261219", ";VALUE=DATE:20270104"),
        event("Spring term begins", ";VALUE=DATE:20270104"),
        event("Term's Got Talent", ":20261126T180000Z", ":20261126T200000Z"),
        event("Winter term", ";VALUE=DATE:20280104", ";VALUE=DATE:20280201", "STATUS:CANCELLED"),
        event("Every term", ";VALUE=DATE:20270104", ";VALUE=DATE:20270201", "RRULE:FREQ=YEARLY"),
        event("Broken term", ";VALUE=DATE:2027"),
    )
    found = read_terms(path, OWN)
    assert found.terms == [term("2026-09-02", "2026-12-18", OWN, "Autumn Term")]
    assert [note.partition(" was passed over: ")[::2] for note in found.notes] == [
        ("'Autumn half-term'", "it is not called a term."),
        ("'Christmas break'", "it is not called a term."),
        (
            "'Spring term begins'",
            "it is a single day (2027-01-04). A term is one event from its first to its last day; or write the days "
            "down in a CSV file.",
        ),
        ('"Term\'s Got Talent"', "a term is one event of whole days."),
        ("'Every term'", "a term is one event of whole days."),
        ("'Broken term'", "a term is one event of whole days."),
    ]


def test_a_calendar_in_which_nothing_is_a_term_says_what_was_in_it(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_terms(ical(tmp_path, event("INSET day", ";VALUE=DATE:20260901", ";VALUE=DATE:20260902")))
    assert refused.value.messages == [
        "There is no term in terms.ics.",
        "'INSET day' was passed over: it is not called a term.",
    ]


def test_a_file_says_everything_between_its_first_and_its_last_day() -> None:
    before, autumn = term("2026-04-13", "2026-07-21"), term("2026-09-02", "2026-12-18")
    kept = [before, autumn, term("2027-01-05", "2027-03-26"), term("2026-09-07", "2026-12-16", OWN)]
    new = [term("2026-09-03", "2026-12-18"), term("2027-01-05", "2027-03-26")]
    assert replaced_by(kept, new) == ([new[0]], [autumn])
    assert replaced_by(new, new) == ([], [])


def keep(db: Engine, *terms: TermRow) -> None:
    with Session(db) as session, session.begin():
        session.add(CalendarChange(authority="000", number=1, applied_at=NOW, applied_by="t"))
        session.flush()
        for each in terms:
            session.add(
                Term(authority="000", setting_urn=each.setting_urn, first=each.first, last=each.last, change_number=1)
            )


def test_a_settings_own_terms_win_in_the_years_that_they_cover(database: Database) -> None:
    keep(
        database.engine,
        term("2026-09-02", "2026-12-18"),
        term("2027-01-05", "2027-03-26"),
        term("2027-09-02", "2027-12-17"),
        term("2026-09-07", "2026-12-16", OWN),
        term("2027-01-11", "2027-03-24", OWN),
    )
    with Session(database.engine) as session:
        own, other, none = terms_of(session, OWN), terms_of(session, "117333"), terms_of(session, None)
    assert other == none
    assert [own.in_term(date.fromisoformat(day)) for day in ("2026-09-02", "2026-09-07", "2027-09-02")] == [
        False,
        True,
        True,
    ]
    assert other.next_start(date(2026, 8, 1)) == date(2026, 9, 2)
    assert own.next_start(date(2026, 8, 1)) == date(2026, 9, 7)


def test_the_list_before_a_term_is_due_two_clear_weeks_earlier() -> None:
    assert list_due(date(2026, 9, 2)) == date(2026, 8, 18)
