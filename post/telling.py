"""What there is to tell about one item on one day: its words filled in, and its facts by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from post.house import House
from post.items import Item, Kind
from post.wording import Duty, News, duties, duty_of, news, news_name
from post.words import advice_in_words, capital, days_ahead, sentence
from statute.words import count, day_words

LABELS: Mapping[str, str] = {
    "reference": "Reference",
    "what": "What",
    "service": "Service",
    "due": "Due",
    "late": "How late",
    "why": "Why that day",
    "law": "The rule",
    "expects": "What the law expects",
    "next": "What to do next",
    "answer": "How to answer",
    "questions": "Questions",
}


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
    def law(self) -> str:
        """The citation behind its day, where the words of its limit give the reason."""
        return "" if self.item.why or self.item.start is None else self.duty.law

    def facts(self, *, alone: bool, cite: bool = True) -> dict[str, str]:
        """Every fact by column, empty where there is none.

        `alone`: no other row shares its table. `cite`: whether the reason ends in the citation; not where that is
        said once for the whole table.
        """
        return {
            "reference": self.item.mail_ref,
            "what": capital(self.what),
            "service": self.item.service,
            "due": self._due(),
            "late": self._late(),
            "why": sentence(self._why(cite)),
            "law": sentence(self.law),
            "expects": self.duty.expects,
            "next": self.news.next or self.duty.next_step,
            "answer": self._answer(self.item.mail_ref if alone else "the reference"),
            "questions": self._questions(),
        }

    def _places(self) -> dict[str, str]:
        item, due = self.item, self.item.due
        return {
            "ref": item.mail_ref,
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
            "count": f"{item.count:,}",
            "overdue": f"{count(item.count, 'request')} for advice {'is' if item.count == 1 else 'are'}",
        }

    def _late(self) -> str:
        days = self.item.days_late(self.day)
        if days or self.item.due is None:
            return f"{count(days, 'day')} late" if days else ""
        return f"due {days_ahead(self.item.due, self.day)}"

    def _due(self) -> str:
        item = self.item
        if item.kind is Kind.ANNOUNCE:
            return sentence(self.duty.within)
        if item.due is None:
            return ""
        if item.days_late(self.day):
            return f"{day_words(item.due)}, {self._late()}"
        return ". ".join([day_words(item.due), *self._nearer_days()])

    def _nearer_days(self) -> list[str]:
        item = self.item
        said: list[str] = []
        if item.working_due and item.working_due != item.due and item.working_due >= self.day:
            said.append(f"The last working day before it is {day_words(item.working_due)}")
        if item.norm_due and item.norm_due != item.due and item.norm_due >= self.day:
            said.append(f"The day agreed locally is {day_words(item.norm_due)}")
        return said

    def _why(self, cite: bool) -> str:
        if self.item.why or self.item.start is None:
            return self.item.why
        why = self.duty.why.format(start=day_words(self.item.start))
        return f"{why}: {self.law}" if cite and self.law else why

    def _answer(self, reference: str) -> str:
        if self.item.how:
            return sentence(self.item.how)
        to = f"{self._team() or self.house.authority_name} at {self.house.reply_to}"
        return (self.news.answer or self.duty.answer).format(to=to, ref=reference)

    def _questions(self) -> str:
        team = self._team()
        ring = self.item.ring or self.house.contact
        return capital(f"{team}: {ring}" if team else ring)

    def _team(self) -> str:
        team = self.item.team
        if not team:
            return ""
        return f"the {team}" if team.lower().endswith("team") else f"the {team} team"
