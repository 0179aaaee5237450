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
    assert (adopted["woken"], adopted["to_work_out"]) == (1, 1)
    rows = {row["limit"]: row for row in ehcp("timeline", ref, "--json").json["deadlines"]}
    assert rows["local_draft_plan"]["norm_due"] == "2026-12-24"


def test_what_a_policy_moves_is_left_to_a_worker_or_worked_out_here(ehcp: Ehcp, tmp_path: Path) -> None:
    assert "has moved a day" in ehcp("policy", "progress").out
    assert ehcp("policy", "progress", "--json").json is None
    child = '{"received": "2026-10-01", "source": "1", "surname": "A", "forename": "B", "date_of_birth": "2018-02-14"}'
    ehcp("open", "-", "--json", stdin=child)
    file = tmp_path / "policy.toml"
    file.write_text("[norms]\nlocal_draft_plan = 12\n")
    assert "A worker works out 1 cases anew: 'ehcp policy progress'" in ehcp("policy", "adopt", str(file)).out
    assert "0 of 1 cases are worked out so far" in ehcp("policy", "progress").out
    done = ehcp("policy", "progress", "--here", "--json").json
    assert (done["policy"], done["done"], done["total"], done["changed"]) == (1, 1, 1, 1)
    assert "All cases are worked out, since" in ehcp("policy", "progress").out


def test_a_wrong_policy_is_refused_with_its_place_and_changes_nothing(ehcp: Ehcp, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[advice]\nadvisor = [1]\n")
    done = ehcp("policy", "adopt", str(file))
    assert done.code == 1
    assert "adviser" in done.err
    assert ehcp("policy", "show", "--json").json["number"] == 0


def test_every_version_is_kept_and_can_be_read(ehcp: Ehcp, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    for weeks in (5, 4):
        file.write_text(f"[services.health]\nnorm_weeks = {weeks}\n")
        ehcp("policy", "adopt", str(file))
    listed = ehcp("policy", "versions", "--json").json
    assert [each["number"] for each in listed] == [2, 1, 0]
    assert "the policy that ships" in ehcp("policy", "versions").out
    assert "norm_weeks = 5" in ehcp("policy", "show", "--version", "1").out
    assert "[hours]" in ehcp("policy", "show", "--version", "0").out
    missing = ehcp("policy", "show", "--version", "7")
    assert missing.code == 1
    assert "no version 7" in missing.err


def test_what_a_policy_would_change_is_shown_and_nothing_is_written(ehcp: Ehcp, tmp_path: Path) -> None:
    opened = ehcp(
        "open",
        "-",
        "--json",
        stdin='{"received": "2026-10-01", "source": "1", "surname": "A", "forename": "B", '
        '"date_of_birth": "2018-02-14"}',
    )
    file = tmp_path / "policy.toml"
    file.write_text("[norms]\nlocal_draft_plan = 12\n")
    found = ehcp("policy", "preview", str(file), "--json").json
    assert (found["version"], found["affected"], found["norm_days"], found["nothing"]) == (0, 1, 1, False)
    assert found["norms"][0]["case_ref"] == opened.json["case_ref"]
    assert "2027-01-07 -> 2026-12-24" in ehcp("policy", "preview", str(file)).out
    assert ehcp("policy", "show", "--json").json["number"] == 0
    file.write_text("")
    assert "Nothing would change" in ehcp("policy", "preview", str(file)).out
