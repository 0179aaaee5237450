"""What there is to tell about one item on one day: its words filled in, and its facts by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from post.house import House
from post.items import Item, Kind
from post.wording import Duty, News, duty_of, news, news_name
from post.words import advice_in_words, capital, counted, day_in_words, days_ahead, sentence

LABELS: Mapping[str, str] = {
    "reference": "Reference",
    "what": "What",
    "service": "Service",
    "due": "Due",
    "late": "How late",
    "why": "Why that day",
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
        """Its heading in `kinds.toml`.

        A warning that was held back past its day is told as the breach it is.
        """
        late = self.item.days_late(self.day) > 0
        if self.item.kind in (Kind.WARN, Kind.BREACH):
            return "breach" if late else "warn"
        return news_name(self.item.kind, late=late)

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
        # The 20-week day is in danger because of something else than the plan that is due on it.
        own = "" if self.item.kind is Kind.DANGER else self.duty.what
        return self.item.what or own or advice_in_words(self.item.category)

    def say(self, words: str) -> str:
        """Words of `kinds.toml` with this item's facts in their places."""
        return words.format_map(self._places())

    def facts(self, *, alone: bool) -> dict[str, str]:
        """Every fact by column, empty where there is none. `alone`: no other row shares its table."""
        return {
            "reference": self.item.mail_ref,
            "what": capital(self.what),
            "service": self.item.service,
            "due": self._due(),
            "late": self._late(),
            "why": sentence(self._why()),
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
            "due": day_in_words(due) if due else "",
            "left": days_ahead(due, self.day) if due else "",
            "late": self._late(),
            "service": item.service,
            "from_service": f" from {item.service}" if item.service else "",
            "at_service": f" at {item.service}" if item.service else "",
            "count": f"{item.count:,}",
            "overdue": f"{counted(item.count, 'request')} for advice {'is' if item.count == 1 else 'are'}",
        }

    def _late(self) -> str:
        days = self.item.days_late(self.day)
        if days or self.item.due is None:
            return f"{counted(days, 'day')} late" if days else ""
        return f"due {days_ahead(self.item.due, self.day)}"

    def _due(self) -> str:
        item = self.item
        if item.kind is Kind.ANNOUNCE:
            return sentence(self.duty.within)
        if item.due is None:
            return ""
        if item.days_late(self.day):
            return f"{day_in_words(item.due)}, {self._late()}"
        return ". ".join([day_in_words(item.due), *self._nearer_days()])

    def _nearer_days(self) -> list[str]:
        item = self.item
        said: list[str] = []
        if item.working_due and item.working_due != item.due and item.working_due >= self.day:
            said.append(f"The last working day before it is {day_in_words(item.working_due)}")
        if item.norm_due and item.norm_due != item.due and item.norm_due >= self.day:
            said.append(f"The day agreed locally is {day_in_words(item.norm_due)}")
        return said

    def _why(self) -> str:
        if self.item.why or self.item.start is None:
            return self.item.why
        return self.duty.why.format(start=day_in_words(self.item.start))

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
