"""The calendar by command: shown first, asked, done; and the history of a moved day where people look for it."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ehcp, Terminal, opened

TERMS = "setting_urn,first,last,name\n,02/09/2026,18/12/2026,Autumn term\n,04/01/2027,26/03/2027,Spring term\n"


def test_nothing_is_changed_before_somebody_has_said_yes(ehcp: Ehcp) -> None:
    ref = opened(ehcp, received="2026-10-30")
    shown = ehcp("calendar", "add", "bank-holiday", "11/12/2026", "Jubilee")
    assert shown.code == 3
    assert "Friday 11 December 2026 is a bank holiday (Jubilee)." in shown.out
    assert (
        f"{ref}  reg5_decide             the last day on which the offices work  11 Dec 2026  10 Dec 2026" in shown.out
    )
    assert "Nothing was changed. To change it, say it again with --yes." in shown.err
    preview = ehcp("calendar", "add", "bank-holiday", "2026-12-11", "Jubilee", "--json")
    assert (preview.code, preview.json["applied"], preview.json["cases"]) == (3, False, 1)
    assert ehcp("calendar", "show", "--json").json["days"] == []


def test_what_is_done_is_what_was_shown_and_each_moved_day_says_why(ehcp: Ehcp) -> None:
    ref = opened(ehcp, received="2026-10-30")
    words = ("calendar", "add", "bank-holiday", "2026-12-11", "Jubilee", "--because", "Royal Proclamation")
    preview = ehcp(*words, "--json").json
    done = ehcp(*words, "--json", "--yes")
    assert done.code == 0
    assert done.json == {**preview, "applied": True, "number": 1, "woken": 1}
    assert ("reg5_decide", "operational_due", "2026-12-11", "2026-12-10") in [
        (move["limit"], move["field"], move["was"], move["now"]) for move in done.json["moves"]
    ]
    why = (
        "because Friday 11 December 2026 is a bank holiday (Jubilee): Royal Proclamation (change 1 of the calendar, by"
    )
    assert why in ehcp("explain", ref, "reg5_decide").out
    assert (
        why
        in {row["limit"]: row for row in ehcp("timeline", ref, "--json").json["deadlines"]}["reg5_decide"][
            "explanation"
        ]
    )
    assert "calendar changed: Friday 11 December 2026 is a bank holiday (Jubilee) (Royal Proclamation)" in [
        entry["what"] for entry in ehcp("chronology", ref, "--json").json["items"]
    ]
    again = ehcp(*words, "--yes")
    assert (again.code, again.out) == (0, "Nothing to change.\n")
    assert "is in the calendar already" in again.err


def test_on_a_terminal_it_asks(ehcp: Ehcp, terminal: Callable[..., Terminal]) -> None:
    for answer, said, code in (("n", "Nothing was changed.", 3), ("y", "Done, as change 1 of the calendar", 0)):
        asked = terminal("calendar", "add", "working", "2027-05-03")
        asked.wait_for("Change the calendar? [y/N]")
        asked.type(f"{answer}\n")
        asked.wait_for(said)
        assert asked.process.wait(timeout=10) == code
        assert len(ehcp("calendar", "show", "--json").json["days"]) == (code == 0)


def test_everything_can_be_taken_back_and_is_remembered(ehcp: Ehcp) -> None:
    for words in (
        ("add", "bank-holiday", "2026-12-11", "Jubilee"),
        ("add", "closure", "2026-12-24..2026-12-31", "Christmas closure"),
        ("add", "working", "2027-05-03", "--because", "moved to 10 May"),
        ("remove", "closure", "24/12/2026..31/12/2026"),
        ("remove", "working", "2027-05-03"),
    ):
        assert ehcp("calendar", *words, "--yes").code == 0
    found = ehcp("calendar", "show", "--json").json
    assert [(day["day"], day["kind"], day["name"], day["change"]) for day in found["days"]] == [
        ("2026-12-11", "bank-holiday", "Jubilee", 1)
    ]
    assert [(change["number"], change["what"], change["because"]) for change in found["changes"]][1:] == [
        (
            2,
            "the offices are closed from Thursday 24 December 2026 to Thursday 31 December 2026 (Christmas closure)",
            "",
        ),
        (3, "Monday 3 May 2027 is a working day", "moved to 10 May"),
        (
            4,
            "the offices are not closed from Thursday 24 December 2026 to Thursday 31 December 2026 after all",
            "",
        ),
        (5, "Monday 3 May 2027 is a bank holiday again", ""),
    ]
    assert found["until"] == [{"what": "bank holidays of England", "until": "2060-12-31"}]
    table = ehcp("calendar", "show").out
    assert "Jubilee" in table
    assert "The bank holidays of England are recorded up to 31 Dec 2060." in table


def test_term_dates_come_from_a_file_and_say_when_lists_are_due(ehcp: Ehcp, tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(TERMS)
    shown = ehcp("calendar", "terms", str(file))
    assert shown.code == 3
    assert "in  all      Spring term  4 Jan 2027  26 Mar 2027  20 Dec 2026" in shown.out
    assert ehcp("calendar", "terms", str(file), "--yes").code == 0
    assert ehcp("calendar", "terms", str(file), "--setting", "117222", "--yes").code == 0
    assert "Nothing to change." in ehcp("calendar", "terms", str(file), "--yes").out
    assert ehcp("calendar", "remove", "term", "2027-01-04", "--setting", "117222", "--yes").code == 0
    found = ehcp("calendar", "show", "--json").json
    assert [(term["setting_urn"], term["first"]) for term in found["terms"]] == [
        ("", "2026-09-02"),
        ("", "2027-01-04"),
        ("117222", "2026-09-02"),
    ]
    assert found["until"][1] == {"what": "term dates of the authority", "until": "2027-03-26"}


def test_a_calendar_that_runs_out_within_a_year_is_reported_by_the_doctor(ehcp: Ehcp, tmp_path: Path) -> None:
    def calendar() -> dict[str, object]:
        (found,) = [each for each in ehcp("doctor", "--json").json["checks"] if each["what"] == "calendar"]
        return found

    assert calendar() == {"what": "calendar", "well": True, "found": "recorded for a year and more", "remedy": ""}
    file = tmp_path / "terms.csv"
    file.write_text("first,last\n2025-09-02,2025-12-19\n")
    ehcp("calendar", "terms", str(file), "--yes")
    assert (found := calendar())["well"] is False
    assert found["found"] == "the term dates of the authority end on Friday 19 December 2025"
    assert "ehcp calendar terms FILE" in str(found["remedy"])


IMPOSSIBLE = (
    (("add", "bank-holiday", "2026-02-30", "X"), 2, "'2026-02-30' is not a day that exists"),
    (("add", "closure", "2026-12-24..soon", "X"), 2, "'soon' is not a day that exists"),
    (("add", "bank-holiday", "2026-12-12", "X"), 1, "is at the weekend, when nobody works"),
    (("remove", "closure", "2026-12-24"), 1, "No closure is recorded on Thursday 24 December 2026."),
    (("terms", "FILE"), 1, "line 2: last: 'Christmas' is not a date"),
    (("terms", "FILE", "--setting", "The Oaks"), 1, "'The Oaks' is no URN"),
)


def test_what_cannot_be_read_or_done_is_refused_kindly(ehcp: Ehcp, tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text("first,last\n2026-09-02,Christmas\n")
    for words, code, said in IMPOSSIBLE:
        done = ehcp("calendar", *(str(file) if word == "FILE" else word for word in words), "--yes")
        assert (done.code, said in done.err) == (code, True), (words, done.err)
