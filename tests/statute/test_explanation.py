"""Every limit explains itself in every state it can be in."""

import re

import pytest

from statute.explanation import cited
from statute.limits_of_assessments import LIMITS, LOCAL_DRAFT_PLAN
from statute.timeline import Deadline, State
from statute.words import day_words
from tests.statute.saying import at

REQUEST = "request_received=2024-09-02"
ASSESS = "decision_to_assess=2024-10-11"
REFUSED = "decision_not_to_assess=2024-10-14"
HEALTH, SCHOOL = "advice_requested:health=2024-10-17", "advice_requested:education=2024-10-17"
DRAFT = "draft_plan_sent=2024-12-18"
ASKED = "consulted:123456=2024-12-18"
PERSONAL = "relief=2024-12-01;ground=personal;from=2024-09-10;to=2024-09-20;target=2025-02-14"
OLD, CORONAVIRUS = "request_received=2020-03-20", "relief=2020-06-01;ground=coronavirus"
ORDER = "refusal_changed=2024-12-01;why=tribunal_order"


def exceptional(limit: str) -> str:
    return f"relief=2024-11-25;ground=exceptional;limit={limit};from=2024-11-01;to=2024-11-10"


def of_advice(limit: str, asked: str, subject: str) -> list[tuple[str, str, str, str, tuple[str, ...], str]]:
    said = (REQUEST, ASSESS, asked)
    received, late = f"advice_received:{subject}=2024-11-20", f"advice_received:{subject}=2024-12-02"
    return [
        (limit, "", "not_started", "2024-11-01", (REQUEST,), "has not happened yet, so no day is running"),
        (limit, subject, "running", "2024-11-01", said, "27 days are left."),
        (limit, subject, "due_soon", "2024-11-27", said, "1 day is left."),
        (limit, subject, "due_today", "2024-11-28", said, "not late before midnight"),
        (limit, subject, "overdue", "2024-12-01", said, "3 days late; it is owed as soon as practicable"),
        (limit, subject, "met", "2024-12-09", (*said, received), "was received on Wednesday 20 November 2024, in time"),
        (limit, subject, "met_late", "2024-12-09", (*said, late), "Monday 2 December 2024: 4 days late"),
        (limit, subject, "met_under_relief", "2024-12-09", (*said, late, exceptional(limit)), "was not late in law"),
        (limit, subject, "lifted", "2024-12-09", (*said, exceptional(limit)), "so the limit is lifted"),
        (limit, subject, "ended_overdue", "2025-01-09", (*said, "died=2024-12-02"), "4 days late: the child or young"),
        (limit, subject, "not_applicable", "2025-01-09", (*said, "died=2024-11-20"), "before this day had passed"),
        (limit, "", "not_applicable", "2025-01-09", (REQUEST, "died=2024-11-20"), "before this clock had started"),
        (
            limit,
            subject,
            "not_applicable",
            "2025-01-09",
            (*said, f"advice_cancelled:{subject}=2024-11-20"),
            "the request for advice was cancelled on Wednesday 20 November 2024",
        ),
    ]


CASES: list[tuple[str, str, str, str, tuple[str, ...], str]] = [
    ("reg4_refuse_assessment", "", "not_started", "2024-09-01", (), "has not happened yet"),
    ("reg4_refuse_assessment", "", "conditional", "2024-10-01", (REQUEST,), "only if the authority decides not to"),
    ("reg4_refuse_assessment", "", "met", "2024-11-01", (REQUEST, REFUSED), "in time, on the last day"),
    (
        "reg4_refuse_assessment",
        "",
        "met_late",
        "2024-11-01",
        (REQUEST, "decision_not_to_assess=2024-10-15"),
        "1 day late",
    ),
    (
        "reg4_refuse_assessment",
        "",
        "met_under_relief",
        "2020-07-01",
        (OLD, "decision_not_to_assess=2020-05-06", CORONAVIRUS),
        "coronavirus made it impractical (regulation 4(3), as in force in 2020)",
    ),
    (
        "reg4_refuse_assessment",
        "",
        "not_applicable",
        "2024-11-01",
        (REQUEST, ASSESS),
        "The authority decided to assess",
    ),
    (
        "reg4_refuse_assessment",
        "",
        "not_applicable",
        "2024-11-01",
        (REQUEST, f"{REFUSED};under=s36(9)"),
        "under section 36(9) alone",
    ),
    ("reg5_decide", "", "not_started", "2024-09-01", (), "has not happened yet"),
    ("reg5_decide", "", "running", "2024-09-10", (REQUEST,), "34 days are left."),
    ("reg5_decide", "", "due_soon", "2024-10-12", (REQUEST,), "2 days are left."),
    ("reg5_decide", "", "due_today", "2024-10-14", (REQUEST,), "That is today"),
    ("reg5_decide", "", "overdue", "2024-10-15", (REQUEST,), "1 day late"),
    ("reg5_decide", "", "met", "2024-11-01", (REQUEST, ASSESS), "sent on Friday 11 October 2024, in time"),
    ("reg5_decide", "", "met_late", "2024-11-01", (REQUEST, "decision_to_assess=2024-10-16"), "2 days late"),
    (
        "reg5_decide",
        "",
        "met_under_relief",
        "2024-12-01",
        (REQUEST, "decision_to_assess=2024-10-16", PERSONAL),
        "(regulation 5(4)(c)), so it was not late in law",
    ),
    ("reg5_decide", "", "lifted", "2024-12-01", (REQUEST, PERSONAL), "The authority has set itself Friday 14 February"),
    ("reg5_decide", "", "ended_overdue", "2024-12-01", (REQUEST, "withdrawn=2024-10-15"), "was withdrawn on Tuesday"),
    ("reg5_decide", "", "not_applicable", "2024-12-01", (REQUEST, "withdrawn=2024-10-01"), "no longer applies"),
    (
        "reg5_decide",
        "",
        "not_applicable",
        "2025-01-01",
        (REQUEST, PERSONAL, "withdrawn=2024-12-05"),
        "while a relief had lifted the limit",
    ),
    ("reg5_decide", "", "not_applicable", "2024-12-01", (REQUEST, "opened_in_error=2024-10-01"), "Nothing is owed"),
    *of_advice("reg8_advice", HEALTH, "health"),
    *of_advice("code_advice", SCHOOL, "education"),
    ("reg10_refuse_plan", "", "not_started", "2024-09-01", (), "has not happened yet"),
    ("reg10_refuse_plan", "", "conditional", "2024-12-01", (REQUEST, ASSESS), "decides not to issue a plan"),
    ("reg10_refuse_plan", "", "met", "2025-01-01", (REQUEST, "decision_not_to_issue=2024-12-02"), "in time"),
    ("reg10_refuse_plan", "", "met_late", "2025-01-01", (REQUEST, "decision_not_to_issue=2024-12-24"), "1 day late"),
    (
        "reg10_refuse_plan",
        "",
        "met_under_relief",
        "2025-01-01",
        (REQUEST, "decision_not_to_issue=2024-12-24", PERSONAL),
        "(regulation 10(4)(c))",
    ),
    (
        "reg10_refuse_plan",
        "",
        "replaced",
        "2025-01-01",
        (REQUEST, REFUSED, ORDER),
        "an order of the tribunal put other",
    ),
    (
        "reg10_refuse_plan",
        "",
        "not_applicable",
        "2025-01-01",
        (REQUEST, "decision_to_issue=2024-12-02"),
        "The authority decided to issue a plan",
    ),
    (
        "reg10_refuse_plan",
        "",
        "not_applicable",
        "2025-03-01",
        (REQUEST, "final_plan_sent=2025-01-02"),
        "A plan was issued",
    ),
    ("reg10_refuse_plan", "", "not_applicable", "2025-01-01", (REQUEST, REFUSED), "decision not to assess was sent"),
    ("reg13_representations", "", "not_started", "2024-09-01", (REQUEST,), "has not happened yet"),
    (
        "reg13_representations",
        "",
        "window_open",
        "2025-01-01",
        (REQUEST, DRAFT),
        "may be sent from Thursday 2 January 2025, not before",
    ),
    ("reg13_representations", "", "window_closed", "2025-01-02", (REQUEST, DRAFT), "That time is over"),
    (
        "reg13_representations",
        "",
        "window_closed",
        "2025-02-02",
        (REQUEST, DRAFT, "final_plan_sent=2024-12-30"),
        "inside the family's time to answer",
    ),
    (
        "reg13_representations",
        "",
        "window_open",
        "2024-12-20",
        (REQUEST, f"{DRAFT};reps_until=2025-01-10"),
        "the notice gives until Friday 10 January 2025",
    ),
    ("reg13_representations", "", "not_applicable", "2025-01-01", (REQUEST, "died=2024-12-01"), "no longer applies"),
    ("reg13_final_plan", "", "not_started", "2024-09-01", (), "has not happened yet"),
    ("reg13_final_plan", "", "running", "2024-12-01", (REQUEST,), "50 days are left."),
    ("reg13_final_plan", "", "due_soon", "2025-01-10", (REQUEST,), "10 days are left."),
    ("reg13_final_plan", "", "due_today", "2025-01-20", (REQUEST,), "That is today"),
    ("reg13_final_plan", "", "overdue", "2025-01-27", (REQUEST,), "7 days late"),
    ("reg13_final_plan", "", "met", "2025-02-01", (REQUEST, "final_plan_sent=2025-01-20"), "on the last day"),
    ("reg13_final_plan", "", "met_late", "2025-02-01", (REQUEST, "final_plan_sent=2025-01-27"), "7 days late"),
    (
        "reg13_final_plan",
        "",
        "met_under_relief",
        "2025-02-01",
        (REQUEST, "final_plan_sent=2025-01-27", PERSONAL),
        "(regulation 13(3) with regulation 10(4)(c))",
    ),
    ("reg13_final_plan", "", "lifted", "2025-02-01", (REQUEST, PERSONAL), "No new day takes its place"),
    ("reg13_final_plan", "", "replaced", "2025-02-01", (REQUEST, REFUSED, ORDER), "On Sunday 1 December 2024 an order"),
    ("reg13_final_plan", "", "ended_overdue", "2025-03-01", (REQUEST, "died=2025-01-27"), "7 days late"),
    ("reg13_final_plan", "", "not_applicable", "2025-03-01", (REQUEST, REFUSED), "no longer applies"),
    ("code_consultation", "", "not_started", "2024-09-01", (REQUEST,), "has not happened yet"),
    ("code_consultation", "123456", "running", "2024-12-18", (REQUEST, ASKED), "15 days are left."),
    ("code_consultation", "123456", "due_soon", "2024-12-25", (REQUEST, ASKED), "8 days are left."),
    ("code_consultation", "123456", "due_today", "2025-01-02", (REQUEST, ASKED), "That is today"),
    ("code_consultation", "123456", "overdue", "2025-01-05", (REQUEST, ASKED), "3 days late"),
    (
        "code_consultation",
        "123456",
        "met",
        "2025-01-05",
        (REQUEST, ASKED, "consultation_reply:123456=2025-01-02"),
        "The provider replied on Thursday 2 January 2025, in time",
    ),
    (
        "code_consultation",
        "123456",
        "met_late",
        "2025-01-05",
        (REQUEST, ASKED, "consultation_reply:123456=2025-01-05"),
        "3 days late",
    ),
    ("code_consultation", "123456", "ended_overdue", "2025-02-05", (REQUEST, ASKED, "died=2025-01-05"), "3 days late"),
    ("code_consultation", "123456", "not_applicable", "2025-02-05", (REQUEST, ASKED, "died=2025-01-01"), "applies"),
    ("local_draft_plan", "", "not_started", "2024-09-01", (), "No law gives a day"),
    ("local_draft_plan", "", "running", "2024-12-11", (REQUEST,), "That norm passed 2 days ago."),
    ("local_draft_plan", "", "met", "2025-01-01", (REQUEST, DRAFT), "That norm was missed by 9 days."),
    ("local_draft_plan", "", "not_applicable", "2025-01-01", (REQUEST, "died=2024-12-01"), "no longer applies"),
]

BINDING = {State.NOT_STARTED, State.MET, State.MET_LATE, State.NOT_APPLICABLE}
WAITING = {State.RUNNING, State.DUE_SOON, State.DUE_TODAY, State.OVERDUE, State.ENDED_OVERDUE}
RELIEVED = {State.LIFTED, State.MET_UNDER_RELIEF}
STATES = {
    "reg4_refuse_assessment": BINDING | {State.CONDITIONAL, State.MET_UNDER_RELIEF},
    "reg5_decide": BINDING | WAITING | RELIEVED,
    "reg8_advice": BINDING | WAITING | RELIEVED,
    "code_advice": BINDING | WAITING | RELIEVED,
    "reg10_refuse_plan": BINDING | {State.CONDITIONAL, State.MET_UNDER_RELIEF, State.REPLACED},
    "reg13_representations": {State.NOT_STARTED, State.WINDOW_OPEN, State.WINDOW_CLOSED, State.NOT_APPLICABLE},
    "reg13_final_plan": BINDING | WAITING | RELIEVED | {State.REPLACED},
    "code_consultation": BINDING | WAITING,
    "local_draft_plan": {State.NOT_STARTED, State.RUNNING, State.MET, State.NOT_APPLICABLE},
}


def test_the_table_holds_every_state_of_every_limit() -> None:
    assert {(limit, state) for limit, _, state, *_ in CASES} == {
        (limit, state.value) for limit, states in STATES.items() for state in states
    }
    assert {state for states in STATES.values() for state in states} == set(State)
    assert set(STATES) == {*LIMITS, LOCAL_DRAFT_PLAN.id}


@pytest.mark.parametrize(("limit", "subject", "state", "as_of", "said", "words"), CASES)
def test_a_limit_explains_itself(
    limit: str, subject: str, state: str, as_of: str, said: tuple[str, ...], words: str
) -> None:
    row = at(as_of, *said, norms={"local_draft_plan": 14}).get(limit, subject)
    assert row is not None and row.state == state
    told = row.explain()
    assert words in told
    assert_says_where_the_day_comes_from(row, told)


def assert_says_where_the_day_comes_from(row: Deadline, told: str) -> None:
    limit = LIMITS.get(row.limit)
    if limit is not None:
        assert cited(limit.citation) in told
        assert limit.rule.words in told.lower()
    if row.start and limit is not None:
        assert day_words(row.start) in told
    if row.legal_due:
        assert day_words(row.legal_due) in told
    assert told.endswith(".")
    assert not re.search(r"_|None|  |\.\.|SI 2014/1530 reg", told), told


def test_a_weekend_is_explained_with_the_last_working_day() -> None:
    row = at("2025-03-02", "request_received=2025-03-02").get("reg5_decide")
    assert row is not None
    assert (
        "falls at the weekend and nothing moves it later, so the last working day is Friday 11 April" in row.explain()
    )


def test_a_bank_holiday_is_explained_with_the_last_working_day() -> None:
    row = at("2024-09-02", "request_received=2024-08-07").get("reg13_final_plan")
    assert row is not None
    assert "the last day is Wednesday 25 December 2024. That day falls on a bank holiday" in row.explain()
    assert "the last working day is Tuesday 24 December 2024" in row.explain()


def test_what_was_said_of_a_request_is_told_with_it() -> None:
    said = (
        "advice_part:health=2024-11-01",
        "advice_expected:health=2024-11-02;day=2024-12-20",
        "advice_reassigned:health=2024-11-03",
        "advice_received:health=2024-11-04",
        "advice_insufficient:health=2024-11-05",
        "proceeding_without:health=2024-11-06",
    )
    row = at("2024-12-05", REQUEST, ASSESS, HEALTH, *said).get("reg8_advice", "health")
    assert row is not None
    told = row.explain()
    for words in (
        "Part of the advice came on Friday 1 November 2024",
        "On Saturday 2 November 2024 it was said when it is expected",
        "passed on within the body",
        "found insufficient, so it is still owed from the first day",
        "went on without it; it still counts as owed",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("as_of", "asked", "served"),
    [
        ("2024-12-02", "receives the request on Tuesday 3", "The draft plan is served on Wednesday 4"),
        ("2024-12-04", "received the request on Tuesday 3", "The draft plan was served on Wednesday 4"),
    ],
)
def test_what_is_still_on_its_way_is_not_said_to_have_arrived(as_of: str, asked: str, served: str) -> None:
    said = ("advice_requested:health=2024-12-02;received_by_body=2024-12-03", "draft_plan_sent=2024-12-02;method=post")
    found = at(as_of, REQUEST, ASSESS, *said)
    advice, window = found.get("reg8_advice", "health"), found.get("reg13_representations")
    assert advice is not None and asked in advice.explain()
    assert window is not None and served in window.explain()


def test_two_triggers_are_both_told() -> None:
    row = at("2024-09-20", REQUEST, "became_responsible=2024-09-10").get("reg5_decide")
    assert row is not None
    assert "(The authority became responsible on Tuesday 10 September 2024; the earlier day counts.)" in row.explain()


def test_an_explanation_is_written_only_when_asked_for() -> None:
    row = Deadline("x", "", "", None, None, None, None, None, None, State.RUNNING, None, _explain=lambda _: "asked")
    assert row.explain() == "asked"
    assert "asked" not in repr(row)
    assert Deadline("x", "", "", None, None, None, None, None, None, State.RUNNING, None).explain() == ""
