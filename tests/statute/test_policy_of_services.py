"""A service's own ladder and norm: over its category's, over everybody's; never looser than the six weeks."""

from datetime import date

import pytest

from casework.policies import norms_of
from statute.assessment import timeline
from statute.facts import Fact
from statute.notation import parse_fact
from statute.policy import PolicyError, default_policy, load_policy

OWN = """
[services.health]
service_manager = [7]
norm_weeks = 5
[services."health/paediatrics"]
adviser = [-21, 0]
norm_weeks = 4
oldest_report = 90
"""
BEGUN = ["request_received=2026-06-01;source=1", "decision_to_assess=2026-06-22"]


def asked(*said: str) -> list[Fact]:
    return [parse_fact(each) for each in [*BEGUN, *said]]


def test_what_a_service_leaves_out_is_as_its_category_has_it_and_then_as_everybody_has_it() -> None:
    policy, everybody = load_policy(OWN), default_policy().advice
    paediatrics = policy.advice_of("health/paediatrics")
    assert (paediatrics.adviser, paediatrics.service_manager, paediatrics.then_every, paediatrics.oldest_report) == (
        (-21, 0),
        (7,),
        everybody.then_every,
        90,
    )
    assert policy.advice_of("health/slt").adviser == everybody.adviser
    assert policy.advice_of("health/slt").service_manager == policy.advice_of("health").service_manager == (7,)
    assert policy.advice_of("social_care/dct") == everybody


@pytest.mark.parametrize(
    ("said", "norm"),
    [
        ("advice_requested:health=2026-06-24;body=paediatrics", date(2026, 7, 22)),
        ("advice_requested:health/paediatrics=2026-06-24;section_31=yes", date(2026, 7, 22)),
        ("advice_requested:health/slt=2026-06-24", date(2026, 7, 29)),
        ("advice_requested:health=2026-06-24", date(2026, 7, 29)),
        ("advice_requested:social_care=2026-06-24", None),
    ],
)
def test_the_norm_of_a_service_stands_beside_its_six_weeks(said: str, norm: date | None) -> None:
    found = timeline(asked(said), date(2026, 7, 1), norms=norms_of(load_policy(OWN)))
    limit = "code_advice" if "social_care" in said else "reg8_advice"
    (deadline,) = [each for each in found.deadlines if each.limit == limit and each.legal_due]
    assert (deadline.norm_due, deadline.legal_due) == (norm, date(2026, 8, 5))
    assert ("agreed locally beside the law" in deadline.explain()) is (norm is not None)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[services.health]\nnorm_weeks = 7", "services.health.norm_weeks"),
        ("[services.helth]\nnorm_weeks = 5", "'helth' is neither a category"),
        ('[services."health/"]\nnorm_weeks = 5', "neither a category"),
        ("[services.health]\nadviser = [3, 1]", "ascending order"),
        ("[services.health]\nladder = [1]", "services.health.ladder is not a setting"),
    ],
)
def test_a_service_s_table_that_cannot_be_followed_is_refused_with_its_place(toml: str, said: str) -> None:
    with pytest.raises(PolicyError) as refused:
        load_policy(toml)
    assert said in str(refused.value)
