"""One table of a policy is changed, and nothing else: whatever the text looked like."""

import random
import tomllib
from typing import Any

import pytest

from casework.plain_toml import written
from casework.policy_edits import EVERYBODY, edited, own_values, with_table
from statute.policy import PolicyError, default_text, load_policy

OWN = """# Ours.
due_soon_days = 21

[advice]   # for everybody
# Not too often.
adviser = [
  -14,  # two weeks
  0,
]
then_every = 7
service_manager = [14]

# Health wants it early.
[services.health]
service_manager = [7]
norm_weeks = 5

# The clinic.
[services."health/paediatrics"]
adviser = [-21, 0]

# The end of the year.
[[school_holidays]]
from = "12-20"
to = "01-03"
"""
NAMES = ("health", "health/paediatrics", 'other/"odd"', "other/a.b", "other/d\\e", "social_care/é x", "education/#1")
TEXTS = {
    "the default": default_text(),
    "our own": OWN,
    "nothing": "",
    "without an end of line": "[norms]\nlocal_draft_plan = 12",
    "inline": 'services = {health = {norm_weeks = 5}, "other/x" = {adviser = [1]}}\n',
    "dotted": "services.health.norm_weeks = 5\nadvice.then_every = 3\n",
    "quoted": "['services'.\"health\"]\nnorm_weeks = 5\n",
    "windows": OWN.replace("\n", "\r\n"),
    "one below another": "[services]\n[services.health]\n# [services.other]\nnorm_weeks = 5\n",
    "a list in a list": "[advice]\nadviser = [\n1,\n2\n]\n[hours]\nwake = 06:30:00\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("service", [EVERYBODY, *NAMES])
def test_the_table_holds_what_was_meant_and_everything_else_stays(text: str, service: str) -> None:
    chance = random.Random(f"{service} {text}")
    for _ in range(5):
        values = some_values(chance, everybody=not service)
        meant = replaced(tomllib.loads(text), service, values)
        result = edited(text, service, values)
        assert tomllib.loads(result.toml) == meant
        assert result.policy == load_policy(written(meant))
        assert own_values(result.toml, service) == values
        text = result.toml


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_table_that_goes_leaves_the_policy_as_if_it_had_never_been(text: str) -> None:
    for name in NAMES:
        with_it = edited(text, name, {"norm_weeks": 4}).toml
        assert load_policy(edited(with_it, name, {}).toml) == load_policy(
            written(replaced(tomllib.loads(text), name, {}))
        )


def test_comments_stay_where_they_stand() -> None:
    text = edited(OWN, "health", {"norm_weeks": 4, "adviser": [-7]}).toml
    assert text == OWN.replace("service_manager = [7]\nnorm_weeks = 5", "norm_weeks = 4\nadviser = [-7]")
    assert "[advice]   # for everybody\n# Not too often.\nadviser = [0]\n" in edited(OWN, "", {"adviser": [0]}).toml
    gone = edited(OWN, "health/paediatrics", {}).toml
    assert "paediatrics" not in gone
    assert "# The end of the year.\n[[school_holidays]]" in gone
    shipped = edited(default_text(), "health", {"norm_weeks": 5}).toml
    assert shipped == default_text() + "\n[services.health]\nnorm_weeks = 5\n"


def test_the_same_again_changes_nothing() -> None:
    for service in ("health", "health/paediatrics"):
        assert load_policy(edited(OWN, service, own_values(OWN, service)).toml) == load_policy(OWN)


@pytest.mark.parametrize(
    ("service", "values", "said"),
    [
        ("health", {"norm_weeks": 9}, "norm_weeks"),
        ("helth", {"norm_weeks": 5}, "neither a category"),
        ("", {"adviser": [3, 1]}, "ascending"),
        ("health", {"adviser": [900]}, "adviser"),
    ],
)
def test_what_cannot_be_followed_is_refused(service: str, values: dict[str, Any], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        edited(OWN, service, values)


def test_a_table_of_any_depth_is_written() -> None:
    data: dict[str, Any] = {"a": 1, "b": {"c": 'x\x7f"\n', "d": {}, "e": [{"f": True}, {"f": 1.5}]}, "g": [1, ["h"]]}
    assert tomllib.loads(written(data)) == data
    assert tomllib.loads(with_table("", ("b", "d e"), {"x": [{"y": 1}, 2]})) == {"b": {"d e": {"x": [{"y": 1}, 2]}}}


def some_values(chance: random.Random, *, everybody: bool) -> dict[str, Any]:
    """Values that a table can hold; the same for the same chance."""
    found: dict[str, Any] = {
        "adviser": sorted(chance.sample(range(-30, 30), chance.randint(0, 6))),
        "then_every": chance.randint(0, 30),
        "service_manager": sorted(chance.sample(range(0, 30), chance.randint(0, 3))),
        "oldest_report": chance.randint(0, 365),
        "norm_weeks": chance.randint(0, 6),
    }
    if everybody:
        del found["norm_weeks"]
    names = chance.sample(sorted(found), chance.randint(1, len(found)))
    return {name: found[name] for name in names}


def replaced(data: dict[str, Any], service: str, values: dict[str, Any]) -> dict[str, Any]:
    """What is meant, done to the data and not to the text."""
    if not service:
        return {**data, "advice": values}
    services = {name: table for name, table in data.get("services", {}).items() if name != service}
    services |= {service: values} if values else {}
    rest = {name: value for name, value in data.items() if name != "services"}
    return {**rest, "services": services} if services else rest
