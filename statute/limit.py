"""What a limit is: a duty with a day, as data beside its citation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from statute.counting import Rule

NO_GROUNDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One time limit.

    `duty` completes the sentence "<owed_by> must ..."; `starts_with` names the event that the `rule` counts
    from; `met_by` the document or event that meets it. `grounds` are the only reliefs that can lift it, each
    with its citation, and `relief_days` the length in days, from the start, of the period they must touch.
    `own` marks the authority's own duties, which a relief that names no limit can reach. `law` is False where
    only the Code of Practice or a local norm gives the day. It is in force from the day named, that day included.

    The rest are words for the explanation where the ordinary ones do not fit: `within` before the duty in place of
    the rule's ("In the 12 months starting with {day}"), `sentence` in place of the whole, `practice` and `norm` for
    the days beside the legal one (`{due}`).
    """

    id: str
    duty: str
    citation: str
    owed_by: str
    owed_to: str
    starts_with: str
    rule: Rule
    met_by: str
    link: str
    grounds: Mapping[str, str] = field(default_factory=lambda: NO_GROUNDS)
    relief_days: int = 0
    own: bool = False
    law: bool = True
    in_force_from: date = date(2014, 9, 1)
    within: str = ""
    sentence: str = ""
    practice: str = ""
    norm: str = ""
