"""The directories of services, settings and officers."""

from pathlib import Path

import pytest

from casework.directories import DirectoryReport, import_officers, import_services, import_settings
from casework.errors import Refused
from tests.casework.support import NOW, OFFICER, SERVICES, Council


def services(council: Council, folder: Path, content: str) -> DirectoryReport:
    path = folder / "again.csv"
    path.write_text(content)
    return import_services(council.db, path, OFFICER, NOW)


def test_the_same_file_twice_changes_nothing(council: Council, tmp_path: Path) -> None:
    report = services(council, tmp_path, SERVICES)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 4)
    assert council.count("body") == 4


def test_a_later_file_adds_what_is_new_and_changes_what_differs(council: Council, tmp_path: Path) -> None:
    changed = SERVICES.replace("slt@nhs.example", "speech@nhs.example") + "other,mobility,Mobility,no,m@c.example,,,\n"
    report = services(council, tmp_path, changed)
    assert (report.added, report.changed, report.unchanged) == (1, 1, 3)
    assert council.row("SELECT email FROM body WHERE code = 'slt'")["email"] == "speech@nhs.example"


def test_the_first_of_a_category_in_the_file_is_asked_by_default(council: Council, tmp_path: Path) -> None:
    lines = SERVICES.splitlines()
    lines[2], lines[3] = lines[3], lines[2]
    services(council, tmp_path, "\n".join(lines))
    council.records(council.opens(), "decision_to_assess=2026-10-01")
    asked = council.row(
        "SELECT b.code FROM advice_request a JOIN body b ON b.id = a.body_id WHERE a.subject = 'health'"
    )
    assert asked["code"] == "slt"


def test_a_file_with_one_wrong_row_changes_nothing_and_names_every_fault(council: Council, tmp_path: Path) -> None:
    wrong = SERVICES.replace("slt@nhs.example", "speech@nhs.example") + (
        "dentistry,x,X,no,,,,\nhealth,Bad Code,Y,perhaps,not an address,,,\nhealth,SLT,Again,yes,,,,\nhealth,,,,,,,\n"
    )
    with pytest.raises(Refused) as refused:
        services(council, tmp_path, wrong)
    said = "\n".join(refused.value.messages)
    for part in ("line 6: who 'dentistry'", "line 7: body 'Bad Code'", "line 7: section_31 'perhaps'",
                 "line 7: email 'not an address'", "line 9: body is blank", "line 9: name is blank",
                 "Nothing was changed"):  # fmt: skip
        assert part in said
    assert council.row("SELECT email FROM body WHERE code = 'slt'")["email"] == "slt@nhs.example"


def test_one_body_twice_in_a_file_is_refused(council: Council, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is in line 4 already"):
        services(council, tmp_path, SERVICES + "health,slt,Again,yes,,,,\n")


def test_somebody_without_an_address_is_taken_with_a_warning(council: Council, tmp_path: Path) -> None:
    report = services(council, tmp_path, "who,body,name\nother,mobility,Mobility\n")
    assert report.warnings == ["line 2: Mobility has no address: nothing can be sent."]


def test_only_a_file_that_has_the_column_says_who_is_no_longer_asked(council: Council, tmp_path: Path) -> None:
    services(council, tmp_path, "who,body,name,section_31,active\nhealth,paediatrics,Community Paediatrics,yes,no\n")
    services(council, tmp_path, SERVICES)
    assert council.row("SELECT active FROM body WHERE code = 'paediatrics'")["active"] is False


def test_officers_and_settings_come_from_files_too(council: Council, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("Username;Name;Email;Team\nk.lee;K. Lee;k.lee@council.example;North\n")
    assert import_officers(council.db, path, OFFICER, NOW).added == 1
    assert council.row("SELECT team, role FROM officer WHERE username = 'k.lee'") == {
        "team": "North",
        "role": "caseworker",
    }
    path.write_text("urn,name,email\n117222,Renamed,senco@schools.example\n")
    report = import_settings(council.db, path, OFFICER, NOW)
    assert report.as_json() == {"added": 0, "changed": 1, "unchanged": 0, "warnings": []}


def test_a_file_without_its_columns_is_refused_with_their_names(council: Council, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no column who, body"):
        services(council, tmp_path, "name\nX\n")
