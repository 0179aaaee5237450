"""Who must be told what in a process, and what of it is recorded: the notices of the law as a checklist.

Regulations 4 to 14 of SI 2014/1530 with sections 36 to 40 of the Children and Families Act 2014 for an assessment;
regulations 15, 20 to 22 and 31 for a review.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from statute.attributes import codes_of
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.kinds import KINDS
from statute.notices_of_assessments import NOTICES_OF_ASSESSMENTS
from statute.notices_of_reviews import NOTICES_OF_REVIEWS
from statute.wanted_notice import WantedNotice, Who

_FAMILY = frozenset({"family", "parent", "young_person", "representative"})


class Found(StrEnum):
    """How one notice stands."""

    RECORDED = "recorded"
    TOLD = "told"  # everybody to be told was written to by a link, and a mail server took each letter
    UNSAID = "unsaid"  # recorded, but not to whom, or not to everybody
    MISSING = "missing"  # its time has come and it is not recorded
    UNKNOWN = "unknown"  # its time has come, and the ledger has no entry for it: the letter itself is the record
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Told:
    """One notice of the checklist: what of it is recorded, and who of those to be told stands in the entry.

    `kind` is the kind of fact that it is, or would be, recorded as; `days` when each was told by a link.
    """

    notice: WantedNotice
    found: Found
    kind: str
    fact: Fact | None = None
    told: frozenset[Who] = frozenset()
    unsaid: frozenset[Who] = frozenset()
    days: Mapping[Who, date] = field(default_factory=dict[Who, date])


ToldByLink = Mapping[str, Mapping[Who, date]]
"""By the name of a notice, who was told of it by a link, and when."""
NOBODY: ToldByLink = MappingProxyType({})


def checklist(process: str, stands: Sequence[Fact], by_link: ToldByLink = NOBODY) -> tuple[Told, ...]:
    """Every notice that the law wants in a process of that name, in the order in which they go."""
    notices = NOTICES_OF_ASSESSMENTS if process == ASSESSMENT else NOTICES_OF_REVIEWS
    return tuple(_checked(stands, notices, by_link))


def _checked(stands: Sequence[Fact], notices: Sequence[WantedNotice], by_link: ToldByLink) -> Iterator[Told]:
    said = {fact.kind for fact in stands}
    for notice in notices:
        if not said.isdisjoint(notice.unless):
            continue
        facts = [fact for fact in stands if fact.kind in notice.kinds]
        if facts and notice.kinds:
            yield _recorded(notice, facts[-1])
        elif not notice.kinds:
            yield _by_letter(notice, by_link.get(notice.name, {}), come=_has_come(notice, said))
        else:
            come = _has_come(notice, said) and not notice.patient
            yield Told(notice, Found.MISSING if come else Found.NOT_YET, notice.kinds[0])


def _by_letter(notice: WantedNotice, days: Mapping[Who, date], *, come: bool) -> Told:
    told = frozenset(notice.to) & days.keys()
    if told == frozenset(notice.to):
        return Told(notice, Found.TOLD, "", told=told, days=days)
    return Told(notice, Found.UNKNOWN if come else Found.NOT_YET, "", told=told, days=days)


def _has_come(notice: WantedNotice, said: set[str]) -> bool:
    return not said.isdisjoint(notice.after)


def _recorded(notice: WantedNotice, fact: Fact) -> Told:
    notice = replace(notice, contents=notice.contents_of.get(fact.kind, notice.contents))
    to, askable = codes_of(fact, "to"), _can_be_said(fact.kind)
    told = frozenset(who for who in notice.to if _is_told(who, to))
    unsaid = frozenset(who for who in notice.to if who in askable and who not in told)
    return Told(notice, Found.UNSAID if unsaid else Found.RECORDED, fact.kind, fact, told, unsaid)


def _is_told(who: Who, to: frozenset[str]) -> bool:
    """Whether the entry says so; one that names nobody is taken to have gone to the family, as for the clocks."""
    return (not to or bool(to & _FAMILY)) if who is Who.FAMILY else who.value in to


def _can_be_said(kind: str) -> frozenset[Who]:
    """Whom an entry of that kind can name under `to`."""
    allowed = KINDS[kind].attributes.get("to")
    if not isinstance(allowed, tuple):
        return frozenset()
    codes = {code.rstrip("*") for code in allowed}
    return frozenset(who for who in Who if who.value in codes or (who is Who.FAMILY and codes & _FAMILY))
