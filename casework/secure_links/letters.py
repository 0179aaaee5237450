"""The links that one letter carries: each opens one thing, for the address that this letter goes to and no other."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session, select

from casework.notices import AWAY
from casework.secure_links.addresses import link_of, makes_links
from casework.secure_links.making import Opens, secret_to
from config.settings import Settings, get_settings
from records.tables import AdviceRequest, Message
from statute.ladder import Kind, Role

# What asks something of whoever was asked for advice. Who is told to stop has nothing left to open.
_OF_STEPS = (Kind.ANNOUNCE, Kind.REQUEST, Kind.CHASE, Kind.RESUME, Kind.PASSED_ON)
_ASKS = frozenset({AWAY, *(each.value for each in _OF_STEPS)})


@dataclass
class Links:
    """The links of one letter to `recipient`, made in the transaction that claims it.

    An officer, a manager or a lead gets none: they sign in. Where no links can be made, all are empty.
    """

    session: Session
    recipient: str
    now: datetime
    asks: bool = field(default=False, init=False)

    def of(self, message: Message) -> str:
        """The address behind which stands what a message is about; empty where nothing does."""
        if message.kind == Kind.NOTIFY and message.role == Role.TOLD:
            return self._notice(message)
        if message.kind in _ASKS and message.role == Role.ADVISER:
            return self._request(message)
        return ""

    def to_everything(self) -> str:
        """The address of all that the recipient was asked for, where this letter asks for something."""
        return self._at(Opens.LIST) if self.asks else ""

    def _request(self, message: Message) -> str:
        mine = (AdviceRequest.process_id == message.process_id, AdviceRequest.subject == message.subject)
        request = self.session.exec(select(AdviceRequest).where(*mine)).first()
        link = self._at(Opens.REQUEST, request=request) if request else ""
        self.asks = self.asks or bool(link)
        return link

    def _notice(self, message: Message) -> str:
        about = f"{message.limit_id}/{message.subject}"
        return self._at(Opens.NOTICE, process_id=message.process_id, subject=about)

    def _at(self, opens: Opens, **about: Any) -> str:
        if not self._makes_links:
            return ""
        secret = secret_to(self.session, self._settings, opens, self.recipient, self.now, **about)
        return link_of(self._settings, secret)

    # Read once for each letter: it takes milliseconds, and a digest may hold dozens of links.

    @cached_property
    def _settings(self) -> Settings:
        return get_settings()

    @cached_property
    def _makes_links(self) -> bool:
        return makes_links(self._settings)
