"""The kinds of problems that the API answers with, each with a page that explains it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

WHERE = "/api/v1/problems/"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind: the last part of its address, the status, a title, and what the caller should do."""

    slug: str
    status: int
    title: str
    remedy: str

    @property
    def uri(self) -> str:
        """The `type` of RFC 9457, relative to this server; its page explains it."""
        return WHERE + self.slug


BAD_REQUEST = ProblemType(
    "bad-request", 400, "The request could not be read", "Send well-formed HTTP and JSON in UTF-8."
)
NO_KEY = ProblemType(
    "no-idempotency-key",
    400,
    "The Idempotency-Key is missing",
    "Send the header Idempotency-Key with every write: a new value for every new request, the same for a repetition.",
)
NOT_SIGNED_IN = ProblemType(
    "no-token",
    401,
    "A token that works is needed",
    "Send Authorization: Bearer and a personal access token. It may have expired, been revoked, or its holder left.",
)
NOT_ALLOWED = ProblemType(
    "not-allowed", 403, "Your role does not allow this", "Use the token of somebody whose work this is."
)
NOT_FOUND = ProblemType("not-found", 404, "There is nothing at this address", "Look at the list of operations.")
UNKNOWN_CASE = ProblemType(
    "unknown-case",
    404,
    "No case has that reference",
    "Check the reference. A case that is restricted to named staff is answered like one that does not exist.",
)
NO_METHOD = ProblemType("method-not-allowed", 405, "That method is not used here", "Look at the list of operations.")
NEEDS_CONFIRMATION = ProblemType(
    "needs-confirmation",
    409,
    "A person must confirm this",
    "Nothing was recorded. Show `messages` to a person; if it is true, send the same with `confirm`: true. The same "
    "Idempotency-Key may be used.",
)
CHANGED_SINCE = ProblemType(
    "changed-since",
    409,
    "Somebody else has recorded on this case",
    "Nothing was recorded. `messages` say what was; read the case again, send with its `version` as `seen_version`.",
)
UNDER_WAY = ProblemType(
    "under-way", 409, "The same request is under way", "Ask again after a few seconds, with the same Idempotency-Key."
)
TOO_LARGE = ProblemType("too-large", 413, "The request is too large", "Send less at once: at most a million bytes.")
NOT_JSON = ProblemType(
    "not-json", 415, "The body must be JSON", "Send JSON in UTF-8 with Content-Type: application/json."
)
INVALID = ProblemType(
    "invalid", 422, "Some fields cannot be used", "`errors` name every field and what is wrong with it."
)
REFUSED = ProblemType(
    "refused",
    422,
    "That is refused",
    "Nothing was recorded, and confirming does not help. `messages` say why and what to put right.",
)
KEY_USED = ProblemType(
    "key-used",
    422,
    "The Idempotency-Key was used for another request",
    "Give every new request a new key. Keys are remembered for at least 48 hours.",
)
FAULT = ProblemType("fault", 500, "A fault in the program", "Tell whoever runs this service when it happened.")
UNAVAILABLE = ProblemType(
    "unavailable", 503, "The database does not answer", "Ask again after a few seconds, with the same Idempotency-Key."
)

ALL: Mapping[str, ProblemType] = MappingProxyType(
    {
        each.slug: each
        for each in (
            *(BAD_REQUEST, NO_KEY, NOT_SIGNED_IN, NOT_ALLOWED, NOT_FOUND, UNKNOWN_CASE, NO_METHOD),
            *(NEEDS_CONFIRMATION, CHANGED_SINCE, UNDER_WAY, TOO_LARGE, NOT_JSON, INVALID, REFUSED, KEY_USED),
            *(FAULT, UNAVAILABLE),
        )
    }
)
