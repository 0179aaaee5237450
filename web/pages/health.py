"""Is the server alive, and is what it works with there? For programs that watch the house; no secret in either."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from web.passing import Passerby
from web.readiness import Readiness

router = APIRouter()


@router.get("/healthz")
def alive(at: Passerby) -> JSONResponse:
    """This process answers. For whoever starts it again: what it works with may be away without a fault of its own."""
    return JSONResponse({"alive": True})


@router.get("/readyz")
def ready(at: Passerby) -> JSONResponse:
    """Whether database, Temporal and worker answer, within two seconds or so; 503 when one does not."""
    answers = _readiness(at).answers()
    well = all(answers.values())
    said = {what: "answers" if answer else "does not answer" for what, answer in answers.items()}
    return JSONResponse({"ready": well, **said}, status_code=200 if well else 503)


def _readiness(at: Passerby) -> Readiness:
    state = at.request.app.state
    if not hasattr(state, "readiness"):
        state.readiness = Readiness(at.place)
    return state.readiness
