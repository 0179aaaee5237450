"""Requests for an assessment and the first decisions on them, counted as the Department for Education does."""

from scorecard.measure import Better, Group, LeftOut, Measure, Shape, Source, Span

_OUTCOMES = (
    "requests_decided_to_assess",
    "requests_decided_not_to_assess",
    "requests_decision_not_made",
    "requests_withdrawn",
)
_SIX_WEEKS = ("request_outcome_six_weeks", "request_outcome_over_6_weeks")
_VOID = LeftOut("FALSE", "opened in error or merged into another: counted nowhere")
_WHEN_KNOWN = (
    "The department does not say up to which day an outcome is known: we read it as the school census in January, "
    "the third Thursday. What was decided first counts: a refusal that was changed later, also by order of the "
    "Tribunal, stays a refusal. Where none is on record, a draft, a plan or a decision about one says that it was "
    "agreed to assess. A case that was reopened later is what it was on the day of looking. A "
    "month's figure is of the year so far, as the department counts by the year: most requests of "
    "one month cannot be decided yet when it ends."
)
_WHOSE_DECISIONS = (
    "The department does not say of whom it counts six weeks. In most of its rows the two columns do not sum to the "
    "decisions on the requests of the year, and in some they exceed the requests: so we count the first decisions "
    "that were sent in the year, whenever the request came. Within six weeks is on or before day 42 after the "
    "request: how part weeks are rounded is not said either."
)


def _outcome(name: str, words: str, came: str, definition: str, column: str) -> Measure:
    return Measure(
        id=name,
        name=words,
        definition=definition,
        group=Group.REQUESTS,
        shape=Shape.SHARE,
        population="requests",
        counted=f"came = '{came}'",
        source=Source.DFE,
        span=Span.YEAR,
        verified=False,
        reading=_WHEN_KNOWN,
        left_out=(_VOID,),
        columns=(column, *_OUTCOMES),
    )


def _decided(name: str, words: str, counted: str, definition: str, better: Better, column: str) -> Measure:
    return Measure(
        id=name,
        name=words,
        definition=definition,
        group=Group.REQUESTS,
        shape=Shape.SHARE,
        population="decisions",
        counted=counted,
        source=Source.DFE,
        better=better,
        verified=False,
        reading=_WHOSE_DECISIONS,
        left_out=(
            _VOID,
            LeftOut("FALSE", "still without a decision, or withdrawn before there was one"),
            LeftOut("FALSE", "a later decision after a first refusal: only the first one counts"),
        ),
        columns=(column, *_SIX_WEEKS),
    )


REQUESTS = (
    Measure(
        id="requests_received",
        name="Requests for an assessment",
        definition="Requests for an EHC needs assessment that were received in the period.",
        group=Group.REQUESTS,
        shape=Shape.COUNT,
        population="requests",
        source=Source.DFE,
        left_out=(_VOID,),
        columns=("requests_received_in_year",),
    ),
    _outcome(
        "requests_agreed",
        "Requests agreed",
        "assess",
        "Of the requests received in the year so far, those where the first decision was to assess.",
        "requests_decided_to_assess",
    ),
    _outcome(
        "requests_refused",
        "Requests refused",
        "not_assess",
        "Of the requests received in the year so far, those where the first decision was not to assess.",
        "requests_decided_not_to_assess",
    ),
    _outcome(
        "requests_not_decided",
        "Requests without a decision",
        "not_made",
        "Of the requests received in the year so far, those where no decision whether to assess had been sent by the "
        "day of looking.",
        "requests_decision_not_made",
    ),
    _outcome(
        "requests_withdrawn",
        "Requests withdrawn",
        "withdrawn",
        "Of the requests received in the year so far, those that were withdrawn before any decision.",
        "requests_withdrawn",
    ),
    _decided(
        "decisions_six_weeks",
        "Decided whether to assess within six weeks",
        "days <= 42",
        "Of the first decisions whether to assess that were sent in the period, those sent within six weeks of the "
        "request (regulation 5(1)).",
        Better.HIGHER,
        "request_outcome_six_weeks",
    ),
    _decided(
        "decisions_over_six_weeks",
        "Decided whether to assess after six weeks",
        "days > 42",
        "Of the first decisions whether to assess that were sent in the period, those sent later than six weeks after "
        "the request.",
        Better.LOWER,
        "request_outcome_over_6_weeks",
    ),
)
"""Requests received, what came of them, and the decisions within and over six weeks."""
