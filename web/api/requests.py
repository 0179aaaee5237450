"""What services were asked for, by mail reference alone: a lead sees their own, whoever oversees the house any."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, TypeAdapter

from casework.service_requests import Service, State, service_page, services_of
from web.api.answers import Answer
from web.api.cursors import cut, key_in
from web.api.declared import READ
from web.api.desks import ApiLead
from web.api.problems import FieldsWrong
from web.api.shapes import Cursor, Day, Line, PageSize
from web.place import Desk
from web.roles import Role

router = APIRouter(tags=["Services"], prefix="/services")

_KEY = TypeAdapter(tuple[Day | None, Line, Line])


class ServiceRequest(Answer):
    """One request for advice. `days` are calendar days until it was answered."""

    mail_ref: str
    service: str
    category: str
    asked: date | None = Field(description="The day the service received it; null: the papers have not been sent yet.")
    due: date | None
    promised: date | None
    state: State
    answered: date | None
    days: int | None


class Performance(Answer):
    """How the services stand together: open requests now, and those answered in the last year."""

    waiting: int
    late: int
    not_asked: int
    answered: int
    in_time: int
    median_days: float | None = Field(description="Calendar days from asked to answered, the middle one.")


class ServiceRequests(Answer):
    """A page of requests, and how the services stand."""

    items: tuple[ServiceRequest, ...]
    performance: Performance
    next: str | None = Field(description="Give it as `cursor` for the next page.")


@router.get("/requests", responses=READ)
def list_what_services_were_asked_for(
    at: ApiLead,
    service: Annotated[
        Line | None, Query(description="Only this service: its category and code.", examples=["health/slt"])
    ] = None,
    answered: Annotated[bool, Query(description="What was given in the last year, instead of what is owed.")] = False,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> ServiceRequests:
    """What services owe, the oldest first, or gave in the last year, the newest first; to a lead their own services."""
    chosen, after = _chosen(at, service), key_in(cursor, _KEY)
    found = service_page(at.db, chosen, at.actor, at.today, answered=answered, after=after, size=page_size)
    rows, more = cut(found.rows, page_size, lambda row: row.key)
    at.saw("api: services", {row.process_id for row in rows})
    return ServiceRequests(
        items=tuple(map(ServiceRequest.model_validate, rows)),
        performance=Performance.model_validate(found.performance),
        next=more,
    )


def _chosen(at: Desk, called: str | None) -> Sequence[Service]:
    """All that are theirs to look at, or the one that is called so. Raises FieldsWrong when that is none of them."""
    lead = at.me.role == Role.SERVICE_LEAD
    mine = services_of(at.db, lead=lead, email=at.me.email, team=at.me.team)
    chosen = [each for each in mine if called is None or each.called == called]
    if called is not None and not chosen:
        raise FieldsWrong([("service", "is none whose requests you may see")])
    return chosen
