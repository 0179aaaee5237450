"""What a list says of each case beside its limit: read for a whole page at once, in a fixed number of questions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text
from sqlmodel import Session

from casework.contacts_log import last_family_contact
from casework.listing.actions import Here, Owed
from casework.listing.stages import stage_of
from casework.listing.words import adviser
from records.ledger import facts_of_many
from records.tables.deadlines import UNTIL
from statute.advice import Request, requests
from statute.facts import Fact
from statute.kind import ASSESSMENT
from statute.review_case import DECISIONS, arranger
from statute.review_standing import held_meeting, planned_meeting
from statute.standing import standing

_CASES = text(
    "SELECT p.id, p.kind, p.case_ref, p.mail_ref, n.forename, n.surname, s.name AS school FROM process p "
    "JOIN person n ON n.id = p.person_id "
    "LEFT JOIN setting s ON s.urn = n.setting_urn AND s.authority = p.authority WHERE p.id = ANY(:wanted)"
)
_SPELLS = text(
    "SELECT process_id, limit_id, subject, standing, legal_due, start FROM deadline "  # noqa: S608 - words of ours
    f"WHERE process_id = ANY(:wanted) AND from_day <= :day AND {UNTIL} > :day"
)
_ASKED = text(
    "SELECT a.process_id, a.subject, coalesce(b.name, s.name) AS who FROM advice_request a "
    "LEFT JOIN body b ON b.id = a.body_id "
    "LEFT JOIN setting s ON s.urn = a.setting_urn AND s.authority = a.authority WHERE a.process_id = ANY(:wanted)"
)
# What chases, by whom it goes to: not the first asking, not the papers, not "no more is needed".
_CHASED = text(
    "SELECT process_id, subject, role, count(*) AS number FROM message WHERE process_id = ANY(:wanted) "
    "AND status = 'sent' AND kind IN ('chase', 'escalate', 'danger') "
    "AND role IN ('adviser', 'service_manager', 'service_lead', 'head_of_service') GROUP BY 1, 2, 3"
)
_WINDOWS = ("reg13_representations", "reg22_representations")

Chases = Mapping[tuple[UUID, str], Mapping[str, int]]
"""How often somebody of a role was chased for the advice of a process and subject."""

NO_CHASES: Chases = {}
NO_CONTACTS: Mapping[UUID, date] = {}

Spells = Mapping[tuple[str, str], Mapping[str, Any]]
"""The spells of one process that hold on the day, by limit and subject."""


@dataclass(frozen=True, slots=True)
class Details:
    """One case on the day of a list.

    `began` is the day the request was received, or the review meeting was held; `last_contact` the last day on which
    the family was in contact. `facts` are those that stand on the day.
    """

    process: str
    mail_ref: str
    name: str
    here: Here
    began: date | None
    last_contact: date | None
    spells: Spells
    facts: Sequence[Fact]


def details(session: Session, wanted: Collection[UUID], day: date, today: date) -> dict[UUID, Details]:
    """The details of these processes as they stood on `day`, on today's knowledge.

    Chases and contacts are those up to today: on a past day none are given.
    """
    ids = sorted(set(wanted))
    if not ids:
        return {}
    connection, bound = session.connection(), {"wanted": ids}
    facts = {process: standing(known, day) for process, known in facts_of_many(session, ids).items()}
    spells = _spells(connection, ids, day)
    asked = {(row.process_id, row.subject): row.who for row in connection.execute(_ASKED, bound) if row.who}
    chased, contacts = NO_CHASES, NO_CONTACTS
    if day >= today:
        chased, contacts = _chases(connection, ids), last_family_contact(session, ids)
    return {
        row.id: _details(row, facts[row.id], spells[row.id], asked, chased, contacts.get(row.id), day)
        for row in connection.execute(_CASES, bound)
    }


def _spells(connection: Connection, ids: Sequence[UUID], day: date) -> Mapping[UUID, Spells]:
    found: defaultdict[UUID, dict[tuple[str, str], dict[Any, Any]]] = defaultdict(dict)
    for row in connection.execute(_SPELLS, {"wanted": ids, "day": day}).mappings():
        found[row["process_id"]][row["limit_id"], row["subject"]] = dict(row)
    return found


def _chases(connection: Connection, ids: Sequence[UUID]) -> Chases:
    found: defaultdict[tuple[UUID, str], dict[str, int]] = defaultdict(dict)
    for row in connection.execute(_CHASED, {"wanted": ids}):
        found[row.process_id, row.subject][row.role] = row.number
    return found


def _details(
    row: Any,
    facts: Sequence[Fact],
    spells: Spells,
    asked: Mapping[tuple[UUID, str], str],
    chased: Chases,
    contact: date | None,
    day: date,
) -> Details:
    review = row.kind != ASSESSMENT
    owed = () if review else tuple(_owed(each, row.id, asked, chased) for each in requests(facts) if each.is_open)
    here = Here(
        day=day,
        stage=stage_of(row.kind, [(limit, spell["standing"]) for (limit, _), spell in spells.items()]),
        owed=owed,
        window=max((spells[key]["legal_due"] for key in spells if key[0] in _WINDOWS), default=None),
        decided=_last_decision(facts) if review else "",
        planned=planned_meeting(facts) if review else None,
        school=row.school or "",
        by_authority=review and _by_authority(facts),
    )
    began = held_meeting(facts) if review else spells.get(("reg13_final_plan", ""), {}).get("start")
    name = f"{row.forename} {row.surname}".strip()
    return Details(row.kind, row.mail_ref, name, here, began, contact, spells, facts)


def _owed(
    request: Request,
    process: UUID,
    asked: Mapping[tuple[UUID, str], str],
    chased: Chases,
) -> Owed:
    times = chased.get((process, request.key), {})
    return Owed(
        subject=request.subject,
        who=asked.get((process, request.key)) or adviser(request.key),
        asked=request.start,
        chased=times.get("adviser", 0),
        roles=frozenset(times),
        promised=promised(request),
    )


def promised(request: Request) -> date | None:
    """The day of the last promise: asked for again as insufficient, what was promised before has come to nothing."""
    for fact in reversed(request.told):
        if fact.kind == "advice_insufficient":
            return None
        said = fact.attributes.get("by") or fact.attributes.get("day")
        if fact.kind == "advice_expected" and said:
            return date.fromisoformat(said)
    return None


def _last_decision(facts: Sequence[Fact]) -> str:
    return next((fact.kind for fact in reversed(facts) if fact.kind in DECISIONS), "")


def _by_authority(facts: Sequence[Fact]) -> bool:
    said = next((fact for fact in reversed(facts) if fact.kind == "review_arranged_by"), None)
    return said is not None and arranger(said) == "authority"
