"""docs/scorecard.md says what the measures say."""

from pathlib import Path

from scorecard.handbook import handbook
from scorecard.measures import MEASURES

DOC = Path(__file__).parents[2] / "docs" / "scorecard.md"


def test_the_handbook_is_current() -> None:
    assert DOC.read_text(encoding="utf-8") == handbook(), "Run: python -m scorecard.handbook > docs/scorecard.md"


def test_every_measure_is_explained_and_every_unverified_one_gives_our_reading() -> None:
    text = handbook()
    for each in MEASURES:
        _, _, after = text.partition(f"#### `{each.id}`: ")
        about = after.partition("####")[0]
        assert each.definition in about
        assert each.verified or f"Definition unverified; our reading:** {each.reading}" in about, each.id
        assert each.verified or each.reading, each.id
