"""Limits, states, services, roles and facts by the names that people use for them; a code never stands alone."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from statute.kinds import KINDS
from statute.timeline import State
from statute.words import capital, plain

LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "reg4_refuse_assessment": "Tell the family of a refusal to assess",
        "reg5_decide": "Decide whether to assess",
        "reg8_advice": "Advice from a body of the authority or health",
        "code_advice": "Advice from others",
        "reg10_refuse_plan": "Tell the family of a refusal to issue a plan",
        "reg13_representations": "Family's 15 days to answer the draft plan",
        "reg13_final_plan": "Send the final plan",
        "code_consultation": "Answer from the school or setting consulted",
        "local_draft_plan": "Send the draft plan (local norm)",
        "s44_review": "Complete the annual review",
        "reg27_review": "Complete the first review after a re-assessment",
        "reg15_inform": "Tell the family that the plan was transferred",
        "reg15_review": "Review a plan that was transferred",
        "reg18_phase_transfer": "Amend the plan for the phase transfer",
        "code_term_list": "List of reviews due in the term",
        "code_early_years": "Consider a review for a child under five",
        "s45_hold": "Keep the plan until the time to appeal is over",
        "reg20_notice": "Notice of the review meeting",
        "reg20_papers": "Papers for the review meeting",
        "reg20_report": "Report of the review meeting",
        "local_report_decision": "Decide after the report (local norm)",
        "reg20_decision": "Decide after the review meeting",
        "reg22_representations": "Family's 15 days to answer the amendments",
        "reg22_final": "Send the final amended plan",
        "devon_final": "Send the final amended plan within 12 weeks of the meeting",
    }
)
"""Every limit in a few words, as a heading or a row of a table; its duty in full is in `statute`."""

STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        State.NOT_STARTED: ("Not started", "grey"),
        State.RUNNING: ("On time", "blue"),
        State.DUE_SOON: ("Due soon", "yellow"),
        State.DUE_TODAY: ("Due today", "orange"),
        State.OVERDUE: ("Overdue", "red"),
        State.CONDITIONAL: ("Only if refused or amended", "grey"),
        State.MET: ("Done", "green"),
        State.MET_LATE: ("Done late", "magenta"),
        State.MET_UNDER_RELIEF: ("Done under an exception", "teal"),
        State.LIFTED: ("Lifted by an exception", "purple"),
        State.REPLACED: ("Replaced", "grey"),
        State.ENDED_OVERDUE: ("Ended overdue", "magenta"),
        State.NOT_APPLICABLE: ("Not needed", "grey"),
        State.WINDOW_OPEN: ("Family's time is open", "teal"),
        State.WINDOW_CLOSED: ("Family's time is over", "grey"),
    }
)
"""Every state in words, and the colour of its tag; the words say all that the colour does."""

GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "closed_school": "school closed for four weeks or more",
        "closed_early_years": "early years provider closed for four weeks or more",
        "personal": "exceptional personal circumstances",
        "absent_4w": "away from the area for four weeks or more",
        "coronavirus": "coronavirus",
        "exceptional": "exceptional circumstances",
        "missed_appointment": "missed appointment",
    }
)
"""Every ground of an exception in a few words; in full it is in `statute`."""

_CATEGORIES = {
    "education": "Education",
    "health": "Health",
    "educational_psychology": "Educational psychology",
    "social_care": "Social care",
    "other": "Other advice",
}

ALIGNED: Mapping[str, str] = MappingProxyType(
    {
        "looked_after": "review of the care plan of a looked-after child",
        "continuing_care": "NHS Continuing Care review",
        "personal_education": "review of the personal education plan (PEP)",
    }
)
"""With which other review of the child a review meeting was held as one."""

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "1": "The parent, the young person, or somebody for them",
        "2": "The school, college or other setting",
        "3": "A health service",
        "4": "Social care",
        "5": "Somebody else",
        "none": "Nobody: the child moved here, or came to our attention otherwise",
    }
)
"""The SEN2 codes of who asked."""

_ROLES = {
    "caseworker": "Caseworker",
    "manager": "Manager",
    "service_lead": "Service lead",
    "auditor": "Auditor",
    "admin": "Administrator",
}


def limit_words(limit: str) -> str:
    """`reg5_decide` -> `Decide whether to assess`; a limit without a name of its own as plain words."""
    return LIMITS.get(limit) or capital(plain(limit))


def state_words(state: str) -> str:
    """`due_soon` -> `Due soon`."""
    return STATES[state][0] if state in STATES else capital(plain(state))


def state_colour(state: str) -> str:
    """The colour of a state's tag, as the Design System names it."""
    return STATES[state][1] if state in STATES else "grey"


def service_words(subject: str) -> str:
    """`educational_psychology` -> `Educational psychology`, `health/slt` -> `Health: SLT`.

    Where the directory is at hand show the body's own name instead.
    """
    category, _, body = subject.partition("/")
    name = _CATEGORIES.get(category) or capital(plain(category))
    if not body:
        return name
    return f"{name}: {body.upper() if len(body) <= 4 else capital(plain(body))}"


def part_words(part: str) -> str:
    """A part of a measure: a service or a ground by its name, anything else as it is; `-` where none was given."""
    if part == "-":
        return "None given"
    return service_words(part) if re.fullmatch(r"[a-z]+(_[a-z]+)+(/\w+)?|[a-z_]+/\w+", part) else part


def role_words(role: str) -> str:
    """`service_lead` -> `Service lead`."""
    return _ROLES.get(role) or capital(plain(role))


def fact_words(kind: str) -> str:
    """What a kind of fact says happened: `request_received` -> `The request was received`."""
    return capital(KINDS[kind].words if kind in KINDS else plain(kind))


def process_words(process: str) -> str:
    """`assessment` -> `Assessment`, `annual-review` -> `Annual review`."""
    return capital(process.replace("-", " "))
