"""What there is to tell about one item on one day: its words filled in, and its facts by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from post.house import House
from post.items import OF_NO_CASE, Item, Kind
from post.receipts import missing_words
from post.wording import Duty, News, duties, duty_of, news, news_name
from post.words import advice_in_words, backwards, by_day, capital, days_ahead, sentence, short_day
from statute.words import count, day_words

LABELS: Mapping[str, str] = {
    "reference": "Reference",
    "what": "What",
    "service": "Service",
    "meeting": "Meeting",
    "due": "Due",
    "late": "How late",
    "from": "Counted from",
    "legal": "Legal day",
    "final": "Final plan by",
    "team": "Team",
    "within": "Due",
    "why": "Why that day",
    "link": "Link",
    "backwards": "Planned backwards",
    "expects": "What the law expects",
    "next": "What to do next",
    "answer": "How to answer",
    "questions": "Questions",
}

# The words before a fact where a row of a list is set as one line of text.
SAID: Mapping[str, str] = {
    "meeting": "meeting ",
    "due": "due ",
    "from": "counted from ",
    "legal": "legal day ",
    "final": "final plan by ",
}

# Kinds of news that want a meeting arranged, by the beginning of their headings.
_ARRANGING = ("arrange", "escalate_arrange")
_TRANSFER = ("reg18_phase_transfer", "local_transfer_decision")


@dataclass(frozen=True, slots=True)
class Telling:
    """One item, spoken of on one day by one house."""

    item: Item
    house: House
    day: date

    @property
    def name(self) -> str:
        """Its heading in `kinds.toml`."""
        return news_name(self.item, late=self.item.days_late(self.day) > 0)

    @property
    def news(self) -> News:
        """The words of its kind."""
        return news()[self.name]

    @property
    def duty(self) -> Duty:
        """The words of its limit."""
        return duty_of(self.item)

    @property
    def what(self) -> str:
        """What is wanted, fit for the middle of a sentence."""
        item = self.item
        # The 20-week day is in danger because of something else than the plan that is due on it.
        asked = item.kind is Kind.DANGER or (item.category and item.limit not in duties())
        own = "" if asked else self.duty.what
        return item.what or own or advice_in_words(item.category)

    def say(self, words: str) -> str:
        """Words of `kinds.toml` with this item's facts in their places."""
        return words.format_map(self._places())

    @property
    def then(self) -> str:
        """The further paragraph of its kind, another where it carries a link."""
        return (self.item.link and self.news.then_by_link) or self.news.then

    @property
    def team(self) -> str:
        """The team that holds the case, as a reader calls it; the authority where no team does."""
        return capital(self._team().removeprefix("the ")) or self.house.authority_name

    def facts(self, *, alone: bool, teams: bool = False) -> dict[str, str]:
        """Every fact by column, empty where there is none.

        `alone`: nothing else is told with it; else its days are short and what may be the same for others does not
        name it. `teams`: its team is shown beside it.
        """

        def say(day: date | None) -> str:
            return "" if day is None else day_words(day) if alone else short_day(day)

        return {
            "reference": self.item.mail_ref,
            "team": self.team,
            "what": capital(self.what),
            "service": self.item.service,
            "meeting": say(self._meeting),
            "due": self._due() if alone else self._short_due(),
            "late": self._late(),
            "from": say(self.item.start) if self.item.kind not in OF_NO_CASE else "",
            "legal": say(self._legal),
            "final": say(self.item.final),
            "within": sentence(self.duty.within) if self.item.kind is Kind.ANNOUNCE else "",
            "why": sentence(self._why(alone)),
            "backwards": backwards(self._legal) if self._legal and self.item.limit in _TRANSFER else "",
            "link": self.item.link,
            "expects": self.duty.expects,
            "next": self._next(),
            "answer": self._answer(self.item.mail_ref if alone else "the reference", teams and not alone),
            "questions": self._questions(),
        }

    def _places(self) -> dict[str, str]:
        item, due = self.item, self.item.due
        return {
            "ref": item.mail_ref,
            "because": sentence(self._why(alone=True)),
            "what": self.what,
            "What": capital(self.what),
            "Short": self.duty.short,
            "short": self.duty.short[:1].lower() + self.duty.short[1:],
            "due": day_words(due) if due else "",
            "left": days_ahead(due, self.day) if due else "",
            "late": self._late(),
            "service": item.service,
            "from_service": f" from {item.service}" if item.service else "",
            "at_service": f" at {item.service}" if item.service else "",
            "meeting": day_words(self._meeting) if self._meeting else "",
            "legal": day_words(self._legal) if self._legal else "",
            "legal_day": f"its legal day, {day_words(self._legal)}"
            if self._legal
            else "its four weeks from the meeting",
            "final": day_words(item.final) if item.final else "the legal day",
            "by_due": by_day(due, self.day) if due else "",
            "setting": item.service or "the setting",
            "term": day_words(item.start) if item.start else "",
            "reviews": count(item.count, "annual review"),
            "count": f"{item.count:,}",
            "documents": f" with {count(item.count, 'document')}" if item.count else "",
            "missing": missing_words(item.missing),
            "came": day_words(item.came) if item.came else "",
            "overdue": f"{count(item.count, 'request')} for advice {'is' if item.count == 1 else 'are'}",
        }

    @property
    def _meeting(self) -> date | None:
        """The limits of a meeting start with it."""
        return self.item.meeting or self.item.start

    @property
    def _legal(self) -> date | None:
        # A notice that was not sent is counted from the decision, which is no legal day.
        return self.item.legal_due or (None if self.item.kind is Kind.NOTICE else self.item.due)

    def _late(self) -> str:
        days = self.item.days_late(self.day)
        if days or self.item.due is None:
            return f"{count(days, 'day')} late" if days else ""
        return days_ahead(self.item.due, self.day)

    def _due(self) -> str:
        item = self.item
        if item.kind is Kind.ANNOUNCE:
            return sentence(self.duty.within)
        if item.due is None:
            return ""
        if item.days_late(self.day):
            return f"{day_words(item.due)}, {self._late()}"
        return ". ".join([day_words(item.due), *self._nearer_days()])

    def _short_due(self) -> str:
        due, nearer = self.item.due, self._nearer()
        if due is None:
            return ""
        return short_day(due) + "".join(f" ({said} {short_day(day)})" for said, day in nearer)

    def _nearer_days(self) -> list[str]:
        return [f"The {said} is {day_words(day)}" for said, day in self._nearer()]

    def _nearer(self) -> list[tuple[str, date]]:
        item = self.item
        norm = self.duty.norm or "day agreed locally"
        days = [("last working day before it", item.working_due), (norm, item.norm_due)]
        return [(said, day) for said, day in days if day and day != item.due and day >= self.day]

    def _why(self, alone: bool) -> str:
        if self.item.why or self.item.start is None:
            return self.item.why
        start = day_words(self.item.start) if alone else "the day each is counted from"
        if self.name.startswith(_ARRANGING) and self.duty.arrange:
            return self.duty.arrange.format(start=start)
        why = (self.news.why or self.duty.why).format(start=start)
        return f"{why}: {self.duty.law}" if self.duty.law else why

    def _answer(self, reference: str, teams: bool) -> str:
        if self.item.how:
            return sentence(self.item.how)
        if self.item.link and self.news.by_link:
            return self.news.by_link
        team = "the team shown" if teams else self._team()
        to = f"{team or self.house.authority_name} at {self.house.reply_to}"
        return (self.news.answer or self.duty.answer).format(to=to, ref=reference)

    def _next(self) -> str:
        by_link = self.house.public_url and self.news.next_by_link
        return by_link or self.news.next or self.duty.next_step

    def _questions(self) -> str:
        team = self._team()
        ring = self.item.ring or self.house.contact
        return capital(f"{team}: {ring}" if team else ring)

    def _team(self) -> str:
        team = self.item.team
        if not team:
            return ""
        return f"the {team}" if team.lower().endswith("team") else f"the {team} team"
