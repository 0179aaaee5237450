"""Frozen months read back: what was told, whether it is still what was told, and the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from casework.actor import Actor
from casework.cases import authority
from config.clock import london_day
from scorecard.behind import CaseBehind
from scorecard.period import month_after, month_of
from scorecard.snapshots.cases import PSEUDONYM_OF_THE_LIVING
from scorecard.snapshots.hashing import hash_of

_SNAPSHOTS = text(
    "SELECT id, month, taken_at, taken_by, definitions, hash FROM snapshot "
    "WHERE authority = :authority ORDER BY month DESC"
)
_FIGURES = text("SELECT * FROM snapshot_figure WHERE snapshot_id = ANY(:snapshots) ORDER BY number")
# In the words of `said_of`: put together by Postgres, for a hundred thousand rows take seconds to be read one by one.
_CASES = text(
    "SELECT string_agg(pseudonym || convert_to('[[' || array_to_string(among, ', ') || '], [' "
    "|| array_to_string(counted, ', ') || ']]', 'UTF8'), '' ORDER BY pseudonym) "
    "FROM snapshot_case WHERE snapshot_id = :snapshot"
)
_BEHIND = text(
    "SELECT c.id AS process_id, c.mail_ref, c.case_ref, c.officer, c.team, :number = ANY (s.counted) AS counted "
    "FROM process c JOIN person n ON n.id = c.person_id JOIN snapshot_case s ON s.snapshot_id = :snapshot "
    "AND s.pseudonym = " + PSEUDONYM_OF_THE_LIVING + " WHERE c.authority = :authority AND :number = ANY (s.among) "
    "AND n.text_key IS NOT NULL AND (n.sensitivity <> 'restricted' OR :viewer = ANY (n.restricted_to)) "
    'ORDER BY c.case_ref COLLATE "C"'
)
_HOW_MANY = text("SELECT count(*) FROM snapshot_case WHERE snapshot_id = :snapshot AND :number = ANY (among)")


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """One figure as it was told: see `records.tables.SnapshotFigure`."""

    number: int
    measure_id: str
    part: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    target: Decimal | None
    definition: str

    @property
    def is_nought(self) -> bool:
        """Whether it says that there was nobody: what months before there were data say that were frozen as noughts."""
        return self.numerator == 0 and not self.denominator and not self.value


@dataclass(frozen=True, slots=True)
class Frozen:
    """The scorecard of the month that ends on `month`, as it was frozen."""

    id: UUID
    month: date
    taken_at: datetime
    taken_by: str
    definitions: str
    hash: bytes
    figures: Sequence[FrozenFigure]

    @property
    def late(self) -> bool:
        """Whether it was frozen late: see `is_late`."""
        return is_late(self.month, self.taken_at)

    def of(self, measure_id: str, part: str = "") -> FrozenFigure | None:
        """One of its figures."""
        return next((each for each in self.figures if (each.measure_id, each.part) == (measure_id, part)), None)


@dataclass(frozen=True, slots=True)
class FrozenCases:
    """The cases behind a frozen figure that can still be found by the reader; `gone` are those erased, or not to be
    seen."""

    cases: Sequence[CaseBehind]
    gone: int


def is_late(month: date, taken_at: datetime) -> bool:
    """Whether a month was frozen when the month after it was over too: it says what was known then, with what was
    recorded and corrected since its end."""
    return london_day(taken_at) > month_of(month_after(month.replace(day=1))).last


def frozen_months(db: Engine) -> list[date]:
    """The last days of the months that were frozen, the newest first."""
    return list(frozen_on_days(db))


def frozen_on_days(db: Engine) -> dict[date, datetime]:
    """The same months, and when each was frozen."""
    with db.connect() as connection:
        return {row.month: row.taken_at for row in connection.execute(_SNAPSHOTS, {"authority": authority()})}


def frozen(db: Engine, month: date) -> Frozen | None:
    """What was frozen of the month in which the day `month` lies; None where nothing was."""
    with db.connect() as connection:
        return frozen_on(connection, month)


def frozen_on(connection: Connection, month: date) -> Frozen | None:
    """The same on an open connection."""
    last = month_of(month).last
    return frozen_among(connection, [last]).get(last)


def frozen_among(connection: Connection, months: Sequence[date]) -> dict[date, Frozen]:
    """What was frozen of some months, by their last days, in two questions however many they are."""
    heads = [row for row in connection.execute(_SNAPSHOTS, {"authority": authority()}) if row.month in set(months)]
    figures: dict[UUID, list[FrozenFigure]] = {head.id: [] for head in heads}
    for row in connection.execute(_FIGURES, {"snapshots": list(figures)}) if heads else ():
        figures[row.snapshot_id].append(_figure(row))
    return {head.month: Frozen(*head, figures=figures[head.id]) for head in heads}


def is_intact(db: Engine, month: date) -> bool:
    """Whether the snapshot of a month still says what was hashed when it was taken; False where there is none."""
    with db.connect() as connection:
        taken = frozen_on(connection, month)
        if taken is None:
            return False
        bound = {"snapshot": taken.id}
        figures = [dict(row) for row in connection.execute(_FIGURES, {"snapshots": [taken.id]}).mappings()]
        cases = connection.execute(_CASES, bound).scalar_one() or b""
    head = (taken.month, taken.taken_at, taken.taken_by)
    return hash_of(head, taken.definitions, figures, cases) == taken.hash


def frozen_cases(db: Engine, taken: Frozen, number: int, actor: Actor) -> FrozenCases:
    """The cases behind the figure of that number, for whoever may see them."""
    bound = {"snapshot": taken.id, "number": number, "authority": authority(), "viewer": actor.name}
    with db.connect() as connection:
        rows = connection.execute(_BEHIND, bound).all()
        total = connection.execute(_HOW_MANY, bound).scalar_one()
    return FrozenCases([_case(row) for row in rows], total - len(rows))


def _figure(row: Any) -> FrozenFigure:
    return FrozenFigure(
        row.number,
        row.measure_id,
        row.part,
        row.numerator,
        row.denominator,
        row.value,
        row.target,
        row.definition,
    )


def _case(row: Any) -> CaseBehind:
    return CaseBehind(
        row.process_id, row.mail_ref, row.case_ref, row.officer, row.team, "", None, bool(row.counted), ""
    )
