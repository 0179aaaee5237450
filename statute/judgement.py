"""The judge of new facts: what is refused, what a person must confirm, and what is only odd.

The ledger records what happened, lawful or not. So only what cannot have happened, or cannot be read, is refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from statute.blanks import moved_without, unexplained
from statute.calendar import ENGLAND, Calendar
from statute.confirmations import confirmations
from statute.docket import docket
from statute.errors import ProcessError
from statute.facts import Fact
from statute.form import form_refusals, form_warnings
from statute.kind import A_PROCESS, ASSESSMENT
from statute.kinds import ABOUT_THE_RECORD, MAY_LIE_AHEAD, STARTS
from statute.oddities import oddities
from statute.refusals import refusals
from statute.words import nearest


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands against recording a fact, in sentences for the person who recorded it.

    With `refusals` it is never recorded; with `confirmations` only once confirmed; with `unexplained` only once a
    person has said why, or from a file; `warnings` are only said.
    """

    refusals: tuple[str, ...] = ()
    confirmations: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()


def judge(
    existing: Sequence[Fact], new: Fact, today: date, process: str = ASSESSMENT, calendar: Calendar = ENGLAND
) -> Judgement:
    """Judge one new fact against the ledger of its process, as of `today` (Europe/London).

    `process` is the name of the statutory process; a kind of fact that does not belong to it is refused. Raises
    ProcessError for a process that is not known.
    """
    if process not in A_PROCESS:
        raise ProcessError(f"There is no process {process!r}.{nearest(process, A_PROCESS)}")
    if malformed := tuple(form_refusals(new, process)):
        return Judgement(refusals=malformed)
    case = docket(existing, new, today, process, calendar)
    if case.fact is not None and case.new.kind in ABOUT_THE_RECORD:
        malformed = tuple(form_refusals(case.fact, process))
    if refused := malformed or tuple(dict.fromkeys(refusals(case))):
        return Judgement(refusals=refused)
    warnings = (*form_warnings(case.fact or new), *oddities(case), *moved_without(case))
    return Judgement((), tuple(confirmations(case)), tuple(dict.fromkeys(warnings)), tuple(unexplained(case)))


def judge_all(facts: Iterable[Fact], today: date, process: str = ASSESSMENT) -> Iterator[tuple[Fact, Judgement]]:
    """Judge a whole process: each fact, numbered, in the order in which it happened, against those before it.

    Beginnings come first, then what may lie ahead, then everything else by its day, and last, in the order given,
    what is said about the record.
    """
    before: list[Fact] = []
    for number, fact in enumerate(sorted(facts, key=_as_it_happened), start=1):
        numbered = replace(fact, sequence=number)
        yield numbered, judge(before, numbered, today, process)
        before.append(numbered)


def _as_it_happened(fact: Fact) -> tuple[int, date]:
    if fact.kind in ABOUT_THE_RECORD:
        return (3, date.min)
    if fact.kind in MAY_LIE_AHEAD:
        return (1, date.min)
    return (0 if fact.kind in STARTS else 2, fact.day)
