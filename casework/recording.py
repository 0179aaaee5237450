"""Recording what happened on a case that is open, or was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TypedDict
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import find
from casework.entering import Verdict, enter, weigh
from casework.errors import CaseworkError, Refused
from casework.once import ALWAYS, Once
from casework.plan_refs import said_among
from casework.seen import Sending, already
from casework.sheets import Row, read_sheet, require_columns
from engine.messages import ProcessRef
from records.ledger import NO_TEXTS
from statute.errors import FactError
from statute.facts import Fact
from statute.notation import parse_fact
from statute.standing import standing


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded: the case (of a plan, the review), its ledger's version now, what is odd, and which clocks to
    wake."""

    case_ref: str
    version: int
    warnings: tuple[str, ...] = ()
    wakes: tuple[ProcessRef, ...] = ()


class Said(TypedDict):
    """One sentence about one line of a file."""

    line: int
    case_ref: str
    message: str


@dataclass(slots=True)
class RecordedMany:
    """What came of a file: rows recorded, rows already recorded before, and what was said of the others."""

    recorded: int = 0
    unchanged: int = 0
    refused: list[Said] = field(default_factory=list[Said])
    warnings: list[Said] = field(default_factory=list[Said])
    wakes: list[ProcessRef] = field(default_factory=list[ProcessRef])


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file of facts."""

    line: int
    case_ref: str
    fact: str
    note: str = ""


def record(
    db: Engine,
    reference: str,
    facts: Sequence[Fact],
    actor: Actor,
    now: datetime,
    *,
    confirm: bool = False,
    texts: Mapping[str, str] | None = None,
    seen: int | None = None,
    once: Once[Recorded] = ALWAYS,
) -> Recorded:
    """Record facts on one case: all of them or none, in the order given.

    The reference of a plan means the review that the facts belong to. `texts` (for example a note) are kept beside the
    first fact. `seen` is the ledger's version on the page that was filled in: what was sent with it twice is recorded
    once. Raises UnknownCase; Refused with every reason; NeedsConfirmation for what is unlawful but may be real, unless
    `confirm`; ChangedSince when others have recorded since `seen`.
    """
    if not facts:
        raise Refused("There is nothing to record. Give at least one fact, for example decision_to_assess=2026-11-20.")
    with Session(db) as session, session.begin():
        once.claim(session)
        case = find(session, reference, actor, lock=True, facts=facts)
        if seen is not None and already(session, case, Sending(reference, facts, texts or NO_TEXTS, actor, seen)):
            return once.keep(session, Recorded(case.process.case_ref, case.process.version))
        entered = enter(session, case, facts, actor, now, confirm=confirm, texts=texts or NO_TEXTS)
        done = Recorded(case.process.case_ref, case.process.version, entered.warnings, entered.wakes)
        return once.keep(session, done)


def consider(
    db: Engine,
    reference: str,
    facts: Sequence[Fact],
    actor: Actor,
    now: datetime,
    *,
    texts: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Verdict:
    """What would be said to `record` of these facts: refusals, confirmations, warnings; nothing of what stands already.

    Raises UnknownCase; Refused; ChangedSince as `record` does.
    """
    with Session(db) as session:
        case = find(session, reference, actor, facts=facts)
        if seen is not None and already(session, case, Sending(reference, facts, texts or NO_TEXTS, actor, seen)):
            return Verdict()
        return weigh(session, case, facts, now, texts or NO_TEXTS)


def record_file(db: Engine, path: Path, actor: Actor, now: datetime, *, confirm: bool = False) -> RecordedMany:
    """Record the rows of a CSV or xlsx file with the columns case_ref, fact and (if any) note."""
    sheet = read_sheet(path)
    require_columns(sheet, ("case_ref", "fact"), path)
    return record_many(db, [_line(row) for row in sheet.rows], actor, now, confirm=confirm)


def record_many(
    db: Engine, lines: Iterable[Line], actor: Actor, now: datetime, *, confirm: bool = False
) -> RecordedMany:
    """Record facts on many cases, each case by itself: all of its lines or none.

    What stands already, word for word, is passed over, so that a file can be given again after the lines that
    were refused have been put right.
    """
    result = RecordedMany()
    ordered = sorted(lines, key=lambda line: line.case_ref.upper())
    for _, of_case in groupby(ordered, key=lambda line: line.case_ref.upper()):
        _record_lines(db, list(of_case), actor, now, confirm, result)
    result.refused.sort(key=lambda said: said["line"])
    result.warnings.sort(key=lambda said: said["line"])
    return result


def _record_lines(
    db: Engine, lines: list[Line], actor: Actor, now: datetime, confirm: bool, result: RecordedMany
) -> None:
    at = lines[0]
    try:
        with Session(db) as session, session.begin():
            done = _RecordedLines()
            for at in lines:
                _record_line(session, at, actor, now, confirm, done)
    except CaseworkError as error:
        _refuse(lines, at, error, result)
        return
    result.recorded += done.recorded
    result.unchanged += len(lines) - done.recorded
    result.warnings.extend(done.warnings)
    result.wakes.extend(done.wakes.values())


@dataclass(slots=True)
class _RecordedLines:
    recorded: int = 0
    warnings: list[Said] = field(default_factory=list[Said])
    wakes: dict[UUID, ProcessRef] = field(default_factory=dict[UUID, ProcessRef])


def _record_line(
    session: Session, line: Line, actor: Actor, now: datetime, confirm: bool, done: _RecordedLines
) -> None:
    fact = _read(line)
    # Looked up for each line: the reference of a plan means now this review, now that.
    case = find(session, line.case_ref, actor, lock=True, facts=[fact])
    if said_among(standing(case.facts), fact):
        return
    texts = {"note": line.note} if line.note else NO_TEXTS
    entered = enter(session, case, [fact], actor, now, confirm=confirm, texts=texts)
    done.recorded += 1
    done.wakes.update({wake.process_id: wake for wake in entered.wakes})  # the last one knows of all
    done.warnings.extend(_said(line, warning) for warning in entered.warnings)


def _read(line: Line) -> Fact:
    try:
        return parse_fact(line.fact)
    except FactError as error:
        raise Refused(str(error)) from error


def _refuse(lines: list[Line], at: Line, error: CaseworkError, result: RecordedMany) -> None:
    """Say what stood against one line, and that nothing of its case was recorded because of it."""
    result.refused.extend(_said(at, message) for message in error.messages)
    others = [line for line in lines if line is not at]
    result.refused.extend(
        _said(line, f"Not recorded, because line {at.line} of the same case was refused.") for line in others
    )


def _said(line: Line, message: str) -> Said:
    return Said(line=line.line, case_ref=line.case_ref, message=message)


def _line(row: Row) -> Line:
    return Line(row.line, row.get("case_ref"), row.get("fact"), row.get("note"))
