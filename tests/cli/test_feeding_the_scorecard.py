"""`ehcp scorecard feed`: figures from outside, from a file to the scorecard."""

from pathlib import Path

from tests.cli.conftest import Ehcp

HEAD = "measure,part,first_day,last_day,numerator,denominator,value,owner,source"
AUDIT = "audit_needs,,2026-09-01,2026-10-31,17,20,,Quality lead,Audit of October"


def test_figures_are_fed_and_stand_on_the_scorecard(ehcp: Ehcp, tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    path.write_text(f"{HEAD}\n{AUDIT}\n")
    dry = ehcp("scorecard", "feed", str(path), "--dry-run")
    assert (dry.code, "Dry run, nothing was written. It would give: 1 added" in dry.out) == (0, True)
    assert "1 added, 0 changed, 0 unchanged" in ehcp("scorecard", "feed", str(path)).out
    assert ehcp("scorecard", "feed", str(path), "--json").json["unchanged"] == 1
    told = ehcp("scorecard", "--month", "2026-10", "--json").json["measures"]
    (audit,) = [each for each in told if each["id"] == "audit_needs"]
    assert (audit["numerator"], audit["denominator"], audit["value"], audit["rag"]) == (17, 20, 85.0, "green")


def test_a_file_with_a_wrong_row_is_refused_with_its_reasons(ehcp: Ehcp, tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    path.write_text(f"{HEAD}\n{AUDIT}\n{AUDIT.replace('audit_needs', 'audit_neds').replace(',17,', ',21,')}\n")
    done = ehcp("scorecard", "feed", str(path))
    assert done.code == 1
    assert "Nothing was taken" in done.out
    assert "did you mean audit_needs?" in " ".join(done.out.split())
    assert (tmp_path / "audit.rejects.csv").exists()
    refused = ehcp("scorecard", "feed", str(path), "--json")
    assert (refused.code, [each["column"] for each in refused.json["refused"]]) == (1, ["measure"])
