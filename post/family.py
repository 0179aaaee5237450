"""Letters to families: an acknowledgement with its days, and a notice of delay; as mail or on paper.

They name nobody. The mail reference stands for the case; a letter on paper names the parent in its address alone.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from post.addresses import normalised
from post.errors import PostError
from post.house import House
from post.letters import HEADERS, Letter, message_id, templates
from statute.words import day_words

ACKNOWLEDGEMENT, DELAY = "acknowledgement", "delay"
OWN_WORDS = "other"
"""The reason that says nothing by itself: the caseworker's own words are the reason."""


@dataclass(frozen=True, slots=True)
class FamilyNews:
    """What one letter to a family says: days, codes, and what the caseworker wrote.

    `began` is request or responsible: what the days of an assessment count from. `start` is the day from which `due`
    counts. `reason` is a code of `reasons()`; `words` are the caseworker's, `officer` and `officer_email` whom to ask.
    """

    kind: str
    mail_ref: str
    process: str = "assessment"
    began: str = "request"
    start: date | None = None
    limit: str = ""
    due: date | None = None
    decide: date | None = None
    no_plan: date | None = None
    plan: date | None = None
    target: date | None = None
    reason: str = ""
    words: str = ""
    officer: str = ""
    officer_email: str = ""
    sendiass: str = ""
    complaints: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some paragraphs and a list below a heading; without heading, the beginning of the letter."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A whole letter as it is set: title, greeting, parts, and what stands below."""

    title: str
    greeting: str
    parts: tuple[Part, ...]
    house: House


def compose_family(to: str, page: FamilyPage, key: str, day: date) -> Letter:
    """The mail to one address. `key` names it for ever, `day` (London) is the day that it speaks from.

    Raises AddressError for an address that cannot be written to.
    """
    house = page.house
    return Letter(
        to=normalised(to),
        subject=page.title,
        text=templates().get_template("family.txt").render(page=page),
        html=templates().get_template("family.html").render(page=page),
        message_id=message_id(key, house),
        reply_to=normalised(house.reply_to),
        sender=normalised(house.mail_from),
        sender_name=house.authority_name,
        written_at=datetime.combine(day, time(), ZoneInfo("Europe/London")),
        headers=HEADERS,
    )


def text_of(page: FamilyPage) -> str:
    """The text of the letter without its title: on paper the same as in the mail."""
    return templates().get_template("family.txt").render(page=page).removeprefix(page.title).strip()


def family_page(news: FamilyNews, house: House, day: date) -> FamilyPage:
    """What the letter says on that day (London). Raises PostError for a kind or limit that there is no letter about."""
    words = _words()
    if news.kind == ACKNOWLEDGEMENT:
        title, parts = _acknowledged(news, words)
    elif news.kind == DELAY and news.limit in words["limits"] and news.due:
        title, parts = _delayed(news, words, late=day > news.due)
    else:
        raise PostError("there is no letter to families of this kind")
    below = Part("Questions", (_officer(news, words, house), _filled(words["quote"], news)))
    return FamilyPage(title, words["greeting"], (*parts, below), house)


def reasons() -> Mapping[str, str]:
    """The reasons for a delay by code, in the words in which a family reads them; the last has none of its own."""
    return _words()["reasons"]


def limits_told_of() -> frozenset[str]:
    """The limits of whose delay a family is told."""
    return frozenset(_words()["limits"])


def promised(limit: str) -> str:
    """What the law has us do by that limit, as the letter says it: `send you the final plan, if one is to be made`."""
    return _words()["limits"][limit]["what"]


def _acknowledged(news: FamilyNews, words: Mapping[str, Any]) -> tuple[str, tuple[Part, ...]]:
    said = words[ACKNOWLEDGEMENT]
    steps = [name for name in ("decide", "no_plan", "plan") if getattr(news, name)]
    parts = (
        Part("", (_filled(said["opening"][news.began], news),)),
        Part(said["heading"], items=tuple(_filled(said[name], news) for name in steps)),
        Part("", (said["sooner"], said["views"], *_own(news))),
        Part(said["rights_heading"], (said["rights"], _sendiass(news, words))),
    )
    return _filled(said["subject"], news), parts


def _delayed(news: FamilyNews, words: Mapping[str, Any], *, late: bool) -> tuple[str, tuple[Part, ...]]:
    said, limit = words[DELAY], words["limits"][news.limit]
    when = "after" if late else "before"
    places = {"what": limit["what"], "matter": words["matters"][news.process], "then": limit["then"]}
    since = _filled(words["since"][news.began], news)
    why = _filled(limit["why"], news, since=since)
    opening = (_filled(said["opening"], news, **places), _filled(said[when], news, **places))
    target = _filled(said["target"], news) if news.target else said["no_target"]
    parts = (
        Part("", (*opening, _filled(said["why_day"], news, why=why))),
        Part(said["heading"], (*_reason(news, words), *_own(news), target)),
        Part(said["rights_heading"], items=tuple(_rights(news, words, places))),
    )
    return _filled(said["subject"][when], news), parts


def _reason(news: FamilyNews, words: Mapping[str, Any]) -> tuple[str, ...]:
    if news.reason == OWN_WORDS:
        return ()
    return (words["reasons"].get(news.reason) or words[DELAY]["no_reason"],)


def _own(news: FamilyNews) -> Iterator[str]:
    """The caseworker's words, a paragraph for each that was typed."""
    return (line.strip() for line in news.words.splitlines() if line.strip())


def _rights(news: FamilyNews, words: Mapping[str, Any], places: Mapping[str, str]) -> Iterator[str]:
    said = words[DELAY]
    yield said["complain"].format(complaints=news.complaints or said["complaints_unknown"])
    yield said["ombudsman"]
    yield said["disagreement"]
    yield said["mediation"].format(then=places["then"])
    yield _sendiass(news, words)


def _sendiass(news: FamilyNews, words: Mapping[str, Any]) -> str:
    return words["sendiass"].format(sendiass=news.sendiass or words["sendiass_unknown"])


def _officer(news: FamilyNews, words: Mapping[str, Any], house: House) -> str:
    reach = " or ".join(each for each in (house.contact_phone, news.officer_email) if each) or house.contact
    if not news.officer:
        return words["ask_nobody"].format(reach=house.contact)
    return words["ask_officer"].format(officer=news.officer, reach=f"To reach them: {reach}.")


def _filled(text: str, news: FamilyNews, **places: str) -> str:
    days = {name: getattr(news, name) for name in ("start", "due", "decide", "no_plan", "plan", "target")}
    said = {name: day_words(day) if day else "" for name, day in days.items()}
    return text.format_map({**said, "ref": news.mail_ref, **places})


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((files("post") / "wording" / "family.toml").read_text(encoding="utf-8"))
