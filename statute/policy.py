"""How an authority chases and warns: a validated TOML file, never a part of the law.

A policy says who is written to how many days from a legal day, and at what hours. It cannot move a legal day.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from importlib import resources
from typing import Annotated, Any, Self, cast

from pydantic import Field, StrictInt, ValidationError, model_validator

from statute.holidays import SchoolHoliday
from statute.kind import CATEGORIES
from statute.policy_errors import PolicyError, explained
from statute.policy_families import Families
from statute.policy_parts import Days, Hour, Part, Rungs
from statute.policy_reviews import Reviews

OWN_LIMITS = ("reg5_decide", "reg10_refuse_plan", "reg13_final_plan")


class Hours(Part):
    """Times of the day, Europe/London."""

    wake: Hour
    jitter_minutes: Annotated[StrictInt, Field(ge=0, le=60)]
    post_round: Hour
    sociable_from: Hour
    sociable_to: Hour

    @model_validator(mode="after")
    def _round_is_sociable(self) -> Self:
        if not self.sociable_from <= self.post_round < self.sociable_to:
            raise ValueError("post_round must lie between sociable_from and sociable_to, or nothing would leave")
        return self


class Advice(Part):
    """Rungs of a request for advice, in days from its legal day; how old (days) a report may be that answers it."""

    adviser: Rungs
    then_every: Days
    service_manager: Rungs
    oldest_report: Days = 365


class Service(Part):
    """One service's own ladder and norm: what it leaves out is as for everybody.

    `norm_weeks` is its local norm for advice in weeks from its receipt of the request (0: none); it may only be tighter
    than the six weeks of regulation 8(1) and the Code.
    """

    adviser: Rungs | None = None
    then_every: Days | None = None
    service_manager: Rungs | None = None
    oldest_report: Days | None = None
    norm_weeks: Annotated[StrictInt, Field(ge=0, le=6)] = 0

    def over(self, advice: Advice) -> Advice:
        """The rungs for everybody with this service's own in their place."""
        own = {name: getattr(self, name) for name in Advice.model_fields if getattr(self, name) is not None}
        return advice.model_copy(update=own)


class Danger(Part):
    """How near the 20-week day must be (days) before one case goes above a service's manager."""

    service_lead: Days
    head_of_service: Days


class OwnLimits(Part):
    """Warnings of the authority's own limits, in days from the legal day."""

    limits: tuple[str, ...]
    caseworker: Rungs
    manager: Rungs

    @model_validator(mode="after")
    def _limits_are_known(self) -> Self:
        if unknown := [limit for limit in self.limits if limit not in OWN_LIMITS]:
            raise ValueError(f"limits: {unknown[0]!r} is not one of {', '.join(OWN_LIMITS)}")
        return self


class Papers(Part):
    """Reminders of papers still to be sent, in days from the decision to assess."""

    caseworker: Rungs


class FamilyViews(Part):
    """When the officer is gently reminded of the family's views, in days from the decision to assess (0: never)."""

    reminder: Days


class Norms(Part):
    """Local norms in weeks from the start of the 20 weeks (0: none), and when the officer is warned."""

    local_draft_plan: Annotated[StrictInt, Field(ge=0, le=20)]
    caseworker: Rungs


class Weekly(Part):
    """The weekly summary of a service: ISO weekday from which it is due, and how many cases it lists."""

    weekday: Annotated[StrictInt, Field(ge=1, le=5)]
    oldest: Annotated[StrictInt, Field(ge=1, le=50)]


class Post(Part):
    """Patience with a mail server that says "later"."""

    retry_minutes: Annotated[StrictInt, Field(ge=1, le=1440)]
    give_up_after_days: Annotated[StrictInt, Field(ge=1, le=30)]

    def retry_after(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts (1 or more): doubling, at most a day."""
        return min(timedelta(minutes=self.retry_minutes) * 2 ** min(attempts - 1, 12), timedelta(days=1))

    @property
    def give_up_after(self) -> timedelta:
        """How long a letter is tried, from its first attempt."""
        return timedelta(days=self.give_up_after_days)


class Policy(Part):
    """Everything an authority can choose. The meaning of each value stands in `default_policy.toml`."""

    due_soon_days: Annotated[StrictInt, Field(ge=1, le=60)]
    hours: Hours
    advice: Advice
    services: Mapping[str, Service] = Field(default_factory=dict[str, Service])
    danger: Danger
    own_limits: OwnLimits
    papers: Papers
    family_views: FamilyViews
    norms: Norms
    weekly: Weekly
    post: Post
    reviews: Reviews
    families: Families = Field(default_factory=Families)
    school_holidays: tuple[SchoolHoliday, ...] = ()

    @model_validator(mode="after")
    def _services_are_named(self) -> Self:
        for name in self.services:
            if name.partition("/")[0] not in CATEGORIES or name.endswith("/"):
                known = ", ".join(CATEGORIES)
                raise ValueError(f"services: {name!r} is neither a category ({known}) nor a category/code of a service")
        return self

    def advice_of(self, service: str) -> Advice:
        """The rungs of requests to a service (`health/paediatrics`): its own, over its category's, over everybody's."""
        advice = self.advice
        for name in (service.partition("/")[0], service):
            if own := self.services.get(name):
                advice = own.over(advice)
        return advice

    def norms_of_services(self) -> Mapping[str, int]:
        """The services' local norms for advice: weeks by category or category/code."""
        return {name: own.norm_weeks for name, own in self.services.items() if own.norm_weeks}


@lru_cache(maxsize=16)
def load_policy(text: str) -> Policy:
    """The policy written in that TOML text; what it leaves out is as in the default policy.

    So a version adopted years ago can still be followed after a release has added a setting.
    Raises PolicyError with the place and the remedy: not TOML, an impossible value, a name that nobody reads
    (with the nearest that is).
    """
    try:
        return Policy.model_validate(_over(tomllib.loads(default_text()), tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError([f"not a TOML file: {error}"]) from error
    except ValidationError as error:
        raise PolicyError(explained(Policy, _errors(error))) from error


def _over(default: dict[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    merged = dict(default)
    for name, value in chosen.items():
        table = default.get(name)
        merged[name] = (
            _over(cast("dict[str, Any]", table), cast("dict[str, Any]", value))
            if isinstance(table, dict) and isinstance(value, dict)
            else value
        )
    return merged


def _errors(error: ValidationError) -> Sequence[Any]:
    return error.errors(include_url=False, include_input=False)


@lru_cache(maxsize=1)
def default_text() -> str:
    """The text of the policy that ships with EHCP Clock, comments included."""
    return resources.files("statute").joinpath("default_policy.toml").read_text(encoding="utf-8")


def default_policy() -> Policy:
    """The policy that ships with EHCP Clock."""
    return load_policy("")
