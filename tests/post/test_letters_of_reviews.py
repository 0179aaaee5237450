"""What is written about annual reviews, and to whom in which words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from post.items import OF_A_REVIEW, Item, Kind
from post.letters import Letter, compose
from tests.post.examples import DAY, HOUSE, TO, item, of_a_review, own_limit, term_list

SEND = "of the Special Educational Needs and Disability Regulations 2014"
SETTING = "Setting 117222"


def letter_of(*items: Item, day: date = DAY) -> Letter:
    return compose(TO, items, HOUSE, "key", day)


def text_of(*items: Item, day: date = DAY) -> str:
    return letter_of(*items, day=day).text


def subject_of(*items: Item, day: date = DAY) -> str:
    return letter_of(*items, day=day).subject


def test_a_setting_is_asked_for_the_report_with_everything_it_has_to_know() -> None:
    assert text_of(of_a_review(Kind.REPORT, team="East")) == (
        f"""Review report due Thursday 26 November 2026: K7F-3QX9

Please send us the report of the annual review meeting held on Thursday 12 November 2026 for K7F-3QX9 by Thursday \
26 November 2026. That is in 6 days. Without it the council cannot decide in time.

Reference: K7F-3QX9
Meeting: Thursday 12 November 2026
Due: Thursday 26 November 2026
Why that day: Two weeks from Thursday 12 November 2026, the day of the meeting: regulation 20(9) {SEND}, which \
has no exceptions.
How to answer: Send it by your usual secure route to the East team at ehc@council.example, quoting K7F-3QX9. If you \
have sent it already, thank you: reply with the day you sent it. If the meeting was held on another day, or not at \
all, reply and say so.

The report says what you recommend about the plan and where others at the meeting saw it differently, and goes to \
everybody who had to be invited.

Please do not reply with a child's papers, name or other details. Quote the reference alone.

Questions: The East team: 01482 300 300 or ehc@council.example

Thank you
Kingston upon Hull City Council

This email was sent automatically. Replies go to ehc@council.example, where somebody reads them.
"""
    )


# By kind, the day it is read on and what else: the subject line, and what the letter says.
SAID: list[tuple[Kind, dict[str, Any], str, tuple[str, ...]]] = [
    (
        Kind.ARRANGE,
        {},
        "Review meeting wanted by Saturday 21 November 2026: K7F-3QX9",
        (
            "Please arrange the annual review meeting for K7F-3QX9 so that it is held by Saturday 21 November 2026.",
            "The annual review is due by Saturday 19 December 2026.",
            "The last working day before it is Friday 20 November 2026",
            "starting with Saturday 20 December 2025, the day the plan was made or last reviewed (section 44(1)",
            "Everybody who must be invited needs at least two weeks' notice",
        ),
    ),
    (
        Kind.ARRANGE,
        {"due": date(2026, 11, 1)},
        "Review meeting not arranged yet: K7F-3QX9",
        ("It was wanted by Sunday 1 November 2026: the annual review is due by Saturday 19 December 2026.",),
    ),
    (
        Kind.INVITE,
        {},
        "Annual review meeting on Tuesday 8 December 2026: K7F-3QX9",
        (
            "Somebody from your service must be invited",
            "Please send it by Monday 23 November 2026.",
            f"At least two weeks before Tuesday 8 December 2026, the day of the meeting, counting neither day: regulation "
            f"20(4) {SEND}.",
            "by your service's usual secure route to whoever arranges the meeting",
        ),
    ),
    (
        Kind.INVITE,
        {"limit": "reg21_papers", "due": date(2026, 11, 19)},
        "Annual review meeting on Tuesday 8 December 2026: K7F-3QX9",
        (
            "Please send it at once: the day for it was Thursday 19 November 2026.",
            "regulation 21(4)",
            "quoting K7F-3QX9: we arrange this meeting",
        ),
    ),
    (
        Kind.REVIEW_PAPERS,
        {},
        "Review papers due Monday 23 November 2026: K7F-3QX9",
        ("meeting for K7F-3QX9 on Tuesday 8 December 2026 to everybody who is invited, by Monday 23 November 2026.",),
    ),
    (
        Kind.REVIEW_PAPERS,
        {"due": date(2026, 11, 19)},
        "Review papers 1 day late: K7F-3QX9",
        ("had to be out by Thursday 19 November 2026, and we have not heard that they are.",),
    ),
    (
        Kind.MEETING,
        {},
        "Was the review meeting held? K7F-3QX9",
        ("was planned for Thursday 12 November 2026. Was it held?", "or the new day if it was put off"),
    ),
    (
        Kind.REPORT,
        {"start": date(2026, 10, 29), "due": date(2026, 11, 12)},
        "Review report 8 days late: K7F-3QX9",
        ("is 8 days late: without it the council cannot decide in time.",),
    ),
    (
        Kind.NOTICE,
        {},
        "Amendment notice not sent: K7F-3QX9",
        (
            "It was decided on Thursday 19 November 2026 to amend the plan",
            "does not meet its legal day, Thursday 10 December 2026.",
            "R (L, M and P) v Devon County Council",
        ),
    ),
    (
        Kind.FINALISE,
        {},
        "The family's 15 days are over: K7F-3QX9",
        ("ended on Thursday 19 November 2026.", "or the decision not to amend, is due by Thursday 31 December 2026."),
    ),
    (
        Kind.HOLD_OVER,
        {},
        "The plan may cease now: K7F-3QX9",
        (
            "It had to be kept up to Thursday 19 November 2026",
            "section 45(4)",
            "the tribunal has told you of no appeal",
            "If a mediation certificate was issued in the last month, wait",
        ),
    ),
    (
        Kind.NOTICE,
        {"legal_due": None, "start": None},
        "Amendment notice not sent: K7F-3QX9",
        ("the decision does not meet its four weeks from the meeting.", "What to do next"),
    ),
]


@pytest.mark.parametrize(("kind", "changes", "subject", "sentences"), SAID)
def test_what_each_kind_says(kind: Kind, changes: dict[str, Any], subject: str, sentences: tuple[str, ...]) -> None:
    letter = letter_of(of_a_review(kind, **changes))
    assert letter.subject == subject
    missing = [sentence for sentence in sentences if sentence not in letter.text]
    assert not missing, letter.text


def test_every_kind_of_a_review_is_in_the_table_or_is_a_term_list() -> None:
    assert {kind for kind, *_ in SAID} | {Kind.TERM_LIST, Kind.TERM_LISTS} == OF_A_REVIEW


@pytest.mark.parametrize(
    ("kind", "to_ask", "ours"),
    [
        (Kind.ARRANGE, "We have not heard from Setting 117222 on which day", "meeting for K7F-3QX9 is ours to arrange"),
        (Kind.REVIEW_PAPERS, "We have not heard from Setting 117222 that the papers", "are ours to send"),
        (Kind.MEETING, "and Setting 117222 has not told us whether it was held", "and it is not recorded as held"),
    ],
)
def test_the_officer_reads_what_the_setting_owes_or_what_the_authority_itself_has_to_do(
    kind: Kind, to_ask: str, ours: str
) -> None:
    asking = of_a_review(kind, own=True, service=SETTING)
    assert to_ask in text_of(asking)
    assert "from the setting" in text_of(replace(asking, service="")) or kind is Kind.MEETING
    assert ours in text_of(of_a_review(kind, own=True, category=""))
    for told in (asking, of_a_review(kind, own=True, category="")):
        assert "What to do next: " in text_of(told)
        assert "How to answer" not in text_of(told)


def test_where_the_authority_arranged_the_review_its_officer_writes_the_report() -> None:
    report = of_a_review(Kind.REPORT, own=True, category="", limit="reg21_report")
    assert "so its report is ours to write" in text_of(report)
    assert f"regulation 21(7) and (8) {SEND}" in text_of(report)


def test_a_head_is_asked_for_help_with_a_late_report_and_with_a_meeting_that_nobody_arranged() -> None:
    late = item(Kind.ESCALATE, category="education", service=SETTING, limit="reg20_report", due=date(2026, 11, 12))
    assert subject_of(late) == "Your help, please: review report 8 days late, K7F-3QX9"
    assert "Without it the council cannot decide in time. Can you find out where it is" in text_of(late)
    meeting = replace(of_a_review(Kind.ARRANGE), kind=Kind.ESCALATE, due=date(2026, 11, 6), service=SETTING)
    assert subject_of(meeting) == "Your help, please: review meeting, K7F-3QX9"
    assert "Can you see that it is arranged, and tell us the day?" in text_of(meeting)
    assert "It is complete when the family is told the decision" in text_of(meeting)


@pytest.mark.parametrize(
    ("limit", "category", "law"),
    [
        ("s44_review", "", "within the 12 months starting with Friday 23 October 2026"),
        ("reg27_review", "", "regulation 27(4)"),
        ("reg15_review", "", "regulation 15(5)"),
        ("reg15_inform", "", "regulation 15(4)"),
        ("reg18_phase_transfer", "school", "before 15 February in the calendar year of the move"),
        ("reg18_phase_transfer", "post16", "before 31 March in the calendar year of the move"),
        ("reg18_phase_transfer", "post16_move", "at least five months before the move"),
        ("reg20_decision", "", "four weeks from Friday 23 October 2026, the day of the meeting"),
        ("reg21_decision", "", "regulation 21(9)"),
        ("reg22_final", "", "eight weeks from Friday 23 October 2026, the day the amendment notice was sent"),
        ("reg28_final", "", "regulations 28 and 22(3) and (4)"),
        ("devon_final", "", "twelve weeks from Friday 23 October 2026, the day of the meeting"),
    ],
)
def test_the_authoritys_own_limits_say_why_that_day_what_is_expected_and_that_there_is_no_exception(
    limit: str, category: str, law: str
) -> None:
    warning = text_of(own_limit(Kind.WARN, limit, category=category))
    assert law.lower() in warning.lower()
    assert "What the law expects: " in warning
    assert "What to do next: " in warning
    breach = text_of(own_limit(Kind.BREACH, limit, category=category, due=date(2026, 11, 19)))
    assert "It is 1 day late." in breach
    assert "The law makes no exceptions for annual reviews" in breach
    assert "apply, record it with its reason" not in breach


@pytest.mark.parametrize("kind", [Kind.WARN, Kind.ARRANGE])
def test_a_move_to_a_new_school_is_planned_backwards_from_its_legal_day(kind: Kind) -> None:
    own: dict[str, Any] = {"category": "school", "due": date(2027, 2, 14), "legal_due": None}
    asked: dict[str, Any] = {"category": "education", "due": date(2026, 11, 22), "legal_due": date(2027, 2, 14)}
    days = own if kind is Kind.WARN else asked
    text = text_of(item(kind, limit="reg18_phase_transfer", start=date(2027, 9, 1), **days))
    assert (
        "Planned backwards: meeting by Sun 22 Nov 2026; report by Sun 6 Dec 2026; decision and amendment notice by Sun "
        "20 Dec 2026; final plan by Sun 14 Feb 2027" in text
    )


@pytest.mark.parametrize(
    ("limit", "subject", "sentence"),
    [
        (
            "local_report_decision",
            "Review decision past its local day: K7F-3QX9",
            "That day is agreed locally: the law's own day is later.",
        ),
        ("local_transfer_decision", "Decision for the move past its planned day: K7F-3QX9", "not the law's own"),
        ("code_early_years", "Early years review past its planned day: K7F-3QX9", "not the law's own"),
    ],
)
def test_a_day_that_is_not_the_laws_is_never_called_a_breach(limit: str, subject: str, sentence: str) -> None:
    past = own_limit(Kind.WARN, limit, due=date(2026, 11, 19))
    assert subject_of(past) == subject
    assert sentence in text_of(past)
    assert "exceptions" not in text_of(past)


def test_twelve_months_from_the_last_meeting_stand_beside_the_legal_day_of_the_review() -> None:
    review = own_limit(Kind.WARN, "s44_review", due=date(2026, 12, 19), norm_due=date(2026, 11, 30))
    assert "The day twelve months from the last meeting is Monday 30 November 2026\n" in text_of(review)


def test_nobody_to_write_to_about_a_review_speaks_of_the_review() -> None:
    nobody = item(Kind.NO_ADDRESS, category="education", limit="review", due=None, start=None, service=SETTING)
    assert "about the annual review for K7F-3QX9, so nothing was sent." in text_of(nobody)


# Term lists


def test_a_term_list_is_announced_by_its_number_and_comes_by_another_way() -> None:
    assert subject_of(term_list()) == "Annual reviews next term: 14"
    text = text_of(term_list())
    assert "for the term that begins on Tuesday 5 January 2027 is ready for you: 14 annual reviews." in text
    assert "It holds names, so it comes to you by a secure way and never by email." in text
    assert "At least two weeks before the term, which begins on Tuesday 5 January 2027: paragraph 9.172" in text
    assert "If the list has not reached you by the day shown, reply to this email and say so." in text
    assert "1 annual review." in text_of(term_list(count=1))


def test_the_send_team_reads_how_many_lists_wait_to_be_sent_by_which_day() -> None:
    lists = term_list(Kind.TERM_LISTS, 42)
    assert subject_of(lists) == "Term lists to send by Monday 21 December 2026: 42"
    assert "'ehcp reviews term-list-sent'" in text_of(lists)
    later = replace(lists, start=date(2027, 1, 6), due=date(2026, 12, 22), count=3, what="3 term lists")
    both = text_of(lists, later)
    assert "\n42 term lists: due Mon 21 Dec 2026, in 31 days\n3 term lists: due Tue 22 Dec 2026, in 32 days\n" in both


# Digests


def test_reviews_and_assessments_in_one_letter_are_cases() -> None:
    report, arrange = of_a_review(Kind.REPORT), of_a_review(Kind.ARRANGE, mail_ref="B2C-4DX7")
    late = of_a_review(Kind.REPORT, mail_ref="B2C-4DX8", due=date(2026, 11, 12))
    assert subject_of(report, arrange, late) == "EHC reviews: 1 overdue, 1 due this week, 1 due later"
    assert subject_of(report, arrange, late, item(mail_ref="B2C-4DX9")) == (
        "EHC cases: 1 overdue, 1 due this week, 2 due later"
    )
    assert subject_of(term_list(), late) == "EHC reviews: 1 overdue, 14 due next term"


def test_a_line_of_a_digest_names_the_meeting_and_the_reason_is_said_once() -> None:
    meetings = [date(2026, 10, 1) + timedelta(days=n) for n in range(20)]
    reports = [
        of_a_review(Kind.REPORT, mail_ref=f"D{n:02}-0000", start=held, due=held + timedelta(weeks=2))
        for n, held in enumerate(meetings)
    ]
    text = text_of(*reports)
    assert "\nD00-0000: meeting Thu 1 Oct 2026, due Thu 15 Oct 2026, 36 days late\n" in text
    assert text.count("regulation 20(9)") == text.count("How to answer:") == 1
    assert max(len(line) for line in text.splitlines() if line.startswith("D")) < 80


def test_a_word_about_lists_makes_no_second_team_of_the_letter() -> None:
    text = text_of(of_a_review(Kind.REPORT, team="East"), of_a_review(Kind.ARRANGE, team="East"), term_list())
    assert "Kingston upon Hull City Council, due" not in text


def test_breaches_of_reviews_stand_apart_from_those_that_may_have_an_exception() -> None:
    due = date(2026, 11, 19)
    text = text_of(own_limit(Kind.BREACH, "reg5_decide", due=due), own_limit(Kind.BREACH, "reg20_decision", due=due))
    assert text.index("\nPast the legal day\n") < text.index("\nAnnual reviews past the legal day\n")
