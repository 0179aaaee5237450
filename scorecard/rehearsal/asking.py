"""The requests for advice of a case in a rehearsal, kept in step with its facts as `casework.requests` keeps them."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from casework.recipients import Recipients
from casework.requests import Wanted, wanted_requests
from config.clock import london_day
from records.tables import AdviceRequest
from scorecard.rehearsal.held import Held
from scorecard.rehearsal.world import World
from statute.facts import Fact
from statute.standing import standing


def completed(fact: Fact, case: Held, world: World, now: datetime) -> Fact:
    """A request with whether regulation 8 binds the body that it goes to, as the directory knows it."""
    if fact.kind != "advice_requested":
        return fact
    recipients = Recipients(world.directory_on(london_day(now)), case.process, case.person, case.requests)
    bound = "yes" if recipients.binds(fact.subject) == "reg8_advice" else "no"
    return replace(fact, attributes=MappingProxyType({"section_31": bound, **fact.attributes}))


def keep_requests(case: Held, world: World, now: datetime) -> None:
    """Add the requests that a decision sets up, each of the body that its category asks."""
    have = {each.subject for each in case.requests}
    wanted = (each for each in wanted_requests(standing(case.facts)) if each.subject not in have)
    case.requests.extend([_request(case, world, each, now) for each in wanted])


def _request(case: Held, world: World, wanted: Wanted, now: datetime) -> AdviceRequest:
    is_education, urn = wanted.category == "education", case.person.setting_urn
    to_school = is_education and not wanted.body and urn
    body = None if to_school else world.directory.body((), wanted.subject)
    return AdviceRequest(
        authority=case.process.authority,
        process_id=case.process.id,
        category=wanted.category,
        body_id=body.id if body else None,
        setting_urn=urn if is_education and body is None else None,
        subject=wanted.subject,
        mode=wanted.mode,
        created_at=now,
    )
