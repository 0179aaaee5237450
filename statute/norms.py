"""Local norms: an authority's own days, in whole weeks. They sit beside the law and may only be tighter."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from statute.errors import NormError
from statute.limit import Limit
from statute.words import listed, nearest

NO_NORMS: Mapping[str, int] = MappingProxyType({})

ADVICE_NORM = "advice:"
"""What the name of a service's own norm for its advice begins with: `advice:health/paediatrics`, or the category."""
_WEEK = timedelta(weeks=1)
_ADVICE_DAYS = 42  # reg 8(1), Code 9.41


def check_norms(norms: Mapping[str, int], limits: Mapping[str, Limit], draft: Limit) -> None:
    """Refuse norms that are no norms. Raises NormError, saying which and why.

    `draft` is the local limit for which the law gives no day: its norm must fall before the final plan's day.
    """
    for name, weeks in norms.items():
        limit = limits.get(name)
        if name.startswith(ADVICE_NORM):
            _check_weeks(name, weeks, _ADVICE_DAYS)
        elif name == draft.id:
            _check_weeks(name, weeks, draft.rule.days)
        elif limit is None:
            known = [*limits, draft.id]
            raise NormError(f"There is no limit {name!r}.{nearest(name, known)} Known are {listed(known)}.")
        elif limit.met_by == "":
            raise NormError(f"{name} is a minimum for the family, not a limit: it takes no local norm. Remove it.")
        else:
            _check_weeks(name, weeks, limit.rule.days)


def norm_due(norms: Mapping[str, int], limit: str, start: date | None) -> date | None:
    """The day of the local norm for a limit that started on `start`, or None."""
    weeks = norms.get(limit)
    return None if weeks is None or start is None else start + weeks * _WEEK


def advice_norm_due(norms: Mapping[str, int], subject: str, body: str, start: date | None) -> date | None:
    """The day of the norm of whoever was asked for advice, or None: the body's own, else its category's.

    `subject` is that of the request (`health`, `health/slt`), `body` the code of the body that was asked where it is
    known.
    """
    category, _, code = subject.partition("/")
    for service in (f"{category}/{body or code}", category):
        if (due := norm_due(norms, f"{ADVICE_NORM}{service}", start)) is not None:
            return due
    return None


def _check_weeks(name: str, weeks: int, days: int | None) -> None:
    if weeks < 1:
        raise NormError(f"The local norm for {name} is {weeks} weeks. Give a whole number of weeks of at least 1.")
    if days is not None and weeks * 7 > days:
        raise NormError(
            f"The local norm for {name} is {weeks} weeks, longer than the {days} days it must stay within. "
            "A local norm may only be tighter: shorten or remove it."
        )
