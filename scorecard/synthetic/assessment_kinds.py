"""How many assessments there are of each kind, so that the counts of all of them are met together."""

from collections import Counter
from dataclasses import dataclass

from scorecard.synthetic.assessment_kind import AssessmentKind, Came, Decided, Fate
from scorecard.synthetic.sharing import between, shared
from scorecard.synthetic.wanted import Wanted

SAME_YEAR = {
    Fate.PLAN_WITHIN: 0.68,
    Fate.PLAN_YEAR: 0.42,
    Fate.PLAN_OVER: 0.0,
    Fate.PLAN_TO_COME: 0.75,
    Fate.NO_PLAN_IN_TIME: 0.72,
    Fate.NO_PLAN_LATE: 0.55,
    Fate.WITHDREW: 0.7,
    Fate.LEFT: 0.6,
}
"""About how many of those with an outcome in a year were requested in the same year."""

NOT_OPEN = 0.85
"""At most so many of the requests of a year that are to be assessed come to an outcome in it."""

IN_JANUARY = 0.035
"""About how many first decisions on the requests of a year fall between New Year and the census."""

STILL_OPEN, NEW = 0.03, 0.04
"""Assessments of years before that are still open, and requests after the year, as shares of those of the year."""

_FROM_BEFORE = (Fate.PLAN_WITHIN, Fate.PLAN_YEAR, Fate.NO_PLAN_IN_TIME, Fate.NO_PLAN_LATE, Fate.WITHDREW)
"""Outcomes of a year that may have been decided on early in it, of a request of the year before."""


@dataclass(frozen=True, slots=True)
class FirstDecisions:
    """First decisions of the year: `own` on requests of the year, `older` on earlier ones, each within six weeks and
    later; `january` are those on requests of the year that fell after it."""

    own: tuple[int, int]
    older: tuple[int, int]
    january: int


def first_decisions(wanted: Wanted) -> FirstDecisions:
    """How first decisions lie about New Year: what bridges decisions on requests of a year and decisions of a year."""
    asked = wanted.requests
    of_requests = asked.assess + asked.refuse
    in_year = asked.six_weeks + asked.over_six_weeks
    january = min(of_requests, max(of_requests - in_year, round(IN_JANUARY * of_requests)))
    older = in_year - (of_requests - january)
    soon = between(older - asked.over_six_weeks, older * asked.six_weeks / max(in_year, 1), min(older, asked.six_weeks))
    own = (asked.six_weeks - soon, asked.over_six_weeks - (older - soon))
    return FirstDecisions(own, (soon, older - soon), january)


def assessment_kinds(wanted: Wanted) -> Counter[AssessmentKind]:
    """How many assessments there are of each kind. Raises ValueError when no cases can have these counts."""
    first = first_decisions(wanted)
    fates = _fates(wanted)
    here = _of_the_year(wanted, fates)
    found = _own(wanted, first, here) + _older(wanted, first, _less(fates, here))
    received = wanted.requests.assess + wanted.requests.refuse
    found[AssessmentKind(Came.IN_YEAR, Decided.NOT_YET, Fate.OPEN)] += wanted.requests.undecided
    found[AssessmentKind(Came.IN_YEAR, Decided.NOT_YET, Fate.WITHDREW)] += wanted.requests.withdrawn
    found[AssessmentKind(Came.BEFORE, Decided.BEFORE, Fate.OPEN)] += round(STILL_OPEN * wanted.requests.assess)
    found[AssessmentKind(Came.AFTER, Decided.NOT_YET, Fate.OPEN)] += round(NEW * received)
    return +found


_Fates = dict[tuple[Fate, bool], int]
"""Outcomes of the year, and whether they are flagged as exceptions."""


def _fates(wanted: Wanted) -> _Fates:
    outcomes, plans = wanted.outcomes, wanted.plans
    found: _Fates = {}
    for fate, band in ((Fate.PLAN_WITHIN, plans.within), (Fate.PLAN_YEAR, plans.year), (Fate.PLAN_OVER, plans.over)):
        found[fate, False], found[fate, True] = band.plans - band.flagged, band.flagged
    found[Fate.PLAN_TO_COME, False] = outcomes.issued - plans.sent
    found[Fate.NO_PLAN_IN_TIME, False] = outcomes.no_plan - outcomes.no_plan_over
    found[Fate.NO_PLAN_LATE, False] = outcomes.no_plan_over
    found[Fate.WITHDREW, False], found[Fate.LEFT, False] = outcomes.withdrawn, outcomes.not_made
    if min(found.values()) < 0:
        raise ValueError("no cases can have these outcomes")
    return found


def _of_the_year(wanted: Wanted, fates: _Fates) -> _Fates:
    """Those of the outcomes whose request came in the year too; the others came before."""
    keys = list(fates)
    weights = [fates[key] * SAME_YEAR[key[0]] for key in keys]
    number = min(round(sum(weights)), int(NOT_OPEN * wanted.requests.assess))
    most = [fates[key] if SAME_YEAR[key[0]] else 0 for key in keys]
    return dict(zip(keys, shared(number, weights, most), strict=True))


def _less(fates: _Fates, some: _Fates) -> _Fates:
    return {key: number - some[key] for key, number in fates.items()}


def _own(wanted: Wanted, first: FirstDecisions, fates: _Fates) -> Counter[AssessmentKind]:
    """Requests of the year that were decided on by the census: in the year within six weeks or later, or in January."""
    refuse = wanted.requests.refuse
    running = wanted.requests.assess - sum(fates.values())
    january = shared(first.january, [running, refuse], [running, refuse])
    keys = [*fates, (Fate.OPEN, False), (Fate.REFUSED, False)]
    counts = [*fates.values(), running - january[0], refuse - january[1]]
    found = _decided(Came.IN_YEAR, keys, counts, first.own)
    found[AssessmentKind(Came.IN_YEAR, Decided.JANUARY, Fate.OPEN)] += january[0]
    found[AssessmentKind(Came.IN_YEAR, Decided.JANUARY, Fate.REFUSED)] += january[1]
    return found


def _older(wanted: Wanted, first: FirstDecisions, fates: _Fates) -> Counter[AssessmentKind]:
    """Earlier requests: some were first decided on in the year, the others with an outcome in it before."""
    decided = sum(first.older)
    asked = wanted.requests
    refused = round(decided * asked.refuse / max(asked.assess + asked.refuse, 1))
    eligible = [key for key in fates if key[0] in _FROM_BEFORE]
    most = [fates[key] for key in eligible]
    ended = shared(min(decided - refused, round(0.6 * sum(most))), most, most)
    running = decided - refused - sum(ended)
    keys = [*eligible, (Fate.OPEN, False), (Fate.REFUSED, False)]
    found = _decided(Came.BEFORE, keys, [*ended, running, refused], first.older)
    here = dict(zip(eligible, ended, strict=True))
    for (fate, flagged), number in fates.items():
        found[AssessmentKind(Came.BEFORE, Decided.BEFORE, fate, flagged)] += number - here.get((fate, flagged), 0)
    return found


def _decided(
    came: Came, keys: list[tuple[Fate, bool]], counts: list[int], times: tuple[int, int]
) -> Counter[AssessmentKind]:
    late = shared(times[1], counts, counts)
    found: Counter[AssessmentKind] = Counter()
    for (fate, flagged), count, over in zip(keys, counts, late, strict=True):
        found[AssessmentKind(came, Decided.LATE, fate, flagged)] += over
        found[AssessmentKind(came, Decided.IN_TIME, fate, flagged)] += count - over
    return found
