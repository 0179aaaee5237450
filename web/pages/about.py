"""What is said of the service itself."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from web.desks import Open

router = APIRouter()


@router.get("/accessibility")
def accessibility(at: Open) -> HTMLResponse:
    """How far everybody can use the pages, and whom to tell where they cannot."""
    return at.page("accessibility.html", title="Accessibility")
