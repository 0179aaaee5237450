"""Documents given out to staff who may see their case."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from casework.documents import content_of
from web.desks import Reader
from web.document_forms import archive_at
from web.giving_out import given_out
from web.roles import MANAGE

router = APIRouter()


@router.get("/documents/{document_id}")
def download(at: Reader, document_id: UUID) -> Response:
    """A document of a case that one may see. Managers also have those that came by mail and belong to no case yet."""
    unfiled = at.me.role in MANAGE.roles
    return given_out(content_of(at.db, archive_at(at), document_id, at.actor, at.now, unfiled=unfiled))
