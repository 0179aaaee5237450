"""What letters say, sentence by sentence."""

from datetime import UTC, date, datetime

import pytest

from post.errors import AddressError, PostError
from post.items import Item, Kind
from post.letters import compose
from tests.post.examples import DAY, HOUSE, TO, item, one_of, own_limit, weekly

REG8 = "regulation 8(1) of the Special Educational Needs and Disability Regulations 2014"


def text_of(*items: Item, day: date = DAY) -> str:
    return compose(TO, items, HOUSE, "key", day).text


def subject_of(*items: Item, day: date = DAY) -> str:
    return compose(TO, items, HOUSE, "key", day).subject


def test_a_chaser_says_everything_an_adviser_has_to_know() -> None:
    assert text_of(item(team="West")) == (
        f"""Advice due Friday 4 December 2026: K7F-3QX9

Please send us health advice for K7F-3QX9 by Friday 4 December 2026. That is in 14 days.

Reference: K7F-3QX9
What: Health advice
Due: Friday 4 December 2026
Why that day: Six weeks from Friday 23 October 2026, the day your service received the papers: {REG8}.
How to answer: Send it by your service's usual secure route to the West team at ehc@council.example, quoting K7F-3QX9. \
If you have sent it already, thank you: reply with the day you sent it. If you cannot send it in time, or have nothing \
to add, reply and say so.

Please do not reply with a child's papers, name or other details. Quote the reference alone.

Questions: The West team: 01482 300 300 or ehc@council.example

Thank you
Kingston upon Hull City Council

This email was sent automatically. Replies go to ehc@council.example, where somebody reads them.
"""
    )


@pytest.mark.parametrize(
    ("day", "subject", "sentence"),
    [
        (date(2026, 11, 20), "Advice due Friday 4 December 2026: K7F-3QX9", "That is in 14 days."),
        (date(2026, 12, 3), "Advice due Friday 4 December 2026: K7F-3QX9", "That is tomorrow."),
        (date(2026, 12, 4), "Advice due Friday 4 December 2026: K7F-3QX9", "That is today."),
        (date(2026, 12, 5), "Advice 1 day late: K7F-3QX9", "is 1 day late."),
        (date(2026, 12, 18), "Advice 14 days late: K7F-3QX9", "is 14 days late."),
    ],
)
def test_a_chaser_counts_from_the_day_it_is_sent_and_due_today_is_not_late(
    day: date, subject: str, sentence: str
) -> None:
    assert subject_of(item(rung=-14), day=day) == subject
    assert sentence in text_of(item(rung=-14), day=day)


def test_a_due_day_at_a_weekend_names_the_working_day_before_it() -> None:
    due = item(due=date(2026, 12, 6), working_due=date(2026, 12, 4))
    assert "Due: Sunday 6 December 2026. The last working day before it is Friday 4 December 2026\n" in text_of(due)


def test_a_tighter_day_agreed_locally_is_shown_beside_the_legal_day_until_it_has_passed() -> None:
    due = item(norm_due=date(2026, 11, 27))
    assert "Due: Friday 4 December 2026. The day agreed locally is Friday 27 November 2026\n" in text_of(due)
    assert "agreed locally" not in text_of(due, day=date(2026, 11, 28))


def test_advice_from_others_than_section_31_bodies_rests_on_the_code() -> None:
    text = text_of(item(limit="code_advice", category="education"))
    assert "Please send us education advice for K7F-3QX9" in text
    assert "the day you received the papers: paragraph 9.41 of the SEND code of practice." in text


def test_a_school_is_reminded_of_a_consultation_within_fifteen_days() -> None:
    asked = item(limit="code_consultation", category="", start=date(2026, 11, 10), due=date(2026, 11, 25))
    assert subject_of(asked) == "Reply due Wednesday 25 November 2026: K7F-3QX9"
    assert "15 days from Tuesday 10 November 2026, the day you were consulted: paragraph 9.83" in text_of(asked)


def test_a_reason_and_an_answer_that_are_given_replace_our_own() -> None:
    text = text_of(item(why="the tribunal ordered it", how="ring us", ring="A. Marsh, 01482 300 301"))
    assert "Why that day: The tribunal ordered it.\n" in text
    assert "How to answer: Ring us.\n" in text
    assert "Questions: A. Marsh, 01482 300 301\n" in text


def test_an_announcement_says_that_the_six_weeks_start_when_the_papers_arrive() -> None:
    text = text_of(item(Kind.ANNOUNCE, start=None, due=None))
    assert "would like to ask you for health advice. Our reference is K7F-3QX9." in text
    assert "The papers will follow by a secure route. Your six weeks start on the day you receive them." in text
    assert f"Due: Within six weeks of the day your service receives the papers: {REG8}." in text


def test_stop_says_to_stop_and_nothing_else() -> None:
    stop = item(Kind.STOP, why="died", what="advice", service="Paediatrics")
    assert text_of(stop).startswith(
        "No more is needed: K7F-3QX9\n\nNo more is needed for K7F-3QX9. Please stop any work on it. Thank you.\n\n"
        "Please do not reply with"
    )
    assert not {"died", "advice", "Paediatrics", "2026"} & set(text_of(stop).replace(".", " ").split())


def test_going_on_says_that_the_day_is_the_same() -> None:
    text = text_of(item(Kind.RESUME))
    assert text.startswith(
        "Please go on: K7F-3QX9\n\nWe told you that no more is needed for K7F-3QX9. It goes on after all"
    )
    assert "The day is the same as before: " in text


@pytest.mark.parametrize(
    ("limit", "subject", "law"),
    [
        ("reg5_decide", "Decision whether to assess due Friday 4 December 2026: K7F-3QX9", "regulation 5(1)"),
        ("reg4_refuse_assessment", "Notice not to assess due Friday 4 December 2026: K7F-3QX9", "regulation 4(1)"),
        ("reg10_refuse_plan", "Decision not to issue a plan due Friday 4 December 2026: K7F-3QX9", "regulation 10(1)"),
        ("reg13_final_plan", "Final plan due Friday 4 December 2026: K7F-3QX9", "regulation 13(2)"),
    ],
)
def test_a_warning_says_what_the_law_expects_and_what_to_do_next(limit: str, subject: str, law: str) -> None:
    warning = own_limit(Kind.WARN, limit)
    assert subject_of(warning) == subject
    text = text_of(warning)
    assert law in text
    assert "What the law expects: " in text
    assert "What to do next: " in text


def test_a_breach_is_told_without_blame_and_with_what_can_still_be_done() -> None:
    text = text_of(own_limit(Kind.BREACH, "reg5_decide", due=date(2026, 11, 19)))
    assert "The decision whether to assess for K7F-3QX9 was due by Thursday 19 November 2026" in text
    assert "If it was done, record the day. If it was not, do it as soon as you can and tell the family" in text


def test_a_warning_held_back_past_its_day_is_told_as_the_breach_it_is_and_only_once() -> None:
    due = date(2026, 11, 19)
    held = own_limit(Kind.WARN, "reg5_decide", due=due), own_limit(Kind.BREACH, "reg5_decide", due=due)
    assert subject_of(*held) == "Decision whether to assess 1 day late: K7F-3QX9"


def test_a_service_manager_is_asked_for_help_by_name_of_the_service() -> None:
    late = one_of(Kind.ESCALATE)
    assert subject_of(late) == "Your help, please: advice 14 days late, K7F-3QX9"
    assert "We are still waiting for health advice from Speech and Language Therapy for K7F-3QX9." in text_of(late)


def test_the_twenty_week_day_in_danger_names_what_is_missing() -> None:
    text = text_of(one_of(Kind.DANGER))
    assert "The final plan for K7F-3QX9 is due by Friday 4 December 2026, and we are still waiting for health" in text
    assert "20 weeks from Friday 23 October 2026" in text


def test_a_weekly_summary_counts_and_lists_the_oldest() -> None:
    assert subject_of(weekly()) == "Weekly summary: 23 overdue"
    text = text_of(weekly())
    assert "23 requests for advice are overdue from Community Paediatrics." in text
    assert "\nK7F-3QX9: Health advice, due Tue 1 Sep 2026, 80 days late\n" in text
    assert "\nB2C-4DX7: Health advice, due Thu 19 Nov 2026, 1 day late\n" in text
    assert "Not listed: 21 more\n" in text


def test_the_same_key_gives_the_same_message_id_and_does_not_show_the_key() -> None:
    first, again, other = (compose(TO, [item()], HOUSE, key, DAY) for key in ("digest-1", "digest-1", "digest-2"))
    assert first.message_id == again.message_id != other.message_id
    assert first.message_id.endswith("@council.example>")
    assert "digest" not in first.message_id


def test_a_letter_is_dated_with_the_moment_that_is_passed_in() -> None:
    letter = compose(TO, [item()], HOUSE, "key", DAY)
    assert letter.written_at.date() == DAY
    assert letter.written(datetime(2026, 11, 20, 8, 30, tzinfo=UTC)).written_at.hour == 8


def test_nothing_to_tell_no_name_or_no_address_makes_no_letter() -> None:
    with pytest.raises(PostError, match="at least one item"):
        compose(TO, [], HOUSE, "key", DAY)
    with pytest.raises(PostError, match="key"):
        compose(TO, [item()], HOUSE, "", DAY)
    with pytest.raises(AddressError):
        compose("nobody", [item()], HOUSE, "key", DAY)


def test_the_familys_views_are_invited_and_remembered_without_a_deadline() -> None:
    views = item(Kind.VIEWS, limit="", category="", start=None, due=None, rung=0)
    assert subject_of(views) == "Invite the family's views: K7F-3QX9"
    reminder = item(Kind.VIEWS, limit="", category="", start=None, due=None, rung=21)
    assert "Please ask them, gently and once" in text_of(reminder)
    for letter in (text_of(views), text_of(reminder)):
        assert "They have no deadline." in letter
        assert not {"overdue", "late", "Due:"} & set(letter.split())


def test_a_local_norm_is_never_called_a_breach_of_the_law() -> None:
    norm = own_limit(Kind.WARN, "local_draft_plan", due=date(2026, 11, 19))
    assert subject_of(norm) == "Draft plan past its local day: K7F-3QX9"
    assert "the law's own day is later" in text_of(norm)
    assert "exceptions" not in text_of(norm)


def test_whoever_stands_in_for_a_refused_address_is_told_why_they_get_the_letter() -> None:
    assert "because our email to the usual address was not delivered. Please pass this on." in text_of(
        item(fallback=True)
    )
    assert "usual address" not in text_of(item())


def test_an_announcement_without_a_limit_still_says_what_and_by_when() -> None:
    text = text_of(item(Kind.ANNOUNCE, limit="announce", category="social_care", start=None))
    assert "ask you for social care advice" in text
    assert "Due: Within six weeks of the day you receive the papers." in text
