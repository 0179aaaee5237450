"""Documents of an answer. Those that were taken need not be chosen again when something else is wrong with the form.

They lie sealed in the store, and the form remembers them in words that only this house can have written, for this link
and this form alone. What is never sent again is thrown away by a night; the form believes its own words for less long.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from casework.document_upkeep import STRAY
from casework.documents import LaidBy, lay_by
from casework.sign_in.keys import keyed
from config.settings import Settings
from documents.checking import ACCEPT, LARGEST, MOST
from documents.checking import TAKEN as KINDS
from web.document_forms import archive_at, documents_sent
from web.faults import Faults
from web.forms import Form
from web.place import Desk

FIELD, TAKEN = "documents", "taken"
LIMITS = {"taken": KINDS, "megabytes": LARGEST // 1024**2, "most": MOST, "accept": ACCEPT}
"""What can be sent, for the hint of the field."""
GOOD_FOR = STRAY - timedelta(hours=12)
"""How long a form remembers a document: well before a night may throw it away."""
_PURPOSE = "document of an answer"
_TOO_OLD = "{} was chosen too long ago. Choose it again"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A document that lies in the store, and the words by which the form remembers it."""

    laid_by: LaidBy
    token: str


def uploaded(at: Desk, link_id: UUID, number: UUID, form: Form, faults: Faults, *, needed: bool) -> Sequence[Uploaded]:
    """Every document of an answer: those taken at an earlier try, and those that came now and are taken.

    A fault for each other one. Raises documents.errors.StoreAway.
    """
    settings = at.place.settings
    known = {each: _said(settings, link_id, number, each) for each in form.many(TAKEN)}
    before: list[Uploaded] = []
    for token, said in known.items():
        if said and at.now - datetime.fromisoformat(said.pop("at")) >= GOOD_FOR:
            faults.say(FIELD, _TOO_OLD.format(said["name"]))
        elif said:
            before.append(_remembered(said, token))
    new = documents_sent(form, FIELD, faults, needed=needed and not before)
    if len(before) + len(new) > MOST:
        faults.say(FIELD, f"These are more than {MOST} documents. Send the others afterwards, as a part")
        return before
    archive = archive_at(at) if new else None
    laid = [lay_by(archive, each) for each in new] if archive else []
    return [*before, *(Uploaded(each, _token(settings, link_id, number, each, at.now)) for each in laid)]


def _token(settings: Settings, link_id: UUID, number: UUID, laid_by: LaidBy, now: datetime) -> str:
    said: dict[str, Any] = {**asdict(laid_by), "id": str(laid_by.id), "content_hash": laid_by.content_hash.hex()}
    said["at"] = now.isoformat()
    body = urlsafe_b64encode(json.dumps(said).encode()).decode()
    return f"{body}.{_proof(settings, link_id, number, body)}"


def _proof(settings: Settings, link_id: UUID, number: UUID, body: str) -> str:
    return keyed(settings, _PURPOSE, str(link_id), str(number), body).hex()


def _said(settings: Settings, link_id: UUID, number: UUID, token: str) -> dict[str, Any] | None:
    body, _, proof = token.partition(".")
    if not hmac.compare_digest(proof.encode(), _proof(settings, link_id, number, body).encode()):
        return None
    return json.loads(urlsafe_b64decode(body))


def _remembered(said: dict[str, Any], token: str) -> Uploaded:
    said |= {"id": UUID(said["id"]), "content_hash": bytes.fromhex(said["content_hash"])}
    return Uploaded(LaidBy(**said), token)
