"""The words of answers: reasons, sections of a plan, and what becomes of it. Each code has its words in one place."""

from types import MappingProxyType

from casework.answering.kinds import Answer, Waits

NOTHING_WORDS = MappingProxyType(
    {
        "not_known": "The child or young person is not known to us",
        "no_needs": "They are known to us, and have no current needs in our field",
        "other": "Something else",
    }
)
GROUND_WORDS = MappingProxyType(
    {
        "incompatible": "It would be incompatible with our own duties",
        "adverse": "It would have an adverse effect on the exercise of our functions",
    }
)
SECTION_WORDS = MappingProxyType(
    {
        "B": "B: special educational needs",
        "C": "C: health needs",
        "D": "D: social care needs",
        "E": "E: outcomes",
        "F": "F: special educational provision (also health provision that educates or trains)",
        "G": "G: health provision",
        "H1": "H1: social care provision that must be made (section 2, Chronically Sick and Disabled Persons Act 1970)",
        "H2": "H2: other social care provision",
    }
)
FAULT_WORDS = MappingProxyType(
    {
        "old_report": "The report is older than the council may use. Send a newer one, or say what has changed.",
        "no_needs": "What needs you see is not answered.",
        "no_outcomes": "What outcomes you recommend is not answered.",
        "no_provision": "What provision you recommend is not answered. If none is needed, write that.",
        "no_sections": "Which sections of the plan it is for is not answered.",
    }
)
"""Why advice was sent back, for whoever gave it."""

KIND_WORDS = MappingProxyType(
    {
        Answer.RECEIVED: "The advice",
        Answer.PART: "A part of the advice",
        Answer.NIL: "Nothing to say",
        Answer.COLLEAGUE: "A colleague should be asked",
        Answer.ANOTHER_BODY: "Another service should be asked",
        Answer.DECLINED: "Declined",
        Answer.EXPECTED: "Cannot by then",
        Answer.MISSED: "An appointment was missed",
        Answer.ALREADY_GIVEN: "Earlier advice is enough",
    }
)
CAME_WORDS = MappingProxyType(
    {
        Answer.RECEIVED: "Your advice came",
        Answer.PART: "The first part of your advice came",
        Answer.NIL: "Your answer that you have nothing to say came",
        Answer.COLLEAGUE: "Your answer that a colleague should be asked came",
        Answer.ANOTHER_BODY: "Your answer that another service should be asked came",
        Answer.DECLINED: "Your answer that you decline came",
        Answer.EXPECTED: "Your answer that you cannot send it by then came",
        Answer.MISSED: "Your answer that an appointment was missed came",
        Answer.ALREADY_GIVEN: "Your answer that earlier advice is enough came",
    }
)
"""The beginning of the sentence that says when an answer came."""
LATE_WORDS = MappingProxyType(
    {
        Waits.CLOSED: "The case was closed before your answer came, so nothing was needed from you any more.",
        Waits.CANCELLED: "The request was cancelled before your answer came.",
        Waits.PASSED_ON: "The request was passed on to somebody else before your answer came.",
        Waits.ANSWERED: "The request was answered already when yours came.",
        Waits.RECORDING: "A caseworker has to put your answer on record.",
    }
)
WAITS_WORDS = MappingProxyType(
    {
        Waits.COLLEAGUE: "The colleague’s address is not known to be of the same service. Check it before it is asked.",
        Waits.BODY: "Choose which service of the directory is meant, and it is asked.",
        Waits.MISSED: "Decide whether it is an exception (regulation 8(2)(c)). Nothing is lifted yet.",
        Waits.REUSE: "The giver agrees that earlier advice is enough. Ask the family (regulation 6(4)).",
        Waits.CLOSED: "It came after the case was closed.",
        Waits.CANCELLED: "It came after the request was cancelled.",
        Waits.PASSED_ON: "It came after the request was passed on to somebody else.",
        Waits.ANSWERED: "It came after the request was answered.",
        Waits.RECORDING: "It could not be recorded by itself.",
    }
)
"""Why a caseworker is needed."""
SETTLED_WORDS = MappingProxyType(
    {
        "advice_received": "The advice has come",
        "advice_nil": "It was answered that there is nothing to say",
        "advice_declined": "It was declined",
        "advice_cancelled": "It was cancelled: no more is needed",
        "advice_reassigned": "It was passed on to another service",
        "advice_reused": "Earlier advice is used instead",
    }
)
