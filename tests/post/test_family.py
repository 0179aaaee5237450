"""Letters to families: each says what, by when, why and which rights, and none holds anything about a child."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import product

import pytest

from post.errors import PostError
from post.family import (
    ACKNOWLEDGEMENT,
    DELAY,
    FamilyNews,
    compose_family,
    family_page,
    limits_told_of,
    reasons,
    text_of,
)
from post.house import House
from post.mime import as_bytes
from statute.words import day_words

HOUSE = House("Anytown Council", "ehc@council.example", "send.team@council.example", "01632 960123")
START, DUE = date(2026, 9, 2), date(2026, 10, 14)
REQUEST = FamilyNews(
    ACKNOWLEDGEMENT, "K7F-3QX9", start=START, decide=DUE, no_plan=date(2026, 12, 23), plan=date(2027, 1, 20)
)
LATE = FamilyNews(
    DELAY,
    "K7F-3QX9",
    start=START,
    limit="reg5_decide",
    due=DUE,
    target=date(2026, 10, 28),
    reason="advice_late",
    officer="A. Marsh",
    officer_email="a.marsh@council.example",
)
CONTACT_LINE = "Your contact here is A. Marsh. To reach them: 01632 960123 or a.marsh@council.example."


def states() -> list[tuple[FamilyNews, date]]:
    """Every state in which a letter can be."""
    requests = [
        replace(REQUEST, began=began, officer=officer)
        for began, officer in product(("request", "responsible"), ("", "A. Marsh"))
    ]
    delays = [
        replace(
            LATE, limit=limit, reason=reason, began=began, process="annual-review" if "reg2" in limit else "assessment"
        )
        for limit, reason, began in product(sorted(limits_told_of()), reasons(), ("request", "responsible"))
    ]
    days = (DUE - timedelta(days=7), DUE, DUE + timedelta(days=1))
    return [(news, day) for news in (*requests, *delays) for day in days]


@pytest.mark.parametrize("part", range(4))
def test_in_every_state_it_says_what_by_when_why_and_which_rights(part: int) -> None:
    for news, day in states()[part::4]:
        page = family_page(replace(news, words="Our own words."), HOUSE, day)
        mail = compose_family("kim@family.example", page, "key", day)
        for said in (mail.text, mail.html):
            assert "K7F-3QX9" in mail.subject
            assert day_words(news.due or news.decide or DUE) in said
            assert "egulation" in said
            assert "weeks from" in said
            assert "First-tier Tribunal" in said
            assert "mediation" in said
            assert "SENDIASS" in said
            assert "Our own words." in said
            assert not re.search(r"[{}]|None|still to be chosen", re.sub(r"style=\"[^\"]*\"", "", said))
        assert text_of(page) in mail.text
        assert (CONTACT_LINE in mail.text) == bool(news.officer and news.officer_email)


def test_nothing_but_days_codes_and_own_words_can_come_into_a_letter() -> None:
    known = {field.name for field in fields(FamilyNews)}
    assert not known & {"name", "forename", "surname", "child", "date_of_birth", "upn", "case_ref", "setting"}


def test_a_delay_is_told_before_the_day_and_otherwise_after_it() -> None:
    before, on, after = (family_page(LATE, HOUSE, DUE + timedelta(days=days)) for days in (-7, 0, 1))
    assert before.title == on.title == "We may not keep to a day set by law: reference K7F-3QX9"
    assert after.title == "We have not kept to a day set by law: reference K7F-3QX9"
    assert "We have not done so, and we are sorry." in text_of(after)


def test_a_delay_names_the_ombudsman_and_promises_no_appeal_against_a_delay() -> None:
    text = text_of(family_page(LATE, HOUSE, DUE))
    assert "You can complain to us" in text
    assert "Local Government and Social Care Ombudsman" in text
    assert "within 12 months" in text
    assert "A delay alone is no decision" in text
    assert "it does not change the day that the law sets" in text


def test_an_unfinished_draft_says_what_is_still_missing() -> None:
    text = text_of(family_page(replace(LATE, reason="", target=None), HOUSE, DUE))
    assert "[The reason is still to be chosen.]" in text
    assert "[The new day is still to be chosen.]" in text


def test_the_council_says_how_its_own_services_are_reached() -> None:
    news = replace(LATE, sendiass="Ring 01632 960999.", complaints="Write to complaints@council.example.")
    text = text_of(family_page(news, HOUSE, DUE))
    assert "advice. Ring 01632 960999." in text
    assert "about the delay. Write to complaints@council.example." in text


def test_own_words_are_shown_as_written_and_never_as_markup() -> None:
    mail = compose_family("kim@family.example", family_page(replace(LATE, words="<b>1 & 2</b>"), HOUSE, DUE), "k", DUE)
    assert "<b>1 & 2</b>" in mail.text
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in mail.html


def test_it_travels_as_any_other_mail_and_keeps_its_name_for_ever() -> None:
    first, again = (compose_family("kim@family.example", family_page(LATE, HOUSE, DUE), "key", DUE) for _ in range(2))
    assert first.message_id == again.message_id
    assert b"Auto-Submitted: auto-generated" in as_bytes(first)


def test_there_is_no_letter_about_what_is_not_the_authoritys_own_day() -> None:
    with pytest.raises(PostError):
        family_page(replace(LATE, limit="reg8_advice"), HOUSE, DUE)
