"""The lists of reviews before each term of a rehearsal: prepared each morning and spoken of as in earnest.

Which reviews are on a list is read from the cases as they were walked; whom it is for and who is told, and when, is
decided by `casework.term_lists` and `casework.term_letters`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from casework.recipients import Directory
from casework.term_letters import chain_in, messages_about, number_on
from casework.term_lists import list_for, lists_near
from casework.term_reviews import Span as Term
from casework.term_reviews import is_on_list
from config.clock import london_day, utc_of_london
from records.tables import Message, TermList
from scorecard.rehearsal.span import Span
from scorecard.rehearsal.walked import Mail, Walked, mail_of
from scorecard.rehearsal.world import World

PREPARED_AT = time(6)
SENT_AFTER = (1, 12)
"""Days after which an officer sends a list that was prepared: any of them, all as likely."""
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Lists:
    """The lists of a rehearsal by recipient and first day of the term, and what is said of them.

    `sent_by` draws the day on which an officer sends a list that was prepared; None: nobody ever does.
    """

    world: World
    walked: Sequence[Walked]
    seed: int | None
    kept: dict[tuple[str, date], TermList]
    said: set[str]
    waiting: list[Message]
    _near: dict[Term, Sequence[Walked]] = field(init=False, default_factory=dict[Term, "Sequence[Walked]"])

    def mails(self, span: Span) -> Iterator[Mail]:
        """Every mail about a list, in the order in which they leave."""
        rounds = {london_day(at): at for at in span.rounds}
        day, last = london_day(span.start), london_day(span.end)
        while day <= last:
            self._prepare(day)
            if day in rounds:
                yield from self._sent(rounds[day])
            self._officer(day)
            day += _DAY

    def _prepare(self, today: date) -> None:
        now, world = utc_of_london(today, PREPARED_AT), self.world
        near = lists_near(world.own_terms, world.terms_of(None), today, lambda term: self._counted(term, today))
        wanted = {(recipient, term.start): (term, count) for recipient, term, count in near if count}
        for name, (term, count) in wanted.items():
            row = self.kept.setdefault(name, list_for(name[0], term, count, now))
            row.count = row.count if row.sent_on else count
        for row in self._unsent(today):
            row.count = row.count if (row.recipient, row.term_start) in wanted else 0
        for message in messages_about(world.directory_on(today), self._unsent(today), now):
            if message.step_key not in self.said:
                self.said.add(message.step_key)
                self.waiting.append(message)

    def _unsent(self, today: date) -> list[TermList]:
        rows = (row for row in self.kept.values() if row.sent_on is None and row.term_start > today and row.count)
        return sorted(rows, key=lambda row: (row.due_on, row.recipient))

    def _sent(self, now: datetime) -> Iterator[Mail]:
        """What waits, if it is still true at the moment of sending."""
        directory, waiting = self.world.directory_on(london_day(now)), self.waiting
        self.waiting = []
        for message in waiting:
            chain, number = chain_in(directory, message), number_on(message, self.kept.values())
            if chain and number:
                message.recipient, message.about = chain[0], {**message.about, "count": number}
                yield mail_of(message, now, _service(directory, message))

    def _officer(self, today: date) -> None:
        for row in self._unsent(today) if self.seed is not None else ():
            dice = Random(f"{self.seed}/term-list/{row.recipient}/{row.term_start}")  # noqa: S311 - nothing secret
            if london_day(row.prepared_at) + timedelta(days=dice.randint(*SENT_AFTER)) <= today:
                row.sent_on = today

    def _counted(self, term: Term, today: date) -> Mapping[str | None, int]:
        if term not in self._near:
            self._near[term] = [each for each in self.walked if any(is_on_list(due, term) for _, due in each.on_lists)]
        return Counter(each.case.person.setting_urn for each in self._near[term] if _is_on(each, term, today))


def _is_on(walked: Walked, term: Term, today: date) -> bool:
    """As the read model has it that morning: with what was recorded by the evening before."""
    due = next((due for since, due in reversed(walked.on_lists) if since <= today), None)
    return due is not None and is_on_list(due, term)


def _service(directory: Directory, message: Message) -> str:
    recipient = message.about.get("recipient", "")
    found = directory.setting(recipient) or directory.body((), recipient) if recipient else None
    return found.name if found else ""
