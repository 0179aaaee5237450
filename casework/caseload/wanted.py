"""What a row of a case file says, as facts of the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.caseload.columns import ADVICE_RECEIVED, CATEGORIES, SINGLE_FACTS
from casework.caseload.rows import CaseRow
from statute.kinds_of_assessments import REQUESTERS

NHS = "health"
"""The category whose bodies regulation 8 binds by default (section 31 bodies); the directory may say otherwise."""

Key = tuple[str, str]
"""Kind and subject of a fact."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One fact that a row says: its key, day and attributes, the column it is from, and free text beside it.

    An attribute with an empty value says that there is none.
    """

    kind: str
    subject: str
    day: date
    column: str
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    texts: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def key(self) -> Key:
        """Kind and subject: a row says each at most once."""
        return self.kind, self.subject


_COLUMNS_OF: dict[Key, tuple[str, ...]] = {
    ("request_received", ""): ("request_source",),
    ("became_responsible", ""): ("request_source",),
    ("decision_to_assess", ""): ("decision", "decision_notified"),
    ("decision_not_to_assess", ""): ("decision", "decision_notified"),
    **{("advice_requested", category): ("advice_requested",) for category in CATEGORIES},
    **{("advice_received", category): (column,) for column, category in ADVICE_RECEIVED.items()},
    **{(kind, ""): (column,) for column, kind in SINGLE_FACTS.items()},
    ("relief", ""): ("relief_ground", "relief_from", "relief_to"),
}

START_KINDS = ("request_received", "became_responsible")


def spoken_of(row: CaseRow) -> set[Key]:
    """The facts about which the row can be relied on: said, or not said because they did not happen.

    A column that the file does not have, or whose cell is doubtful, leaves what is recorded as it is.
    """
    keys = {key for key, columns in _COLUMNS_OF.items() if row.present.issuperset(columns)}
    return keys if "request_source" in row.present else keys - {(kind, "") for kind in START_KINDS}


def wanted_facts(row: CaseRow, section_31: Mapping[str, bool]) -> list[Wanted]:
    """The facts of a row in the order of the process. `section_31` says by category whether regulation 8 binds the
    body that is asked by default."""
    return [_start(row), *_decision(row), *_advice(row, section_31), *_singles(row), *_relief(row)]


def _start(row: CaseRow) -> Wanted:
    """The request, or for sources 3 to 5 the day the authority became responsible (reg 5(1)(b))."""
    kind = "request_received" if row.source is None or row.source in REQUESTERS else "became_responsible"
    attributes = {} if row.source is None else {"source": str(row.source)}
    return Wanted(kind, "", row.received, "received", attributes)


def _decision(row: CaseRow) -> Iterator[Wanted]:
    if row.decision:
        kind = "decision_to_assess" if row.decision == "assess" else "decision_not_to_assess"
        yield Wanted(kind, "", row.days["decision_notified"], "decision_notified")


def _advice(row: CaseRow, section_31: Mapping[str, bool]) -> Iterator[Wanted]:
    if asked := row.days.get("advice_requested"):
        for category in CATEGORIES:
            binds = "yes" if section_31.get(category, category == NHS) else "no"
            yield Wanted("advice_requested", category, asked, "advice_requested", {"section_31": binds})
    for column, category in ADVICE_RECEIVED.items():
        if day := row.days.get(column):
            yield Wanted("advice_received", category, day, column)


def _singles(row: CaseRow) -> Iterator[Wanted]:
    for column, kind in SINGLE_FACTS.items():
        if day := row.days.get(column):
            yield Wanted(kind, "", day, column)


def _relief(row: CaseRow) -> Iterator[Wanted]:
    """A relief without a limit: it lifts each of the authority's own limits that admits its ground (ledger, `relief`).

    Its day is the first of its period, or the request where the period began before.
    """
    if row.relief is None:
        return
    period = {"from": row.relief.first.isoformat(), "to": row.relief.last.isoformat()}
    texts = {"because": row.relief_note} if row.relief_note else {}
    day = max(row.relief.first, row.received)
    yield Wanted("relief", "", day, "relief_ground", {"ground": row.relief.ground, **period}, texts)
