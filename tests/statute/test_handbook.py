"""The handbook says what the code does, and leaves nothing out."""

from pathlib import Path

import pytest

from statute.annual_review import LIMITS as OF_REVIEWS
from statute.handbook import handbook
from statute.handbook_effects import EFFECTS
from statute.handbook_words import GROUNDS, STATES
from statute.kinds import GROUNDS as KNOWN_GROUNDS
from statute.kinds import KINDS
from statute.limit import Limit
from statute.limits_of_assessments import LIMITS as OF_ASSESSMENTS
from statute.timeline import State

ROOT = Path(__file__).parents[2]


def test_the_law_in_the_documentation_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "law.md").read_text(encoding="utf-8") == handbook(), (
        "Run: python -m statute.handbook > docs/law.md"
    )


def test_every_state_fact_and_ground_is_explained() -> None:
    assert set(STATES) == set(State)
    assert set(EFFECTS) == set(KINDS)
    assert set(GROUNDS) == set(KNOWN_GROUNDS)


@pytest.mark.parametrize("limit", [*OF_ASSESSMENTS.values(), *OF_REVIEWS.values()], ids=lambda limit: limit.id)
def test_every_limit_stands_there_with_its_source(limit: Limit) -> None:
    told = handbook()
    assert f"### `{limit.id}`" in told
    assert f"[{limit.citation}]({limit.link})" in told
    assert all(source in told for source in limit.grounds.values())
