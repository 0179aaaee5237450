"""Who may use what: the roles of the officers' directory, and the access that every route declares."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here to do. The officers' directory says it; a role it does not know may do nothing."""

    CASEWORKER = "caseworker"
    MANAGER = "manager"
    SERVICE_LEAD = "service_lead"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Access:
    """A named set of roles; `signed_in` is False only for what anybody may see (signing in, health, style sheets)."""

    name: str
    roles: frozenset[Role]
    signed_in: bool = True


ANYBODY = Access("anybody", frozenset(Role), signed_in=False)
EVERYBODY = Access("everybody signed in", frozenset(Role))
READ = Access("read cases", frozenset({Role.CASEWORKER, Role.MANAGER, Role.AUDITOR, Role.ADMIN}))
WORK = Access("work on cases", frozenset({Role.CASEWORKER, Role.MANAGER, Role.ADMIN}))
OVERSEE = Access("see how the team stands", frozenset({Role.MANAGER, Role.AUDITOR, Role.ADMIN}))
MANAGE = Access("manage the team", frozenset({Role.MANAGER, Role.ADMIN}))
ADMINISTER = Access("administer the house", frozenset({Role.ADMIN}))
ADVICE = Access("see a service's requests", frozenset({Role.SERVICE_LEAD, Role.MANAGER, Role.AUDITOR, Role.ADMIN}))
PASS_ON = Access(
    "pass a service's requests on", frozenset({Role.SERVICE_LEAD, Role.CASEWORKER, Role.MANAGER, Role.ADMIN})
)
COVER_SERVICES = Access("note cover for services", frozenset({Role.SERVICE_LEAD, Role.MANAGER, Role.ADMIN}))
BY_LINK = Access("hold a link", frozenset(), signed_in=False)
"""Nobody by a role: whoever has proved that the address of a link is theirs (see `web/visitors.py`)."""
BY_METRICS_TOKEN = Access("hold a token for the metrics", frozenset(), signed_in=False)
"""Nobody by signing in: a program with the token that was set for it, or with an auditor's or administrator's own."""
