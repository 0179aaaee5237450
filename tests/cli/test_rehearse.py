"""`ehcp rehearse`: the council's own cases, read and never touched."""

from pathlib import Path

from tests.cli.conftest import Council, Ehcp


def test_the_councils_own_cases_are_rehearsed_and_the_report_written(council: Council, tmp_path: Path) -> None:
    out = tmp_path / "rehearsal"
    done = council.ehcp(
        "rehearse", "--copy", "--from", "2026-11-20", "--weeks", "1", "--as-is", "--out", str(out), "--json"
    )
    assert done.code == 0, done.err
    assert sum(row["messages"] for row in done.json["weeks"]) > 0
    assert {path.name for path in out.iterdir()} == {"rehearsal.html", "rehearsal.xlsx", "rehearsal.json"}
    assert out.stat().st_mode & 0o077 == 0


def test_two_caseloads_at_once_and_a_wrong_policy_are_refused(council: Council, tmp_path: Path) -> None:
    assert council.ehcp("rehearse", "--copy", "--caseload", str(tmp_path)).code == 2
    policy = tmp_path / "policy.toml"
    policy.write_text("[advice]\nthen_evry = 3\n")
    done = council.ehcp("rehearse", "--copy", "--policy", str(policy))
    assert done.code == 1
    assert "then_every" in done.err


def test_nothing_to_rehearse_is_said(ehcp: Ehcp) -> None:
    done = ehcp("rehearse", "--copy", "--weeks", "1")
    assert done.code == 0, done.err
    assert "no case is open here" in done.err
    assert "0 assessments" in done.out
