"""Before and after the review meeting: notice, papers, report and decision, and the three children of Devon."""

from datetime import timedelta

import pytest

from tests.statute.saying import day
from tests.statute.saying_reviews import AMEND, CEASE, MADE, MAINTAIN, MET, NOTICE, at, one, state

INVITED = "review_invited=2024-10-01;meeting=2024-11-05"
PAPERS = "review_papers_sent=2024-10-10;meeting=2024-11-05"
REPORT = "review_report_received=2024-11-12"


@pytest.mark.parametrize("limit", ["reg20_notice", "reg20_papers"])
@pytest.mark.parametrize(
    ("meeting", "legal", "practice", "operational"),
    [
        ("2024-11-05", "2024-10-21", "2024-10-22", "2024-10-21"),
        ("2025-01-08", "2024-12-24", "2024-12-25", "2024-12-24"),
        ("2025-01-10", "2024-12-26", "2024-12-27", "2024-12-24"),  # Boxing Day
        ("2024-03-14", "2024-02-28", "2024-02-29", "2024-02-28"),  # the leap day is not the last one
        ("2025-04-07", "2025-03-23", "2025-03-24", "2025-03-21"),  # the clocks change between
    ],
)
def test_two_weeks_notice_are_two_clear_weeks(
    limit: str, meeting: str, legal: str, practice: str, operational: str
) -> None:
    found = one(meeting, limit, MADE, f"review_meeting={meeting}")
    assert (found.start, found.legal_due) == (day(meeting), day(legal))
    assert (found.practice_due, found.operational_due) == (day(practice), day(operational))


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-09-01", (MADE,), "not_started"),
        # the papers name the day, nobody is invited yet
        ("2024-10-01", (MADE, "review_papers_sent=2024-09-20;meeting=2024-11-05"), "running"),
        ("2024-10-10", (MADE, "review_papers_sent=2024-09-20;meeting=2024-11-05"), "due_soon"),
        ("2024-10-21", (MADE, "review_papers_sent=2024-09-20;meeting=2024-11-05"), "due_today"),
        ("2024-10-22", (MADE, "review_papers_sent=2024-09-20;meeting=2024-11-05"), "overdue"),
        ("2024-10-02", (MADE, INVITED), "met"),
        ("2024-10-23", (MADE, "review_invited=2024-10-22;meeting=2024-11-05"), "met_late"),
        ("2024-11-06", (MADE, INVITED, MET), "met"),
        ("2024-11-06", (MADE, "review_invited=2024-10-01", MET), "met"),
        ("2024-11-06", (MADE, MET), "ended_overdue"),
        # notice of another day is no notice of this one, and none comes after the meeting
        ("2024-11-06", (MADE, "review_invited=2024-10-01;meeting=2024-11-04", MET), "ended_overdue"),
        ("2024-11-20", (MADE, MET, "review_invited=2024-11-10;meeting=2024-11-05"), "ended_overdue"),
        # a meeting that was moved: the latest invitation names the day
        ("2024-10-22", (MADE, INVITED, "review_invited=2024-10-20;meeting=2024-12-05"), "met"),
        ("2024-10-25", (MADE, INVITED, "died=2024-10-25"), "met"),
    ],
)
def test_the_notice_in_every_state(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg20_notice", *said) == expected


@pytest.mark.parametrize(
    ("as_of", "said", "expected"),
    [
        ("2024-09-01", (MADE,), "not_started"),
        ("2024-10-02", (MADE, INVITED), "running"),
        ("2024-10-08", (MADE, INVITED), "due_soon"),
        ("2024-10-21", (MADE, INVITED), "due_today"),
        ("2024-10-22", (MADE, INVITED), "overdue"),
        ("2024-10-22", (MADE, INVITED, PAPERS), "met"),
        ("2024-10-30", (MADE, INVITED, "review_papers_sent=2024-10-22"), "met_late"),
        ("2024-11-06", (MADE, INVITED, MET), "ended_overdue"),
        # papers for a meeting that was moved to a later day were there in time all the same
        ("2024-12-06", (MADE, INVITED, PAPERS, "review_meeting=2024-12-05"), "met"),
        ("2024-10-20", (MADE, INVITED, "moved_away=2024-10-20"), "not_applicable"),
        ("2024-10-26", (MADE, INVITED, "moved_away=2024-10-25"), "ended_overdue"),
    ],
)
def test_the_papers_in_every_state(as_of: str, said: tuple[str, ...], expected: str) -> None:
    assert state(as_of, "reg20_papers", *said) == expected


@pytest.mark.parametrize(
    ("as_of", "said", "expected", "days"),
    [
        ("2024-11-01", (MADE, INVITED), "not_started", None),
        ("2024-11-05", (MADE, MET), "due_soon", -14),
        ("2024-11-19", (MADE, MET), "due_today", 0),
        ("2024-11-20", (MADE, MET), "overdue", 1),
        ("2024-11-20", (MADE, MET, REPORT), "met", -7),
        ("2024-11-30", (MADE, MET, "review_report_received=2024-11-26"), "met_late", 7),
        # once decided without it, nobody waits for it any more
        ("2025-01-30", (MADE, MET, AMEND), "ended_overdue", 14),
        ("2025-01-30", (MADE, MET, "decision_amend=2024-11-18"), "not_applicable", -1),
        ("2025-01-30", (MADE, MET, "died=2024-11-18"), "not_applicable", -1),
    ],
)
def test_the_report_in_every_state(as_of: str, said: tuple[str, ...], expected: str, days: int | None) -> None:
    found = one(as_of, "reg20_report", *said)
    assert (found.state.value, found.days) == (expected, days)


@pytest.mark.parametrize(
    ("as_of", "said", "expected", "days"),
    [
        ("2024-11-01", (MADE, INVITED), "not_started", None),
        ("2024-11-10", (MADE, MET), "running", -23),
        ("2024-11-19", (MADE, MET), "due_soon", -14),
        ("2024-12-03", (MADE, MET), "due_today", 0),
        ("2024-12-04", (MADE, MET), "overdue", 1),
        ("2024-12-04", (MADE, MET, MAINTAIN), "met", 0),
        ("2024-12-04", (MADE, MET, CEASE), "met", 0),
        ("2024-12-05", (MADE, MET, "decision_maintain=2024-12-04"), "met_late", 1),
        # to amend: only with the notice, and on the later of the two
        ("2024-12-04", (MADE, MET, AMEND), "overdue", 1),
        ("2024-12-04", (MADE, MET, AMEND, NOTICE), "met", 0),
        ("2024-12-11", (MADE, MET, AMEND, "amendment_notice_sent=2024-12-10"), "met_late", 7),
        ("2024-12-11", (MADE, MET, "amendment_notice_sent=2024-12-01", "decision_amend=2024-12-10"), "met_late", 7),
        ("2024-12-20", (MADE, MET, AMEND, NOTICE, "amendment_notice_sent=2024-12-20"), "met", 0),
        # decided and sent before the meeting: done, however odd
        ("2024-12-04", (MADE, MET, "decision_amend=2024-10-10", "amendment_notice_sent=2024-10-12"), "met", -52),
        ("2024-12-04", (MADE, MET, "decision_amend=2024-10-10", "amendment_notice_sent=2024-10-08"), "overdue", 1),
        # a notice from before the meeting belongs to another amendment
        ("2024-12-04", (MADE, "amendment_notice_sent=2024-10-10", MET, AMEND), "overdue", 1),
        # the authority thought better of it before any notice went
        ("2024-12-20", (MADE, MET, AMEND, "decision_maintain=2024-12-09"), "met_late", 6),
        ("2024-12-20", (MADE, MET, "died=2024-12-09"), "ended_overdue", 6),
        ("2024-12-20", (MADE, MET, "died=2024-12-01"), "not_applicable", -2),
        # a second meeting moves nothing: the first counts
        ("2024-12-20", (MADE, MET, "review_meeting=2024-12-01"), "overdue", 17),
    ],
)
def test_the_decision_in_every_state(as_of: str, said: tuple[str, ...], expected: str, days: int | None) -> None:
    found = one(as_of, "reg20_decision", *said)
    assert (found.state.value, found.days) == (expected, days)


@pytest.mark.parametrize(
    ("child", "weeks", "late"),
    [("L", 9, 35), ("M", 14, 70), ("P", 25, 147)],
)
def test_the_children_of_devon_whose_notices_came_in_the_ninth_fourteenth_and_twenty_fifth_week(
    child: str, weeks: int, late: int
) -> None:
    notice = day("2021-01-05") + timedelta(weeks=weeks)
    said = ("plan_made=2020-03-02", "review_meeting=2021-01-05", "decision_amend=2021-02-02")
    before = one("2021-02-20", "reg20_decision", *said)
    assert before.state.value == "overdue", child
    found = one("2022-06-01", "reg20_decision", *said, f"amendment_notice_sent={notice}")
    assert (found.state.value, found.days, found.met_on) == ("met_late", late, notice)
    final = one("2022-06-01", "devon_final", *said, f"amendment_notice_sent={notice}")
    assert (final.legal_due, final.state.value) == (day("2021-03-30"), "overdue")


@pytest.mark.parametrize(
    ("report", "norm"),
    [("2024-11-12", "2024-11-26"), ("2024-11-19", "2024-12-03"), ("2024-11-25", "2024-12-03")],
)
def test_the_local_norm_is_two_weeks_from_the_report_and_never_later_than_the_law(report: str, norm: str) -> None:
    found = one("2024-12-20", "local_report_decision", MADE, MET, f"review_report_received={report}")
    assert (found.legal_due, found.norm_due, found.days) == (None, day(norm), None)
    assert found.state.value == "running"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((MADE, MET), "not_started"),
        ((MADE, MET, REPORT), "running"),
        ((MADE, MET, REPORT, MAINTAIN), "met"),
        ((MADE, MET, REPORT, AMEND), "running"),
        ((MADE, MET, REPORT, AMEND, NOTICE), "met"),
        ((MADE, MET, REPORT, "died=2024-12-01"), "not_applicable"),
        ((MADE, MET, "died=2024-11-10"), "not_applicable"),
    ],
)
def test_the_local_norm_is_never_shown_as_overdue(said: tuple[str, ...], expected: str) -> None:
    assert state("2025-03-01", "local_report_decision", *said) == expected


REG21 = {
    "reg20_notice": "SI 2014/1530 reg 21(3)",
    "reg20_papers": "SI 2014/1530 reg 21(4)",
    "reg20_report": "SI 2014/1530 reg 21(7)-(8)",
    "reg20_decision": "SI 2014/1530 reg 21(9)",
}


@pytest.mark.parametrize(
    "said", ["review_arranged_by:authority=2024-09-01", "review_arranged_by=2024-09-01;by=authority"]
)
@pytest.mark.parametrize("limit", REG21)
def test_a_review_that_the_authority_arranges_is_one_under_regulation_21(limit: str, said: str) -> None:
    found, other = one("2024-11-10", limit, MADE, said, MET), one("2024-11-10", limit, MADE, MET)
    assert found.citation == REG21[limit]
    assert found.citation[:-1] != other.citation[:-1]
    assert (found.legal_due, found.state) == (other.legal_due, other.state)
    assert "the authority must" in found.explain()
    assert "head" not in found.explain()


def test_the_latest_word_on_who_arranges_the_review_counts() -> None:
    said = ("review_arranged_by:authority=2024-09-01", "review_arranged_by:school=2024-10-01")
    assert one("2024-11-10", "reg20_notice", MADE, *said, MET).citation == "SI 2014/1530 reg 20(3)"


def test_a_decision_that_arrived_after_the_last_day_is_met_with_a_warning() -> None:
    found = at("2025-01-10", MADE, MET, "decision_maintain=2024-12-02;arrived_on=2024-12-05")
    row = found.get("reg20_decision")
    assert row is not None and row.state.value == "met"
    assert any("arrived on Thursday 5 December 2024" in warning for warning in found.warnings)
