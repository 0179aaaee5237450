"""How far a case has come is told by the read model in SQL as the law tells it from the facts, on any day."""

from collections import defaultdict
from datetime import date

import pytest

from casework.actor import Actor
from casework.case import timeline
from casework.list_queries import Filter
from casework.listing.ages import Band
from casework.listing.stages import OF_ASSESSMENTS, OF_REVIEWS, Stage, stage_of
from casework.lists import Narrow, overdue
from casework.spells import standing_of
from tests.web.site import NOW, Site

TODAY = NOW.date()
ME = Actor("m.east", "web")


@pytest.mark.parametrize("day", [TODAY, date(2026, 6, 30)])
def test_each_stage_keeps_the_cases_that_the_law_finds_there(looking: Site, day: date) -> None:
    wanted = defaultdict[Stage, list[str]](list)
    for ref in sorted({item.case_ref for item in overdue(looking.db, ME, TODAY, as_of=day).items}):
        law = timeline(looking.db, ref, ME, NOW, as_of=day)
        stands = [(row.limit, standing_of(row.state)) for row in law.deadlines if row.start is not None]
        wanted[stage_of(law.process, stands)].append(ref)
    assert len(wanted) > 4
    for stage in Stage:
        found = overdue(looking.db, ME, TODAY, as_of=day, stage=stage).items
        assert sorted({item.case_ref for item in found}) == wanted[stage], stage


def test_what_was_known_on_a_day_is_narrowed_like_what_is_known_now(looking: Site) -> None:
    narrowed: tuple[Narrow, ...] = (
        {"stage": Stage.AWAITING_ADVICE},
        {"age": Band.FROM_5},
        {"stage": Stage.DRAFTING, "team": "West"},
    )
    for by in narrowed:
        now = overdue(looking.db, ME, TODAY, **by)
        assert now.items
        assert overdue(looking.db, ME, TODAY, known_on=TODAY, **by) == now


def test_no_stage_is_of_both_kinds_and_none_of_neither() -> None:
    assert (*OF_ASSESSMENTS, *OF_REVIEWS) == tuple(Stage)
    assert Stage.AFTER_DRAFT is OF_ASSESSMENTS[-1]
    assert Filter().stage is None
