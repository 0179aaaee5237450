"""Every kind of letter in every state says what, by when, why, how to answer and whom to ring; links stand where wanted."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from post.items import OF_NO_CASE, Item, Kind
from post.letters import Letter, compose
from post.wording import news
from statute.words import day_words
from tests.post.examples import DAY, HOUSE, TO, item, one_of
from tests.post.test_privacy import read

REACHED = replace(HOUSE, public_url="https://ehcp.council.example")
LINK = "https://ehcp.council.example/advice/link/"
# What is asked of somebody outside, or told to them, behind a link of their own.
LINKED = frozenset({Kind.ANNOUNCE, Kind.REQUEST, Kind.PASSED_ON, Kind.AWAY, Kind.CHASE, Kind.RESUME, Kind.NOTIFY})
NOTICES = ("considering", "copy_of_decision", "copy_of_refusal")
# Days from the due day on which a letter speaks: well before, the day before, the day, the day after, long after.
STATES = (-14, -1, 0, 1, 30)
# By when, where the law gives no day: in these words.
NO_DAY = {
    Kind.STOP: "Please stop any work",
    Kind.ANNOUNCE: "six weeks of the day",
    Kind.PAPERS: "six weeks do not start until",
    Kind.VIEWS: "no deadline",
    Kind.UNDELIVERED: "was refused",
    Kind.NO_ADDRESS: "nothing was sent",
    Kind.NOTIFY: "opens for 12 weeks",
    Kind.WEEKLY: "late",
    Kind.RECEIPT: f" on {day_words(DAY)}",
}
WHY = {
    Kind.STOP: "No more is needed",
    Kind.ANNOUNCE: "regulation 8(1)",
    Kind.PAPERS: "not recorded as sent",
    Kind.VIEWS: "decided to assess",
    Kind.UNDELIVERED: "nobody has seen",
    Kind.NO_ADDRESS: "no email address",
    Kind.NOTIFY: "of the Special Educational Needs and Disability Regulations 2014",
    Kind.MEETING: "planned for",
    Kind.WEEKLY: "Why those days",
    Kind.RECEIPT: "Thank you",
}
# Of a receipt: what is still to be done, or that nothing is.
HOW = re.compile(
    r"How to answer|What to do next|Please stop any work|If it was done, record the day"
    r"|No more is needed|still needed|Open the link|We will not remind you|A caseworker reads"
)
ANSWERS = tuple(name.removeprefix("receipt_") for name in news() if name.startswith("receipt_"))


def told(kind: Kind, number: int = 0, **changes: object) -> Item:
    """An item of that kind with its own reference, and with a link where it has one."""
    link = f"{LINK}{number:043}" if kind in LINKED else ""
    limit = {"limit": NOTICES[number % 3], "due": None} if kind is Kind.NOTIFY else {}
    reference = {} if kind in OF_NO_CASE else {"mail_ref": f"D00-{number:04}"}
    return replace(one_of(kind), link=link, **{**limit, **reference, **changes})  # type: ignore[arg-type]


def states(kind: Kind) -> Iterator[tuple[Item, date]]:
    """An item of that kind on every day on which it may be told; of a receipt, for everything that can be answered."""
    if kind is Kind.RECEIPT:
        for answer in ANSWERS:
            yield told(kind, answer=answer, came=DAY, missing=("report_date",) if answer == "sent_back" else ()), DAY
        return
    one = told(kind)
    for days in STATES if one.due else (0,):
        yield one, (one.due or DAY) + timedelta(days=days)


def links(letter: Letter) -> list[str]:
    return re.findall(rf"{LINK}\S{{43}}", letter.text)


@pytest.mark.parametrize("kind", Kind)
def test_alone_it_says_what_by_when_why_how_and_whom_to_ring(kind: Kind) -> None:
    for one, day in states(kind):
        letter = compose(TO, [one], REACHED, "key", day)
        text = letter.text
        assert one.mail_ref in letter.subject or kind in OF_NO_CASE
        assert NO_DAY.get(kind) or (one.due and day_words(one.due) in text) or one.legal_due, text
        assert NO_DAY.get(kind, "") in text, text
        assert WHY.get(kind, "Why that day: ") in text, text
        assert HOW.search(text), text
        assert "Questions: 01482 300 300 or ehc@council.example" in text


# A receipt goes at once, as a letter of its own.
@pytest.mark.parametrize("kind", sorted(set(Kind) - OF_NO_CASE - {Kind.RECEIPT}))
def test_among_others_of_its_kind_each_is_told_once_and_the_same_is_said_of_all(kind: Kind) -> None:
    for one, day in states(kind):
        three = [replace(one, mail_ref=f"D00-{n:04}", link=told(kind, n).link) for n in range(3)]
        letter = compose(TO, three, REACHED, "key", day)
        assert all(letter.text.count(each.mail_ref) == 1 for each in three), letter.text
        assert HOW.search(letter.text), letter.text
        assert sorted(links(letter)) == sorted(each.link for each in three if each.link)


@pytest.mark.parametrize("kind", Kind)
def test_a_link_is_told_in_both_parts_alike_and_only_where_there_is_one(kind: Kind) -> None:
    for one, day in states(kind):
        for items in ([one], [one, told(Kind.CHASE, 1), told(Kind.NOTIFY, 2)]):
            letter = compose(TO, items, REACHED, "key", day)
            followed = [attributes["href"] for tag, attributes in read(letter.html).tags if tag == "a"]
            assert followed == links(letter)
            assert sorted(links(letter)) == sorted(each.link for each in items if each.link)


def test_the_link_to_everything_stands_once_at_the_foot() -> None:
    everything = LINK + "E" * 43
    letter = compose(TO, [told(Kind.CHASE), told(Kind.CHASE, 1)], REACHED, "key", DAY, everything)
    assert links(letter)[-1] == everything
    assert letter.text.index(everything) > letter.text.index("How to answer")
    assert [a["href"] for tag, a in read(letter.html).tags if tag == "a"][-1] == everything


def test_with_a_link_it_is_answered_there_and_without_one_as_before() -> None:
    for kind in LINKED - {Kind.NOTIFY, Kind.ANNOUNCE}:
        with_link = compose(TO, [told(kind)], REACHED, "key", DAY).text
        assert "Open the link. It sends a six-digit code to this address" in with_link
        assert "two minutes and needs no account" in with_link
        assert "usual secure route" not in with_link
    announced = compose(TO, [told(Kind.ANNOUNCE)], REACHED, "key", DAY).text
    assert (
        "The papers will follow behind a link that we send to this address. Your six weeks start on the day"
        in announced
    )
    assert "secure route" not in announced
    for kind in (Kind.CHASE, Kind.RESUME, Kind.ANNOUNCE):
        assert "usual secure route" in compose(TO, [replace(told(kind), link="")], HOUSE, "key", DAY).text


def test_an_officer_is_told_of_the_link_that_takes_papers_along_only_where_there_are_links() -> None:
    by_hand = "Send the papers by a secure route, then record the day they were received."
    by_link = "Add the papers to the case and say that they are complete: the request then goes with its link"
    for house, said, other in ((HOUSE, by_hand, by_link), (REACHED, by_link, by_hand)):
        for items in ([told(Kind.PAPERS)], [told(Kind.PAPERS), told(Kind.PAPERS, 1)]):
            text = compose(TO, items, house, "key", DAY).text
            assert (text.count(said), text.count(other)) == (1, 0)


def test_a_whole_request_says_that_it_is_whole_and_that_the_six_weeks_start_today() -> None:
    asked = item(Kind.REQUEST, start=DAY, due=DAY + timedelta(weeks=6), link=LINK + "0" * 43)
    text = compose(TO, [asked], REACHED, "key", DAY).text
    assert "Please send it by Friday 1 January 2027. That is in 42 days." in text
    assert "who the child is, what is asked, what the family says and the evidence that it sent" in text
    assert (
        "Six weeks from Friday 20 November 2026, the day on which the whole request reaches you: regulation 8" in text
    )
