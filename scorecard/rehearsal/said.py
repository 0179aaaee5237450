"""The words of a rehearsal's report: kinds of messages, whom they are for, and what was taken for granted."""

from scorecard.rehearsal.rehearsing import Rehearsal
from scorecard.rehearsal.waits import SHARES, STATED
from scorecard.rehearsal.walked import Mail

_LIMITS = (
    "The lists of reviews before a term, letters to families (a person approves each) and mail that comes back are not "
    "rehearsed. Every address takes its mail. No new request arrives, and nobody grants an exception."
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


def role_of(mail: Mail) -> str:
    """Whom a message is for."""
    return _ROLES.get(mail.role, mail.role)


def assumed(rehearsal: Rehearsal) -> tuple[str, ...]:
    """What was taken for granted of people, so that nobody takes a rehearsal for a forecast."""
    waits = rehearsal.waits
    if waits is None:
        return ("Nobody does anything more: every limit runs to its end.", _LIMITS)
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
        _LIMITS,
    )


def _word(name: str) -> str:
    return name.replace("_", " ").replace(":", " of ")
