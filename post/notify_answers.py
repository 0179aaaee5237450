"""What an answer of GOV.UK Notify means for a letter. Our own words only: Notify's may quote an address or a letter."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from post.courier import Delivery, Outcome
from post.notify_api import Held, Lost, NotifyError

NOTIFY = "notify"
DAILY_LIMIT = "TooManyRequestsError"

# Statuses with which a letter has not gone and will not: only these may be followed by a second one.
NOT_GONE = frozenset({"technical-failure", "temporary-failure", "validation-failed", "virus-scan-failed", "cancelled"})
REFUSED = frozenset({"permanent-failure"})

# The first that fits what Notify says with a 400 counts: about the address or the letter, hence for good ...
_ABOUT_THE_LETTER: tuple[tuple[str, str], ...] = (
    (r"email_address", "Notify does not take the address: it is not a mail address that can be written to"),
    (r"postcode|address_line|address must|last line", "Notify does not take the postal address"),
    (r"longer than|too long|too many pages", "the letter is longer than Notify takes"),
)
# ... or about our own settings, which somebody will mend.
_ABOUT_US: tuple[tuple[str, str], ...] = (
    (r"trial mode", "the Notify service is in trial mode and writes to its own team alone: ask Notify to make it live"),
    (r"team-only|team api key", "EHCP_NOTIFY_API_KEY is a team key: make a live key in Notify's settings"),
    (r"personalisation|placeholder", "a template lacks or has other fields than ours: see 'ehcp notify templates'"),
    (r"template", "Notify does not have the template: correct its id in the settings, see 'ehcp notify templates'"),
    (r"not allowed to send|service", "the Notify service may not send this: see its settings in Notify"),
)
_CLOCK = "Notify refused our key because this machine's clock is wrong: correct the clock"
_KEY = "Notify refused our key: correct EHCP_NOTIFY_API_KEY, or make a new key in Notify's settings"


def accepted(carrier_id: str, *, found: bool = False) -> Delivery:
    """Notify has it. `found`: it had it already, from an attempt whose answer was lost."""
    detail = "found at Notify by its reference: not sent again" if found else "accepted by Notify"
    return Delivery(Outcome.ACCEPTED, None if found else 201, detail, NOTIFY, carrier_id)


def looked_up(found: Sequence[Held]) -> Delivery | None:
    """What an earlier attempt came to, from the newest of the letters found; None when it is to be sent (again)."""
    kept = [held for held in found if held.status not in NOT_GONE]
    if not kept:
        return None
    if kept[0].status in REFUSED:
        return Delivery(Outcome.PERMANENT, None, "Notify could not deliver it to this address", NOTIFY, kept[0].id)
    return accepted(kept[0].id, found=True)


def not_looked_up(error: NotifyError) -> Delivery:
    """Whether it left before is still not known, so it is neither sent nor given up."""
    return _delivery(Outcome.UNKNOWN, error, f"whether Notify has it could not be asked ({error})")


def answered(error: NotifyError, now: datetime) -> Delivery:
    """What an answer to a letter means, or that there was none. `now` is aware."""
    if not error.code:
        return _unanswered(error)
    if error.code == 400:
        return _bad_request(error)
    if error.code in (401, 403):
        return _delivery(Outcome.TEMPORARY, error, _forbidden(error))
    if error.code == 429:
        return _too_many(error, now)
    if error.code in (502, 504):
        # Somebody in between answered: what stands behind it may have the letter.
        return _delivery(Outcome.UNKNOWN, error, f"no answer from behind Notify's door ({error.code}); it may have it")
    return _delivery(Outcome.TEMPORARY, error, f"Notify could not take it for now ({error.code})")


def next_day(now: datetime) -> datetime:
    """When Notify's daily limit begins anew: midnight, taken as UTC because in summer that is the later one."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def limit_reached(now: datetime, detail: str, code: int | None = None) -> Delivery:
    """Nothing more goes today."""
    return Delivery(Outcome.TEMPORARY, code, f"{detail}: it goes on tomorrow", NOTIFY, not_before=next_day(now))


def _unanswered(error: NotifyError) -> Delivery:
    if error.lost is Lost.TLS:
        detail = "no encrypted connection to Notify: check EHCP_NOTIFY_URL and the machine's certificates"
        return _delivery(Outcome.TEMPORARY, error, detail)
    if error.lost is Lost.BEFORE:
        return _delivery(Outcome.TEMPORARY, error, "Notify could not be reached")
    detail = "no answer from Notify after the letter was sent; it may have it"
    return _delivery(Outcome.UNKNOWN, error, detail)


def _bad_request(error: NotifyError) -> Delivery:
    refusal = _fitting(_ABOUT_THE_LETTER, error.said)
    if refusal:
        return _delivery(Outcome.PERMANENT, error, refusal)
    unforeseen = "Notify refused it, and not for the address: compare with 'ehcp notify templates'"
    return _delivery(Outcome.TEMPORARY, error, _fitting(_ABOUT_US, error.said) or unforeseen)


def _forbidden(error: NotifyError) -> str:
    if "clock" in error.said:
        return _CLOCK
    return _fitting(_ABOUT_US, error.said) if error.kind == "BadRequestError" else _KEY


def _too_many(error: NotifyError, now: datetime) -> Delivery:
    if error.kind == DAILY_LIMIT:
        return limit_reached(now, "Notify's daily limit is reached", 429)
    return _delivery(Outcome.TEMPORARY, error, "Notify takes no more letters in this minute")


def _fitting(meanings: Sequence[tuple[str, str]], said: str) -> str:
    fits = (words for pattern, words in meanings if re.search(pattern, said, re.IGNORECASE))
    return next(fits, _KEY if meanings is _ABOUT_US and "key" in said else "")


def _delivery(outcome: Outcome, error: NotifyError, detail: str) -> Delivery:
    return Delivery(outcome, error.code or None, detail, NOTIFY)
