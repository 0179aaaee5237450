"""`ehcp synth`: a council of nobody, in files for the import."""

from pathlib import Path

from tests.cli.conftest import Ehcp


def test_a_council_is_written_with_what_had_to_be_bridged(law: Ehcp, tmp_path: Path) -> None:
    done = law("synth", "--like", "hartlepool", "--year", "2024", "--out", str(tmp_path / "made"), "--json")
    assert done.code == 0, done.err
    assert done.json["authority"] == "Hartlepool"
    assert done.json["as_of"] == "2025-01-16"
    assert done.json["bridges"]
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [
        "assessments.csv",
        "bridges.json",
        "bridges.md",
        "plans.csv",
    ]


def test_a_name_that_is_not_published_is_answered_with_those_that_may_be_meant(law: Ehcp, tmp_path: Path) -> None:
    done = law("synth", "--like", "Hull", "--year", "2024", "--out", str(tmp_path / "made"))
    assert done.code == 2
    assert "Kingston upon Hull, City of" in done.err
    assert not (tmp_path / "made").exists()


def test_a_folder_that_cannot_be_made_is_said(law: Ehcp, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = law("synth", "--like", "Hartlepool", "--year", "2024", "--out", str(tmp_path / "file" / "made"))
    assert done.code == 1
    assert "cannot be written" in done.err
