"""What ends a process: a closing, and a final plan only once it went to the family."""

from statute.attributes import codes_of
from statute.facts import Fact
from statute.kinds import ENDS

_FAMILY = frozenset({"family", "parent", "young_person", "representative"})


def went_to_family(fact: Fact) -> bool:
    """Whether a plan or letter went to the family; so it is taken where nobody is named."""
    to = codes_of(fact, "to") if "to" in fact.attributes else _FAMILY
    return bool(to & _FAMILY)


def closes(fact: Fact) -> bool:
    """Whether the fact closes its process; a final plan that went to the school alone does not."""
    return fact.kind in ENDS and (fact.kind != "final_plan_sent" or went_to_family(fact))
