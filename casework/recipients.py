"""Who a role is, for one process, at this moment: looked up in the directories before every sending.

Restricted persons: the authority's own mail about them goes only to staff who are named, whoever stands in, and
what would go up a service's line goes to those named instead, who climb it by hand. Whoever was asked for
advice is written to as always, because a letter holds nothing but the mail reference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cover import NO_COVER, SERVICE, Covers, covers_on
from post.addresses import is_address, normalised
from records.tables import AdviceRequest, Body, Officer, Person, Process, Setting
from statute.ladder import Role

MANAGER = "manager"
HEADS = ("head_of_service", "admin")
EDUCATION = "education"
HEALTH = "health"
RESTRICTED = "restricted"
NOBODY = "there is no address to write to"
NO_STAFF = "no officer, manager or administrator has an address"
UNNAMED = "restricted: nobody who may be written to is named"
_SERVICE_LINE = frozenset({Role.SERVICE_MANAGER, Role.SERVICE_LEAD})
_ASKED_OR_TOLD = frozenset({Role.ADVISER, Role.TOLD})


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom to write to: `chain` holds the address first, then who is tried when it refuses; it may be empty.

    `service` is the name of the service or setting concerned, empty for the authority's own people; `nobody` says
    what is missing when the chain is empty.
    """

    chain: tuple[str, ...]
    service: str = ""
    nobody: str = NOBODY

    @property
    def address(self) -> str | None:
        """The first address, or None when there is nobody to write to."""
        return self.chain[0] if self.chain else None

    def after(self, refused: str) -> str | None:
        """Whom to try when that address refused; None when nobody is left."""
        if refused not in self.chain:
            return self.address
        rest = self.chain[self.chain.index(refused) + 1 :]
        return rest[0] if rest else None


class Directory:
    """The services, settings and staff of one authority, each read once in a session."""

    def __init__(self, session: Session, authority: str, day: date | None = None) -> None:
        """Nothing is read before it is asked for. `day` is that of the cover that counts; without it none does."""
        self.session = session
        self.authority = authority
        self.day = day
        self._settings: dict[str, Setting | None] = {}
        self._all_settings = False

    @cached_property
    def bodies(self) -> dict[UUID, Body]:
        """Services by id, in the order in which a category asks them."""
        found = self.session.exec(
            select(Body).where(Body.authority == self.authority).order_by(col(Body.position), col(Body.code))
        )
        return {body.id: body for body in found}

    @cached_property
    def officers(self) -> dict[str, Officer]:
        """Active staff by username."""
        return {username: officer for username, officer in self.everybody.items() if officer.active}

    @cached_property
    def covers(self) -> Covers:
        """Who stands in for whom on the day."""
        return covers_on(self.session, self.day) if self.day else NO_COVER

    @cached_property
    def officers_at(self) -> dict[str, Officer]:
        """Active staff by their address."""
        return {address: officer for officer in self.officers.values() for address in _chain(officer.email)}

    def in_their_stead(self, chain: Iterable[str]) -> tuple[str, ...]:
        """The same addresses, before each of somebody who is away those of who stands in for them."""
        return _chain(*(each for address in chain for each in (*self._standing_in(address), address)))

    def asked_at(self, body: Body) -> tuple[str, ...]:
        """Where a service is written to, in the order in which the addresses are tried: its stand-in's first."""
        cover = self.covers.stand_ins(f"{body.category}/{body.code}", SERVICE)
        return _chain(*cover, *service_chain(Role.ADVISER, body))

    def told_at(self, body: Body) -> tuple[str, ...]:
        """Where a service is told what the law wants it to know: its stand-in's, then its own addresses."""
        cover = self.covers.stand_ins(f"{body.category}/{body.code}", SERVICE)
        return _chain(*cover, *service_chain(Role.TOLD, body))

    def _standing_in(self, address: str) -> Iterable[str | None]:
        away = self.officers_at.get(address)
        names = self.covers.stand_ins(away.username) if away and self.covers.rows else ()
        return [self.officers[name].email for name in names if name in self.officers]

    @cached_property
    def everybody(self) -> dict[str, Officer]:
        """Staff by username, those who left included: their cases may still be theirs."""
        query = select(Officer).where(Officer.authority == self.authority).order_by(col(Officer.username))
        return {officer.username: officer for officer in self.session.exec(query)}

    @cached_property
    def left(self) -> frozenset[str]:
        """Addresses of nobody but staff who left: they still stand as manager of others."""
        here = _chain(*(officer.email for officer in self.officers.values()))
        gone = _chain(*(officer.email for officer in self.everybody.values() if not officer.active))
        return frozenset(gone) - frozenset(here)

    def body(self, requests: Iterable[AdviceRequest], subject: str) -> Body | None:
        """The service that a request went to; without a record of it, the first of its category.

        None where a setting was asked, and where there is none.
        """
        request = next((each for each in requests if each.subject == subject), None)
        if request and request.body_id:
            return self.bodies.get(request.body_id)
        if request and request.setting_urn:
            return None
        category, _, code = subject.partition("/")
        known = (body for body in self.bodies.values() if body.active and body.category == category)
        return next((body for body in known if code in ("", body.code)), None)

    @cached_property
    def managers(self) -> tuple[Officer, ...]:
        """The managers of the authority's teams; where there are none, its heads."""
        managers = tuple(officer for officer in self.officers.values() if officer.role == MANAGER)
        return managers or tuple(officer for officer in self.officers.values() if officer.role in HEADS)

    def with_settings(self) -> "Directory":
        """The same with every setting read at once, for whoever asks for many."""
        query = select(Setting).where(Setting.authority == self.authority)
        self._settings.update({setting.urn: setting for setting in self.session.exec(query)})
        self._all_settings = True
        return self

    def setting(self, urn: str | None) -> Setting | None:
        """The school or setting with that URN."""
        if urn is None:
            return None
        if urn not in self._settings and not self._all_settings:
            self._settings[urn] = self.session.get(Setting, (self.authority, urn))
        return self._settings.get(urn)


class Recipients:
    """Everybody who can be written to about one process."""

    def __init__(
        self, directory: Directory, process: Process, person: Person, requests: Iterable[AdviceRequest]
    ) -> None:
        """`person` is the child or young person, `requests` those of the process."""
        self._directory = directory
        self._process = process
        self._person = person
        self._requests = tuple(requests)

    def of(self, role: Role, subject: str = "") -> Addressee:
        """Who has that role, for that request where it is about one."""
        if role in _ASKED_OR_TOLD:
            return self._service(role, subject)
        if self._person.sensitivity == RESTRICTED:
            service = self._service(role, subject).service if role in _SERVICE_LINE else ""
            return Addressee(self._named(role), service, UNNAMED)
        if role in _SERVICE_LINE:
            return self._service(role, subject)
        return Addressee(self._staff(role), self.service(subject) if subject else "", NO_STAFF)

    def service(self, subject: str) -> str:
        """The name of the service or setting that a request went to; empty when nobody knows."""
        return self._service(Role.ADVISER, subject).service

    def binds(self, subject: str) -> str:
        """The id of the limit that a request is under: regulation 8 where section 31 binds the body, else the Code."""
        body = self._body(subject)
        return "reg8_advice" if body and body.section_31 else "code_advice"

    # Services and settings

    def _service(self, role: Role, subject: str) -> Addressee:
        body = self._body(subject)
        if body:
            return Addressee(self._at(role, subject, body), body.name)
        request = next((each for each in self._requests if each.subject == subject), None)
        urn = (request.setting_urn if request else None) or self._person.setting_urn
        setting = self._directory.setting(urn) if subject.partition("/")[0] == EDUCATION else None
        if setting is None:
            return Addressee(())
        return Addressee(_chain(self._asked_of(role, subject), *setting_chain(role, setting)), setting.name)

    def _at(self, role: Role, subject: str, body: Body) -> tuple[str, ...]:
        if role is Role.ADVISER:
            return _chain(self._asked_of(role, subject), *self._directory.asked_at(body))
        return self._directory.told_at(body) if role is Role.TOLD else service_chain(role, body)

    def _asked_of(self, role: Role, subject: str) -> str | None:
        """The colleague to whom a request was passed on within the body."""
        request = next((each for each in self._requests if each.subject == subject), None)
        return request.asked_of if request and role is Role.ADVISER else None

    def _body(self, subject: str) -> Body | None:
        """The service of a request. What nobody asked for by a request (a review) the child's own setting owes."""
        asked = any(request.subject == subject for request in self._requests)
        if subject == EDUCATION and not asked and self._person.setting_urn:
            return None
        return self._directory.body(self._requests, subject)

    # The authority's own staff

    def _staff(self, role: Role) -> tuple[str, ...]:
        heads = _chain(*self._heads())
        if role is Role.HEAD_OF_SERVICE:
            return self._directory.in_their_stead(heads)
        above = (*self._managers(), *heads)
        if role is Role.MANAGER:
            return self._directory.in_their_stead(_chain(*above))
        return _chain(*self._officer(), *self._directory.in_their_stead(_chain(*above)))

    def _officer(self) -> list[str | None]:
        """Who stands in for the officer of the process, also for one who left, and the officer."""
        username = self._process.officer or ""
        officers = (*self._directory.covers.stand_ins(username), username)
        return [each.email for name in officers if (each := self._directory.officers.get(name))]

    def _managers(self) -> tuple[str, ...]:
        """The manager of the officer, even of one who left; else whoever manages the team."""
        officer = self._directory.everybody.get(self._process.officer or "")
        own = self._here(officer.manager_email if officer else None)
        return own or self._here(*self._team_managers())

    def _here(self, *addresses: str | None) -> tuple[str, ...]:
        return tuple(address for address in _chain(*addresses) if address not in self._directory.left)

    def _team_managers(self) -> list[str | None]:
        team = [each for each in self._directory.officers.values() if each.team and each.team == self._process.team]
        return [*(each.email for each in team if each.role == MANAGER), *(each.manager_email for each in team)]

    def _heads(self) -> list[str | None]:
        return [each.email for each in self._directory.officers.values() if each.role in HEADS]

    def _named(self, role: Role) -> tuple[str, ...]:
        """Those named for a restricted person: the officer first, for a manager's mail managers alone."""
        officers = [self._directory.officers.get(name) for name in self._person.restricted_to]
        named = [officer for officer in officers if officer]
        if role in (Role.MANAGER, Role.HEAD_OF_SERVICE):
            named = [officer for officer in named if officer.role != "caseworker"]
        named.sort(key=self._nearness)
        return _chain(*(officer.email for officer in named))

    def _nearness(self, officer: Officer) -> tuple[int, bool]:
        """The officer comes first. While they are away: who stands in, if named; the managers named; the others."""
        mine = self._process.officer or ""
        stand_ins = self._directory.covers.stand_ins(mine)
        if not stand_ins:
            return int(officer.username != mine), False
        if officer.username in stand_ins:
            return 0, False
        return (2, False) if officer.username == mine else (1, officer.role == "caseworker")


def service_chain(role: Role, body: Body) -> tuple[str, ...]:
    """Who is written to at a service, in the order in which they are tried."""
    if role is Role.SERVICE_MANAGER:
        return _chain(body.manager_email, body.lead_email)
    if role is Role.SERVICE_LEAD:
        return _chain(body.lead_email, body.manager_email)
    if role is Role.TOLD and body.category == HEALTH:
        # Regs 4(2)(a) and 10(2): the responsible commissioning body, for which the designated clinical officer acts.
        return _chain(body.lead_email, body.email, body.fallback_email, body.manager_email)
    return _chain(body.email, body.fallback_email, body.manager_email)


def setting_chain(role: Role, setting: Setting) -> tuple[str, ...]:
    """Who is written to at a school or setting, in the order in which they are tried."""
    if role is Role.ADVISER:
        return _chain(setting.email, setting.head_email)
    return _chain(setting.head_email, setting.email)


def officer_chain(officer: Officer) -> tuple[str, ...]:
    """Who is written to in an officer's stead where their own address refuses: whoever manages them."""
    return _chain(officer.email, officer.manager_email)


def _chain(*addresses: str | None) -> tuple[str, ...]:
    """Each usable address once, in order.

    In small letters: two spellings of one address would be two digests a day, and no mail server still in use
    tells them apart.
    """
    usable = (_usable(address) for address in addresses if address)
    return tuple(dict.fromkeys(address for address in usable if address))


@lru_cache(maxsize=4096)
def _usable(address: str) -> str:
    """An address as it is written to; empty for what is none. The same few are asked for thousands of times."""
    return normalised(address).lower() if is_address(address) else ""
