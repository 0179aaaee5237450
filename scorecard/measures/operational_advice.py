"""Advice: whether services answer in time, what their answers are worth, and plans that go without."""

from dataclasses import replace

from casework.service_questions import IN_ANY_CASE, OWED
from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source

_LEADS = "Leads of health, social care and educational psychology"
_EXCEPTED = LeftOut("outcome = 'excepted'", "one of the exceptions of regulation 8(2) applies")
_NOT_OWED = (
    _EXCEPTED,
    LeftOut("outcome = 'let_go'", "declined, passed on, cancelled or closed before its day"),
)
_NEVER_DUE = LeftOut("FALSE", "without a day in the period, reused, or asked of a school or setting")
_NO_SERVICE = LeftOut("FALSE", "asked for in a category that no service is set up for: in no figure until one is")
_NOT_ANSWERED = (
    LeftOut("NOT came", "never answered"),
    LeftOut("TRUE", "let go before its day"),
    _NEVER_DUE,
    _NO_SERVICE,
)

_ON_TIME = Measure(
    id="advice_on_time",
    name="Advice on time",
    definition="Of the requests for advice to services whose six weeks ended in the period (regulation 8(1), Code "
    "9.41), those answered by that day. What came late, is still out or never came counts as missed. What was "
    "declined by its day is no longer owed, and counted by itself.",
    group=Group.ADVICE,
    shape=Shape.SHARE,
    population="advice",
    among=OWED,
    counted="outcome = 'on_time'",
    parts="service",
    source=Source.LAW,
    better=Better.HIGHER,
    owner=_LEADS,
    left_out=(*_NOT_OWED, _NEVER_DUE, _NO_SERVICE),
)
_MISSING = replace(
    _ON_TIME,
    id="advice_not_returned",
    name="Advice not returned",
    definition="Of the requests for advice to services whose six weeks ended in the period, those that are still out, "
    "or were closed after their day with nothing returned.",
    counted="outcome IN ('out', 'never')",
    better=Better.LOWER,
)
_REFUSED = replace(
    _ON_TIME,
    id="advice_declined",
    name="Advice declined",
    definition="Requests for advice to services whose six weeks ended in the period and that were declined by that "
    "day. They are owed no more and are in no other figure of advice: so this stands beside the share on time, which "
    "nobody is to raise by declining. Only a body that section 31 of the Act binds may decline, with its reasons in "
    "writing (section 31(2)).",
    shape=Shape.COUNT,
    among="declined AND outcome = 'let_go'",
    counted="TRUE",
    better=Better.NEITHER,
    left_out=(
        _EXCEPTED,
        LeftOut("outcome = 'let_go'", "passed on, cancelled or closed before its day"),
        LeftOut(OWED, "owed on its day: on time, or missed"),
        _NEVER_DUE,
        _NO_SERVICE,
    ),
)
_NIL = replace(
    _ON_TIME,
    id="advice_nil",
    name="Nil returns",
    definition="Of the requests for advice whose six weeks ended in the period and that were answered, those whose "
    "last answer was that there is nothing to say.",
    among=f"came AND {IN_ANY_CASE}",
    counted="nil",
    source=Source.LOCAL,
    better=Better.NEITHER,
    left_out=_NOT_ANSWERED,
)
_INSUFFICIENT = replace(
    _NIL,
    id="advice_insufficient",
    name="Advice found insufficient",
    definition="Of the requests for advice whose six weeks ended in the period and that were answered, those whose "
    "advice was found insufficient at least once.",
    counted="insufficient",
    better=Better.LOWER,
)
_WITHOUT = Measure(
    id="plans_without_advice",
    name="Moved to a plan without health or social care advice",
    definition="Of the assessments that moved to a plan in the period (the decision to issue, else the draft or the "
    "plan itself), those where health or social care had given neither advice nor a nil return (regulation 6(1)(c) "
    "and (e)).",
    group=Group.ADVICE,
    shape=Shape.SHARE,
    population="moved",
    counted="blank <> ''",
    source=Source.LAW,
    better=Better.LOWER,
    owner=_LEADS,
    left_out=(LeftOut("FALSE", "opened in error or merged into another: counted nowhere"),),
)


def _without(category: str, words: str) -> Measure:
    return replace(
        _WITHOUT,
        id=f"plans_without_{category}",
        name=f"Moved to a plan without {words} advice",
        definition=f"Of the assessments that moved to a plan in the period, those where {words} had given neither "
        "advice nor a nil return.",
        counted=f"'{category}' = ANY (string_to_array(blank, ','))",
        owner=f"Lead of {words}",
    )


ADVICE = (
    _ON_TIME,
    _MISSING,
    _REFUSED,
    _NIL,
    _INSUFFICIENT,
    _WITHOUT,
    _without("health", "health"),
    _without("social_care", "social care"),
)
"""Advice by service, and plans that went without health or social care."""
