"""Whether somebody may be asked at once in a colleague's stead: only an address that is surely of the same body."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from casework.answering.holding import InHand
from casework.recipients import Directory
from config.clock import london_day
from post.addresses import domain_of, is_address, normalised
from records.tables import AdviceRequest, Body, Setting

# Anybody has an address there: that two end alike says nothing of where people work.
_OF_ANYBODY = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk"),
        *("msn.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com"),
        *("proton.me", "protonmail.com", "gmx.com", "mail.com", "talktalk.net", "virginmedia.com"),
    }
)

# Thousands of bodies write from there: it does not say that two people work for the same one. A service's lead, who
# is known by name and answers for it, may still give a request to somebody there.
_OF_MANY_BODIES = frozenset({"nhs.net", "nhs.scot", "wales.nhs.uk", "cjsm.net"})


def may_be_asked(session: Session, held: InHand, address: str, own: str, now: datetime) -> bool:
    """Whether a request may be passed on to that address by whoever answers at their `own`, without a caseworker.

    It ends as theirs does, or stands in the directory as one of the same body.
    """
    return of_one_body(address, own) or address in set(_known(session, held.row, held.case.process.authority, now))


def of_one_body(address: str, own: str) -> bool:
    """Whether two addresses (normalised) are surely of the same body, as far as addresses tell."""
    return ends_alike(address, own) and domain_of(address) not in _OF_MANY_BODIES


def ends_alike(address: str, own: str) -> bool:
    """Whether two addresses (normalised) are of one domain, and not of one where anybody has an address."""
    domain = domain_of(address)
    return domain == domain_of(own) and domain not in _OF_ANYBODY


def _known(session: Session, row: AdviceRequest, authority: str, now: datetime) -> Iterator[str]:
    directory = Directory(session, authority, london_day(now))
    body, setting = directory.body([row], row.subject), directory.setting(row.setting_urn)
    found = [*_of_body(directory, body)] if body else [*_of_setting(setting)] if setting else []
    yield from (normalised(each).lower() for each in found if each and is_address(each))


def _of_body(directory: Directory, body: Body) -> Iterator[str | None]:
    yield from directory.asked_at(body)
    yield from (body.manager_email, body.lead_email)


def _of_setting(setting: Setting) -> Iterator[str | None]:
    yield from (setting.email, setting.head_email)
