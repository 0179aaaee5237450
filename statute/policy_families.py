"""How families are written to: the table `[families]` of a policy."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from statute.policy_parts import Part, Rungs

APPROVE, SEND = "approve", "send"


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("write it in one line")
    return text.strip()


Line = Annotated[str, AfterValidator(_one_line)]


class Families(Part):
    """Letters to the family of a child.

    `acknowledge`: an acknowledgement of a request waits for a caseworker's approval, or is sent without (never where a
    case is sensitive). `delay` are the days, from a legal day of the authority's own, on which a delay notice is
    drafted; a delay notice is never sent without approval, because only a person knows the reason and the new day.
    `sendiass` and `complaints` say in one line how the local SEND information, advice and support service, and the
    council's complaints procedure, are reached.
    """

    acknowledge: Literal["approve", "send"] = APPROVE
    delay: Rungs = (-7, 1)
    sendiass: Line = ""
    complaints: Line = ""
