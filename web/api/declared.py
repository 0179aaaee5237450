"""What every operation declares it may answer, so that the description is true."""

from collections.abc import Mapping
from typing import Any

from web.api.problems import Problem

Responses = dict[int | str, dict[str, Any]]

_WORDS: Mapping[int, str] = {
    400: "The request, or its Idempotency-Key, is missing or malformed.",
    401: "No token, or one that does not work.",
    403: "The holder's role does not allow this.",
    404: "No case has that reference, or it is restricted to others.",
    409: "A person must confirm it, others have recorded meanwhile, or the same request is under way.",
    413: "The request is too large.",
    415: "The body is not JSON.",
    422: "Fields that cannot be used, or what is refused; nothing was recorded.",
    503: "The database does not answer.",
}


def problems(*statuses: int) -> Responses:
    """These problems, and those that every operation can answer with."""
    return {
        each: {"model": Problem, "description": _WORDS[each]} for each in sorted({400, 401, 403, 422, 503, *statuses})
    }


READ = problems()
ONE_CASE = problems(404)
WRITE = problems(409, 413, 415)
WRITE_ONE = problems(404, 409, 413, 415)
ASK = problems(413, 415)
