"""What is odd about advice: asked for twice, answered before it was asked, declined by the wrong body."""

from collections.abc import Iterator

from statute.advice import ANSWERS, Request, agreed_to_reuse, candidates, category
from statute.docket import Docket
from statute.facts import Fact
from statute.words import day_words

_OWN_BODIES = frozenset({"education", "educational_psychology", "social_care"})


def asked(docket: Docket, fact: Fact) -> Iterator[str]:
    """Advice asked for a second time, after reuse was agreed, or of a body that section 31 does not bind."""
    before = next((each for each in docket.case.requests if each.key == fact.subject), None)
    if before is not None and docket.target is None:
        yield from _asked_again(before)
    agreed = [each for each in docket.case.all("advice_reused") if category(each.subject) == category(fact.subject)]
    if any(agreed_to_reuse(each) for each in agreed):
        yield "Earlier advice was agreed to be enough: it must not be sought again (regulation 6(4))."
    if fact.attributes.get("section_31") == "yes" and category(fact.subject) in _OWN_BODIES:
        yield (
            "Schools, educational psychologists and the authority's own social care are not section 31 bodies: "
            "check that regulation 8 binds this one."
        )


def _asked_again(before: Request) -> Iterator[str]:
    asked = day_words(before.asked.day)
    if before.is_open and before.start is not None:
        yield f"Advice was asked for on {asked} and is awaited: the clock stays with that request."
    elif before.answered is not None:
        yield (
            f"The advice asked for on {asked} is there: this starts a new six weeks. If what came was not enough, "
            "record advice_insufficient instead."
        )


def about_request(docket: Docket, fact: Fact) -> Iterator[str]:
    """A fact about a request that was never recorded, had not arrived or is answered already."""
    known = docket.case.requests
    found = candidates(fact, known)
    if not found:
        consequence = "it counts once the request is recorded" if fact.kind in ANSWERS else "it changes no limit"
        yield f"No request to {fact.subject} is recorded: {consequence}."
    elif len(found) == 1:
        yield from _about_this(found[0], fact)


def _about_this(request: Request, fact: Fact) -> Iterator[str]:
    if request.key != fact.subject and "/" in fact.subject and "request" not in fact.attributes:
        yield f"No request to {fact.subject} is recorded: it is taken as the request to {request.key}."
    if request.start is not None and fact.day < request.start:
        yield f"The request reached the body on {day_words(request.start)}, after {day_words(fact.day)}."
    if fact.kind == "advice_insufficient" and request.answered is None:
        yield f"No advice from {request.subject} is recorded that could be insufficient."
    if fact.kind in ANSWERS and request.answered is not None:
        yield f"The advice is recorded already, on {day_words(request.answered.day)}: that day stays."
    if fact.kind == "advice_declined" and not request.section_31:
        yield "Only a section 31 body can decline with written reasons (section 31(2)); the Code expects an answer."


def reused(docket: Docket, fact: Fact) -> Iterator[str]:
    """Advice reused without the agreement of all three whom regulation 6(4) names."""
    if not agreed_to_reuse(fact):
        yield (
            "Regulation 6(4) needs the giver of the advice, the family and the authority all to be satisfied with it: "
            "add agreed=giver,family,authority."
        )
