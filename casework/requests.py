"""Requests for advice: one ask of one body in one process (reg 6(1)), kept in step with the facts.

They are set up by the decision to assess, or by the first fact about one. A request nobody wants any more (another
body was asked instead, or the decision was retracted) has the mode "dropped".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases import Case
from records.tables import AdviceRequest, Body, Setting
from statute.facts import Fact

SOUGHT_BY_DEFAULT: tuple[str, ...] = ("education", "health", "educational_psychology", "social_care")
"""Reg 6(1)(b) to (e): health and social care are never left blank."""

MODES = ("seek", "reuse", "already_asked")
DROPPED = "dropped"

_ASKED = frozenset({"advice_requested", "advice_reused"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request as the facts have it."""

    subject: str
    mode: str
    named: str = ""

    @property
    def category(self) -> str:
        """education, health, educational_psychology, social_care or other."""
        return self.subject.partition("/")[0]

    @property
    def body(self) -> str:
        """The body's code; empty for the one that the category asks by default."""
        return self.named or self.subject.partition("/")[2]


def completed(session: Session, case: Case, fact: Fact) -> Fact:
    """A request with what the directory knows: whether regulation 8 binds the body (section 31), if not said; and which
    body it is, where the category alone was named."""
    if fact.kind not in _ASKED or "section_31" in fact.attributes:
        return fact
    wanted = Wanted(fact.subject, "seek", fact.attributes.get("body", ""))
    body = _body(session, case, wanted)
    bound = "no" if body is None and wanted.category == "education" else _yes_no(body)
    if bound is None:
        return fact
    known = {"section_31": bound, **({"body": body.code} if body and "/" not in fact.subject else {})}
    return replace(fact, attributes=MappingProxyType({**known, **fact.attributes}))


def keep_requests(
    session: Session, case: Case, stands: Sequence[Fact], new: Sequence[Fact], now: datetime
) -> tuple[str, ...]:
    """Create, change and drop the requests of a case so that they are those of its standing facts.

    Returns a warning for every new request that has no address to go to.
    """
    wanted = {each.subject: each for each in wanted_requests(stands)}
    # What was just opened has nothing yet: opening a case asks the database as little as it can.
    earlier = requests_of(session, case.process.id) if len(case.facts) > len(new) else ()
    kept = {row.subject: row for row in earlier}
    for subject, row in kept.items():
        _follow(session, case, row, wanted.get(subject))
    added = [each for subject, each in wanted.items() if subject not in kept]
    warnings = [_added(session, case, each, now) for each in added]
    return tuple(warning for warning in warnings if warning)


def requests_of(session: Session, process_id: UUID) -> Sequence[AdviceRequest]:
    """The requests of one process, dropped ones included."""
    return session.exec(select(AdviceRequest).where(AdviceRequest.process_id == process_id)).all()


def wanted_requests(stands: Sequence[Fact]) -> list[Wanted]:
    """The requests that standing facts (in order) set up."""
    found: dict[str, Wanted] = {}
    for fact in stands:
        if fact.kind == "decision_to_assess":
            found.update({subject: Wanted(subject, mode) for subject, mode in _planned(fact).items()})
        elif fact.kind in _ASKED:
            mode = "reuse" if fact.kind == "advice_reused" else "seek"
            found[fact.subject] = Wanted(fact.subject, mode, fact.attributes.get("body", ""))
            # Asked of a body by name: the category's default is not asked as well, unless it already was.
            found.pop(_unasked(fact.subject, stands), None)
        elif fact.kind == "advice_reassigned" and (another := _another(fact)):
            found.setdefault(another, Wanted(another, "seek"))
    return list(found.values())


def _another(reassigned: Fact) -> str:
    """The subject of the new request when one body passes the asking on to another; empty within a body."""
    category, _, mine = reassigned.subject.partition("/")
    body = reassigned.attributes.get("body", "")
    return f"{category}/{body}" if body and body != mine else ""


def _unasked(subject: str, stands: Sequence[Fact]) -> str:
    category, _, body = subject.partition("/")
    asked = any(fact.kind in _ASKED and fact.subject == category for fact in stands)
    return category if body and not asked else ""


def _follow(session: Session, case: Case, row: AdviceRequest, wanted: Wanted | None) -> None:
    """Keep a request in step with the facts; a body named by them takes the place of the default."""
    row.mode = wanted.mode if wanted else DROPPED
    if wanted is not None and wanted.named and (body := _body(session, case, wanted)) is not None:
        if row.body_id != body.id:
            row.asked_of = None  # a colleague of those who were asked before is none of theirs
        row.body_id, row.setting_urn = body.id, None
    session.add(row)


def _planned(decision: Fact) -> dict[str, str]:
    """What the caseworker said with the decision, over the default: seek all four."""
    modes: dict[str, str] = dict.fromkeys(SOUGHT_BY_DEFAULT, "seek")
    for mode in MODES:
        subjects = [part.strip() for part in decision.attributes.get(mode, "").split(",")]
        for subject in filter(None, subjects):
            if "/" in subject:  # a body by name stands for its category
                modes.pop(subject.partition("/")[0], None)
            modes[subject] = mode
    return modes


def _added(session: Session, case: Case, wanted: Wanted, now: datetime) -> str:
    body = _body(session, case, wanted)
    urn = case.person.setting_urn if wanted.category == "education" and body is None else None
    session.add(
        AdviceRequest(
            authority=case.process.authority,
            process_id=case.process.id,
            category=wanted.category,
            body_id=body.id if body else None,
            setting_urn=urn,
            subject=wanted.subject,
            mode=wanted.mode,
            created_at=now,
        )
    )
    return _no_address(session, case, wanted, body) if wanted.mode == "seek" else ""


def _no_address(session: Session, case: Case, wanted: Wanted, body: Body | None) -> str:
    if body is not None:
        if body.email:
            return ""
        return f"{body.name} has no address in the directory of services: nothing will be sent. Add it there."
    if wanted.category == "education" and not wanted.body:
        return _no_school_address(session, case)
    who = f"{wanted.body} for {wanted.category}" if wanted.body else f"nobody for {wanted.category}"
    lacks = "does not know" if wanted.body else "names"
    return (
        f"The directory of services {lacks} {who}: no address, nothing will be sent. "
        "Add it with 'ehcp services import', or ask the service yourself."
    )


def _no_school_address(session: Session, case: Case) -> str:
    urn = case.person.setting_urn
    if not urn:
        return "No school or setting is recorded for the child: no address for education, nothing will be sent."
    setting = session.get(Setting, (case.process.authority, urn))
    if setting is not None and setting.email:
        return ""
    return (
        f"The setting {urn} has no address in the directory of settings: nothing will be sent to it. "
        "Add it with 'ehcp settings import', or ask the school yourself."
    )


def _body(session: Session, case: Case, wanted: Wanted) -> Body | None:
    """The body named, else the first of its category; for education the child's own setting comes before any."""
    if wanted.category == "education" and not wanted.body and case.person.setting_urn:
        return None
    bodies = [body for body in _directory(session, case.process.authority) if body.category == wanted.category]
    if wanted.body:
        return next((body for body in bodies if body.code == wanted.body), None)
    return next((body for body in bodies if body.active), None)


def _directory(session: Session, authority: str) -> list[Body]:
    # Read once for each command: a loader of many cases asks thousands of times.
    if "bodies" not in session.info:
        query = select(Body).where(Body.authority == authority).order_by(col(Body.position), col(Body.code))
        session.info["bodies"] = list(session.exec(query))
    return session.info["bodies"]


def _yes_no(body: Body | None) -> str | None:
    if body is None:
        return None
    return "yes" if body.section_31 else "no"
