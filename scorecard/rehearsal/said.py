"""The words of a rehearsal's report: kinds of messages, whom they are for, and what was taken for granted."""

from post.family import ACKNOWLEDGEMENT
from scorecard.rehearsal.families import ToFamily
from scorecard.rehearsal.rehearsing import Rehearsal
from scorecard.rehearsal.term_lists import SENT_AFTER
from scorecard.rehearsal.waits import SHARES, STATED
from scorecard.rehearsal.walked import Mail

_LIMITS = (
    "Nobody can know beforehand which mail comes back: every address takes its mail. Nobody grants an exception, and "
    "nobody approves a letter to a family."
)
_ROLES = {
    "adviser": "whoever was asked",
    "service_manager": "service manager",
    "service_lead": "service lead",
    "caseworker": "caseworker",
    "manager": "manager",
    "head_of_service": "head of service",
    "told": "whoever the law says must be told",
}


def name_of(mail: Mail) -> str:
    """The kind of a message and the limit it is about."""
    kind = mail.kind.replace("_", " ")
    return f"{kind}: {mail.limit}" if mail.limit and mail.limit != mail.kind else kind


def about_of(letter: ToFamily) -> str:
    """What a letter to a family is about: the request, or the limit that may not be kept."""
    return letter.kind if letter.kind == ACKNOWLEDGEMENT else f"{letter.kind}: {letter.limit}"


def role_of(mail: Mail) -> str:
    """Whom a message is for."""
    return _ROLES.get(mail.role, mail.role)


def assumed(rehearsal: Rehearsal) -> tuple[str, ...]:
    """What was taken for granted of people, so that nobody takes a rehearsal for a forecast."""
    waits = rehearsal.waits
    if waits is None:
        return ("Nobody does anything more: every limit runs to its end, and no list before a term is sent.", _LIMITS)
    stated = ", ".join(
        f"{_word(name)} {low} to {high}" for name, (low, high) in STATED.items() if name not in waits.learnt
    )
    learnt = ", ".join(sorted(map(_word, waits.learnt))) or "none"
    shares = ", ".join(f"{_word(name)} {round(100 * waits.shares[name])} %" for name in SHARES)
    return (
        f"What people do is drawn with the seed {rehearsal.asked.seed}; the same seed meets the same people under "
        "another policy.",
        f"Waits learnt from this caseload: {learnt}.",
        f"Waits as stated, in days, where it holds too few: {stated or 'none'}.",
        f"How often a decision goes so: {shares}.",
        f"An officer sends a list of reviews before a term {SENT_AFTER[0]} to {SENT_AFTER[1]} days after it is there.",
        _requests(rehearsal),
        _LIMITS,
    )


def _requests(rehearsal: Rehearsal) -> str:
    if not rehearsal.per_week:
        return "No new request arrives."
    whose = "as in the year before" if rehearsal.asked.new_requests is None else "as asked for"
    return (
        f"New requests are drawn, {rehearsal.per_week:.1f} a week {whose}; each with the school, the officer and the "
        "ways to write of an open case drawn with it. No child is behind them."
    )


def _word(name: str) -> str:
    return name.replace("_", " ").replace(":", " of ")
