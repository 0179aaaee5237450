"""Letters about several things: a line for each, and once what is the same for all."""

from dataclasses import replace
from datetime import date, timedelta

from post.items import Item, Kind
from post.letters import Letter, compose
from tests.post.examples import DAY, HOUSE, TO, item, one_of, own_limit

REG8 = "regulation 8(1)"


def letter_of(*items: Item) -> Letter:
    return compose(TO, items, HOUSE, "key", DAY)


def text_of(*items: Item) -> str:
    return letter_of(*items).text


def thirty() -> list[Item]:
    """Thirty pieces of health advice, asked for on the days from 1 September on."""
    asked = [date(2026, 9, 1) + timedelta(days=n) for n in range(30)]
    return [
        item(mail_ref=f"D{n:02}-0000", start=start, due=start + timedelta(weeks=6)) for n, start in enumerate(asked)
    ]


def test_many_items_become_one_digest_with_the_most_urgent_first() -> None:
    digest = letter_of(
        item(mail_ref="D00-0001", due=date(2026, 11, 22)),
        item(mail_ref="D00-0002", due=date(2026, 11, 16)),
        item(mail_ref="D00-0003", due=date(2026, 11, 21)),
        item(mail_ref="D00-0004", due=date(2026, 11, 12)),
        item(mail_ref="D00-0005", due=date(2026, 11, 19)),
    )
    assert digest.subject == "EHC advice: 3 overdue, 2 due this week"
    references = [line[:8] for line in digest.text.splitlines() if line.startswith("D00-")]
    assert references == ["D00-0004", "D00-0002", "D00-0005", "D00-0003", "D00-0001"]
    assert digest.text.index("\nOverdue\n-------\n") < digest.text.index("\nDue soon\n--------\n")


def test_a_line_of_a_digest_says_which_reference_by_which_day_how_late_and_from_when() -> None:
    text = text_of(*thirty())
    assert "\nHealth advice, for each of these:\n" in text
    assert "\nD00-0000: due Tue 13 Oct 2026, 38 days late, counted from Tue 1 Sep 2026\n" in text


def test_the_rule_how_to_answer_and_whom_to_ask_are_said_once_for_thirty() -> None:
    text = text_of(*thirty())
    assert text.count(REG8) == text.count("How to answer:") == text.count("Questions:") == 1
    assert "Why that day: Six weeks from the day each is counted from, the day your service received the papers" in text
    assert "to Kingston upon Hull City Council at ehc@council.example, quoting the reference." in text


def test_a_line_is_short_enough_for_a_telephone() -> None:
    lines = [line for line in text_of(*thirty()).splitlines() if line.startswith("D")]
    assert len(lines) == 30
    assert max(len(line) for line in lines) < 80


def test_what_is_wanted_stands_in_each_line_where_it_differs() -> None:
    text = text_of(item(), item(mail_ref="B2C-4DX7", category="social_care", limit="code_advice"))
    assert "\nK7F-3QX9: Health advice, due Fri 4 Dec 2026, in 14 days, counted from Fri 23 Oct 2026\n" in text
    assert "Why that day (health advice): Six weeks from the day each is counted from, the day your service" in text
    assert "Why that day (social care advice): Six weeks from the day each is counted from, the day you rec" in text


def test_a_digest_of_two_teams_says_beside_each_reference_whose_it_is_and_once_whom_to_ask() -> None:
    text = text_of(
        item(team="East"), item(mail_ref="B2C-4DX7", team="West team"), item(mail_ref="B2C-4DX8", team="East")
    )
    assert "\nB2C-4DX7: West team, due" in text
    assert "secure route to the team shown at ehc@council.example" in text
    assert text.count("Questions: The East team: 01482") == text.count("Questions: The West team: 01482") == 1


def test_a_case_of_no_team_among_others_is_the_authoritys() -> None:
    text = text_of(item(team="East"), item(mail_ref="B2C-4DX7"))
    assert "\nB2C-4DX7: Kingston upon Hull City Council, due" in text
    assert "Questions (Kingston upon Hull City Council): 01482" not in text
    assert "Questions: 01482 300 300" in text


def test_a_reason_or_a_contact_of_one_case_alone_is_said_for_its_reference() -> None:
    tribunal = item(mail_ref="B2C-4DX7", why="the tribunal ordered it", ring="A. Marsh, 01482 300 301")
    text = text_of(item(), item(mail_ref="B2C-4DX8"), tribunal)
    assert "Why that day (B2C-4DX7): The tribunal ordered it.\n" in text
    assert "Why that day (B2C-4DX8 and K7F-3QX9): Six weeks" in text
    assert "Questions (B2C-4DX7): A. Marsh, 01482 300 301\n" in text


def test_a_nearer_day_stands_behind_the_legal_one() -> None:
    sunday = item(due=date(2026, 12, 6), working_due=date(2026, 12, 4), norm_due=date(2026, 11, 27))
    assert (
        "K7F-3QX9: due Sun 6 Dec 2026 (last working day before it Fri 4 Dec 2026)"
        " (day agreed locally Fri 27 Nov 2026), in 16 days" in text_of(sunday, item(mail_ref="B2C-4DX7"))
    )


def test_a_service_manager_reads_the_service_once_where_there_is_one_and_in_each_line_where_there_are_two() -> None:
    late = replace(one_of(Kind.ESCALATE), mail_ref="B2C-4DX7")
    assert "Health advice from Speech and Language Therapy, for each of these:" in text_of(one_of(Kind.ESCALATE), late)
    other = replace(late, service="Occupational Therapy")
    assert "\nB2C-4DX7: Occupational Therapy, due" in text_of(one_of(Kind.ESCALATE), other)


def test_several_stops_are_a_list_of_references_and_nothing_else() -> None:
    stops = [item(Kind.STOP, mail_ref=ref, start=None, due=None) for ref in ("B2C-4DX7", "K7F-3QX9")]
    assert "\n\nB2C-4DX7\nK7F-3QX9\n\nPlease do not reply" in text_of(*stops)


def test_an_officers_digest_speaks_of_cases() -> None:
    digest = letter_of(one_of(Kind.WARN), one_of(Kind.BREACH), one_of(Kind.PAPERS), one_of(Kind.NO_ADDRESS))
    assert digest.subject == "EHC cases: 1 overdue, 1 due later, 2 to look at"


def test_breaches_of_two_limits_say_for_each_what_the_law_expects() -> None:
    due = date(2026, 11, 19)
    limits = ("reg5_decide", "reg13_final_plan")
    text = text_of(*[own_limit(Kind.BREACH, limit, due=due, mail_ref=f"D0{n}-0000") for n, limit in enumerate(limits)])
    assert "What the law expects (the decision whether to assess): " in text
    assert "What to do next (the final plan): Send the final plan" in text
