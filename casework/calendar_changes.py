"""Changing the calendar: first what would move, then all of it in one transaction, with the reason kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, Engine, Uuid, any_, bindparam, func, insert, or_, text
from sqlmodel import Session, col, select

from casework.actor import Actor
from casework.calendar_edits import Edit, kept_days, term_rows
from casework.calendar_moves import Effect, Looked, Move, Rules, changed_days, look_at, near, rules_of
from casework.calendar_words import What, change_in_words
from casework.calendars import calendar_in_force, calendar_of, changed
from casework.cases import authority
from casework.clocks import wake_all
from casework.errors import Refused
from casework.in_force import forget
from casework.locks import alone
from casework.refresh import add_rows, remove_rows
from config.clock import london_day, utc_of_london
from records.tables import CalendarChange, CalendarDay, MovedDay, Person, Process, Term

ONE_DAY = timedelta(days=1)
CHUNK = 200
"""Cases whose rows are written in one statement."""

# In the order of their ids, as everywhere: no two wait for each other.
_HELD = text("SELECT id, version FROM process WHERE id = ANY (CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE")

BUSY = "Somebody else is changing the calendar at this moment. Wait until that is done, then give the command again."
CHANGED = "The calendar was changed by somebody else meanwhile. Give the command again, and look at what would move."


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that was worked out and not made: `what` is empty when the calendar is so already.

    `after` is the number of the last change when it was worked out, `looked` what is in the cases near it, and
    `notes` are sentences for whoever gave the command.
    """

    what: What
    notes: tuple[str, ...]
    after: int
    rules: Rules
    looked: Looked

    @property
    def moves(self) -> list[Move]:
        """The days that move, of the cases that the actor may see; what is open comes first."""
        return moves_of(self.looked.effects.values())

    @property
    def hidden(self) -> int:
        """How many more cases have days that move, which only named staff may see."""
        return sum(bool(effect.moves) and not effect.seen for effect in self.looked.effects.values())

    @property
    def words(self) -> str:
        """The change in words; empty when there is nothing to change."""
        return change_in_words(self.what)


@dataclass(frozen=True, slots=True)
class Applied:
    """A change that was made: its number, the days that moved, the clocks that were told."""

    number: int
    moves: Sequence[Move]
    woken: int


def moves_of(effects: Iterable[Effect]) -> list[Move]:
    """The moves of all cases that may be seen, in the order in which they are shown."""
    found = [move for effect in effects if effect.seen for move in effect.moves]
    return sorted(found, key=lambda move: (move.standing != "open", move.was or date.max, move.case_ref, move.limit))


def work_out(db: Engine, edit: Edit, actor: Actor, now: datetime) -> Plan:
    """What an edit would change and move; nothing is written. Raises Refused."""
    with Session(db) as session:
        after = _last_number(session)
        resolved = edit.resolve(session)
        old = calendar_in_force(session)
        new = calendar_of(changed(kept_days(session), resolved.what))
        rules = rules_of(session, old, new, london_day(now))
        looked = look_at(session, near(session, changed_days(old, new)), rules, actor)
        return Plan(resolved.what, resolved.notes, after, rules, looked)


def apply(db: Engine, plan: Plan, actor: Actor, now: datetime, because: str = "") -> Applied:
    """Make a change that was worked out: all of it in one transaction, or nothing.

    Cases on which something was recorded meanwhile are looked at again. Raises Refused when the calendar itself was
    changed meanwhile, or is being changed.
    """
    if not plan.what:
        return Applied(0, (), 0)
    with alone(db, "calendar") as hold:
        if not hold.mine:
            raise Refused(BUSY)
        with Session(db) as session, session.begin():
            return _apply(session, plan, actor, now, because.strip())


def _apply(session: Session, plan: Plan, actor: Actor, now: datetime, because: str) -> Applied:
    if _last_number(session) != plan.after or london_day(now) != plan.rules.today:
        raise Refused(CHANGED)
    effects = _up_to_date(session, plan, actor)
    change = CalendarChange(
        authority=authority(),
        number=plan.after + 1,
        what=dict(plan.what),
        because=because,
        applied_at=now,
        applied_by=actor.name,
    )
    session.add(change)
    session.flush()
    _keep_days(session, plan.what, change.number)
    _keep_terms(session, plan.what.get("terms", {}), change.number)
    forget(session)
    _keep_rows(session, effects, change.number)
    woken = _wake(session, plan, [effect.process_id for effect in effects if effect.moves], now)
    return Applied(change.number, moves_of(effects), woken)


def _up_to_date(session: Session, plan: Plan, actor: Actor) -> list[Effect]:
    """The effects on the cases as they are now, and nobody records on them until this is done."""
    ids = near(session, changed_days(plan.rules.old, plan.rules.new))
    versions = session.connection().execute(_HELD, {"ids": ids}).all()
    again = {process for process, version in versions if plan.looked.versions.get(process) != version}
    looked = look_at(session, again, plan.rules, actor)
    untouched = [effect for effect in plan.looked.effects.values() if effect.process_id not in again]
    return [*untouched, *looked.effects.values()]


def _last_number(session: Session) -> int:
    return session.exec(select(func.max(CalendarChange.number))).one() or 0


def _keep_days(session: Session, what: What, number: int) -> None:
    for each in what.get("remove", ()):
        gone = (authority(), date.fromisoformat(each["day"]), each["kind"])
        session.delete(session.get_one(CalendarDay, gone))
    session.flush()
    for each in what.get("add", ()):
        day = date.fromisoformat(each["day"])
        session.add(
            CalendarDay(authority=authority(), day=day, kind=each["kind"], name=each["name"], change_number=number)
        )


def _keep_terms(session: Session, terms: What, number: int) -> None:
    for term in term_rows(terms.get("remove", ())):
        session.delete(session.get_one(Term, (authority(), term.setting_urn, term.first)))
    session.flush()
    for term in term_rows(terms.get("add", ())):
        session.add(Term(authority=authority(), change_number=number, **asdict(term)))


def _keep_rows(session: Session, effects: Sequence[Effect], number: int) -> None:
    """The read model as it now is, and the journal of what moved in it."""
    for start in range(0, len(effects), CHUNK):
        chunk = effects[start : start + CHUNK]
        remove_rows(session, [effect.process_id for effect in chunk])
        add_rows(session, [row for effect in chunk for row in effect.rows])
        if moved := [_journal(move, number) for effect in chunk for move in effect.moves]:
            session.connection().execute(insert(MovedDay).inline(), moved)


def _journal(move: Move, number: int) -> Mapping[str, object]:
    return {
        "authority": authority(),
        "change_number": number,
        "process_id": move.process_id,
        "limit_id": move.limit,
        "subject": move.subject,
        "field": move.field,
        "was": move.was,
        "now": move.now,
    }


def _wake(session: Session, plan: Plan, moved: Collection[UUID], now: datetime) -> int:
    """Tell the clocks concerned: a day moved, they would wake on a changed day, or their school's terms are others."""
    sides = plan.what.get("terms", {})
    urns = {term.setting_urn for side in ("add", "remove") for term in term_rows(sides.get(side, ()))}
    if "" in urns:
        return wake_all(session, now)
    concerned = [col(Process.id) == any_(bindparam("moved", list(moved), type_=ARRAY(Uuid())))]
    for day in changed_days(plan.rules.old, plan.rules.new):
        next_day = utc_of_london(day + ONE_DAY, time())
        concerned.append(col(Process.next_wake).between(utc_of_london(day, time()), next_day))
    if urns:
        at_them = select(Person.id).where(col(Person.setting_urn).in_(urns))
        concerned.append(col(Process.person_id).in_(at_them))
    return wake_all(session, now, or_(*concerned))
