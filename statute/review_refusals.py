"""What is never recorded of a plan and its review: beginnings that contradict each other."""

from collections.abc import Iterator

from statute.docket import Docket
from statute.facts import Fact
from statute.kinds import KINDS
from statute.review_case import STARTS, arranger
from statute.words import day_words


def review_refusals(docket: Docket) -> Iterator[str]:
    """Why a well-formed fact cannot be recorded of a plan and its review, sentence by sentence."""
    fact = docket.fact
    if fact is None:
        return
    if fact.kind in STARTS:
        yield from _said_otherwise(docket, fact)
        yield from _out_of_order(docket, fact)
    if fact.kind == "review_arranged_by":
        yield from _who(fact)


_NEXT = "The next review begins by itself when the decision of this one is recorded."


def _said_otherwise(docket: Docket, fact: Fact) -> Iterator[str]:
    """One process is one review: a second, other beginning of the same kind contradicts the first."""
    for other in docket.others:
        if other.kind == fact.kind and other.day != fact.day:
            hint = f" {_NEXT}" if fact.kind == "last_review" else ""
            yield (
                f"It is recorded already that {KINDS[fact.kind].words} on {day_words(other.day)}. If that day is "
                f"wrong, correct it: corrected:{fact.kind}={fact.day}.{hint}"
            )


def _out_of_order(docket: Docket, fact: Fact) -> Iterator[str]:
    """A plan is made before it can be reviewed or transferred."""
    for other in docket.others:
        made, later = (fact, other) if fact.kind == "plan_made" else (other, fact)
        if made.kind == "plan_made" and later.kind in STARTS and later.kind != "plan_made" and later.day < made.day:
            yield (
                f"{KINDS[later.kind].words.capitalize()} on {day_words(later.day)}, before {KINDS[made.kind].words} on "
                f"{day_words(made.day)}: one of the two days is wrong."
            )


def _who(fact: Fact) -> Iterator[str]:
    said = {each for each in (fact.subject, fact.attributes.get("by", "")) if each}
    if not arranger(fact):
        yield "review_arranged_by needs by=school, institution or authority."
    elif len(said) > 1:
        yield f"review_arranged_by names both {' and '.join(sorted(said))}: name one."
