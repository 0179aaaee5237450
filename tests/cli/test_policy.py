"""An authority adopts a reminder policy of its own, and everybody follows it."""

from pathlib import Path

from tests.cli.conftest import Ehcp


def test_the_policy_that_ships_is_shown_and_can_be_adopted_unchanged(ehcp: Ehcp, tmp_path: Path) -> None:
    shown = ehcp("policy", "show")
    assert "[advice]" in shown.out
    file = tmp_path / "policy.toml"
    file.write_text(shown.out)
    adopted = ehcp("policy", "adopt", str(file), "--json")
    assert adopted.json["number"] == 1
    assert ehcp("policy", "adopt", str(file), "--json").json["number"] == 1
    assert ehcp("policy", "show", "--json").json == {"number": 1, "toml": shown.out}


def test_a_policy_of_ones_own_changes_the_norm_of_open_cases_and_wakes_them(ehcp: Ehcp, tmp_path: Path) -> None:
    opened = ehcp(
        "open",
        "-",
        "--json",
        stdin='{"received": "2026-10-01", "source": "1", "surname": "A", "forename": "B", '
        '"date_of_birth": "2018-02-14"}',
    )
    ref = opened.json["case_ref"]
    file = tmp_path / "policy.toml"
    file.write_text("[norms]\nlocal_draft_plan = 12\n")
    adopted = ehcp("policy", "adopt", str(file), "--json").json
    assert (adopted["woken"], adopted["recomputed"]) == (1, 1)
    rows = {row["limit"]: row for row in ehcp("timeline", ref, "--json").json["deadlines"]}
    assert rows["local_draft_plan"]["norm_due"] == "2026-12-24"


def test_a_wrong_policy_is_refused_with_its_place_and_changes_nothing(ehcp: Ehcp, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[advice]\nadvisor = [1]\n")
    done = ehcp("policy", "adopt", str(file))
    assert done.code == 1
    assert "adviser" in done.err
    assert ehcp("policy", "show", "--json").json["number"] == 0
