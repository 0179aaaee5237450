"""The plain data of a timeline, as `--json` prints it, and the processes that can be asked for."""

import json

import pytest

from statute.errors import ProcessError
from statute.limits_of_assessments import LIMITS
from statute.processes import timeline_of
from statute.report import as_json
from tests.statute.saying import at, day, facts

SAID = ("request_received=2024-09-02", "advice_requested:health=2024-10-17")


def test_a_timeline_becomes_plain_data_with_iso_days() -> None:
    found = as_json(at("2024-12-01", *SAID, norms={"reg8_advice": 5}))
    assert list(found) == ["process", "as_of", "deadlines"]
    assert (found["process"], found["as_of"]) == ("assessment", "2024-12-01")
    assert [row["limit"] for row in found["deadlines"]] == list(LIMITS)
    advice = found["deadlines"][2]
    told = advice.pop("explanation")
    assert told.startswith("Health was asked for advice and received the request on Thursday 17 October 2024.")
    assert advice == {
        "limit": "reg8_advice",
        "subject": "health",
        "citation": "SI 2014/1530 reg 8(1)",
        "start": "2024-10-17",
        "legal_due": "2024-11-28",
        "operational_due": "2024-11-28",
        "norm_due": "2024-11-21",
        "practice_due": None,
        "met_on": None,
        "state": "overdue",
        "days": 3,
    }
    assert json.loads(json.dumps(found)) == found


def test_a_limit_that_has_not_started_has_no_days() -> None:
    row = as_json(at("2024-12-01", *SAID))["deadlines"][5]
    assert [row[name] for name in ("start", "legal_due", "operational_due", "norm_due", "met_on", "days")] == [None] * 6


def test_a_process_is_asked_for_by_name() -> None:
    said, today = facts(*SAID), day("2024-12-01")
    assert timeline_of("assessment", said, today) == at("2024-12-01", *SAID)


def test_an_unknown_process_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProcessError, match=r"Did you mean assessment\? Known: assessment"):
        timeline_of("assesment", [], day("2024-12-01"))


def test_every_limit_says_its_duty_and_where_it_can_be_read() -> None:
    for limit in LIMITS.values():
        assert limit.link.startswith("https://")
        assert limit.law == limit.citation.startswith("SI 2014/1530 reg")
        assert limit.in_force_from == day("2014-09-01")
        assert all((limit.duty, limit.owed_by, limit.owed_to, limit.starts_with))
