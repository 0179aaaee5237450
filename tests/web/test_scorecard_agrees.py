"""The scorecard and the managers' lists say the same of the same council: every number on both is one number.

Lists hide restricted children from whoever is not named, and a figure counts them: so these look with nobody hidden.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from casework.actor import Actor
from casework.list_queries import Filter
from casework.listing.cohorts import Outcome, cohort, month_of
from casework.listing.waits import to_save, waits
from casework.people import restrict
from casework.service_figures import figures_of
from casework.service_requests import SHOWN, services_of
from casework.without_advice import issued_without
from casework.workload import workload
from scorecard.behind import Side, behind
from scorecard.figures import figures
from scorecard.measure import Figure
from scorecard.measures import measure
from scorecard.period import Period
from scorecard.spans import period_of
from tests.web.site import Site

MANAGER = Actor("m.east", "web")
ADVICE = {
    "advice_on_time": ("on_time", "due"),
    "advice_nil": ("nil", "came"),
    "advice_insufficient": ("insufficient", "came"),
}
_ANSWERED_AFTER = text(
    "SELECT count(*) FROM deadline s JOIN advice_request a ON a.process_id = s.process_id AND a.category = s.service "
    f"AND a.mode = 'seek' AND {SHOWN} JOIN body b ON b.id = a.body_id WHERE s.to_day IS NULL "
    "AND s.limit_id IN ('reg8_advice', 'code_advice') AND s.standing = 'met_late' AND s.legal_due BETWEEN :first AND :last AND s.met_on > :last"
)


def counted(site: Site, name: str, period: Period) -> dict[str, Figure]:
    (found,) = figures(site.db, [measure(name)], [period])
    return {each.part: each for each in found}


def today(site: Site) -> Period:
    day = site.now.date()
    return Period(day, day, day)


@pytest.fixture(scope="module")
def open_to_all(site_of_the_file: Site) -> Iterator[Site]:
    """A council in which the manager is named for every restricted child."""
    with site_of_the_file.db.begin() as connection:
        connection.execute(text("UPDATE person SET restricted_to = ARRAY['m.east'] WHERE sensitivity = 'restricted'"))
    yield site_of_the_file


def test_what_can_be_saved_is_the_number_of_the_page(open_to_all: Site) -> None:
    day = open_to_all.now.date()
    can, cannot, _ = to_save(open_to_all.db, MANAGER, day, day + timedelta(weeks=4), Filter())
    assert counted(open_to_all, "saveable_now", today(open_to_all))[""].numerator == can
    lost = counted(open_to_all, "lost_already", today(open_to_all))[""]
    assert (lost.numerator, lost.denominator) == (cannot, can + cannot)
    assert can > 20
    assert cannot > 10


def test_a_restricted_child_is_counted_and_not_shown(site: Site) -> None:
    day, saveable = site.now.date(), measure("saveable_now")
    before = behind(site.db, saveable, today(site), MANAGER, Side.COUNTED, page=None)
    restrict(site.db, before.cases[0].case_ref, ["a.marsh"], Actor("a.marsh", "web"))
    assert counted(site, "saveable_now", today(site))[""].numerator == len(before.cases) + before.hidden
    after = behind(site.db, saveable, today(site), MANAGER, Side.COUNTED, page=None)
    assert after.hidden > before.hidden
    assert len(after.cases) + after.hidden == len(before.cases) + before.hidden
    assert before.cases[0].case_ref not in {each.case_ref for each in after.cases}
    assert to_save(site.db, MANAGER, day, day, Filter())[0] == len(after.cases)


def test_the_longest_wait_and_those_past_twenty_and_fifty_two_weeks(open_to_all: Site) -> None:
    said = waits(open_to_all.db, MANAGER, open_to_all.now.date(), Filter())
    over_20 = counted(open_to_all, "open_over_twenty_weeks", today(open_to_all))[""]
    over_52 = counted(open_to_all, "open_over_a_year", today(open_to_all))[""]
    longest = counted(open_to_all, "longest_wait", today(open_to_all))[""].value
    assert (over_20.numerator, over_52.numerator) == (said.over_20, said.over_52)
    assert longest is not None
    assert int(longest) == said.longest


def test_plans_due_in_a_month_are_those_of_the_cohort(open_to_all: Site) -> None:
    day = date(2026, 10, 31)
    said = cohort(open_to_all.db, MANAGER, open_to_all.now.date(), month_of(day), Filter())
    found = counted(open_to_all, "due_in_time_ex", period_of(measure("due_in_time_ex"), day))[""]
    late = said[Outcome.LATE] + said[Outcome.OPEN_LATE] + said[Outcome.ENDED_LATE]
    assert (found.numerator, found.denominator) == (said[Outcome.IN_TIME], said[Outcome.IN_TIME] + late)
    assert late > 0


@pytest.mark.parametrize("name", ADVICE)
@pytest.mark.parametrize("month", [date(2026, 8, 1), date(2026, 10, 1), date(2026, 11, 1)])
def test_services_are_counted_as_in_their_own_figures(open_to_all: Site, month: date, name: str) -> None:
    db, day = open_to_all.db, open_to_all.now.date()
    services = services_of(db, lead=False, email=None, team=None)
    names = {each.id: each.name for each in services} | {None: ""}
    said = {names[each.service]: each for each in figures_of(db, services, MANAGER, day, first=month, last=month)}
    period = period_of(None, month, day)
    found = counted(open_to_all, name, period)
    assert found.keys() == said.keys()
    assert len(found) > 2
    own = {part: tuple(getattr(each, column) for column in ADVICE[name]) for part, each in said.items()}
    assert {part: (each.numerator, each.denominator) for part, each in found.items()} == own


def test_what_was_answered_after_the_month_was_not_returned_at_its_end(open_to_all: Site) -> None:
    """A month's figure must not fall as the months go by: then the last months would always look the worst."""
    august = period_of(None, date(2026, 8, 1))
    seen_now = replace(august, as_at=open_to_all.now.date())
    then, now = (counted(open_to_all, "advice_not_returned", each)[""] for each in (august, seen_now))
    with open_to_all.db.connect() as connection:
        late = connection.execute(_ANSWERED_AFTER, {"first": august.first, "last": august.last}).scalar_one()
    assert (then.numerator, then.denominator) == ((now.numerator or 0) + late, now.denominator)
    assert late > 0


def test_plans_without_health_or_social_care_are_those_named_by_the_cases(open_to_all: Site) -> None:
    period = Period(date(2026, 1, 1), date(2026, 10, 31), date(2026, 10, 31))
    with Session(open_to_all.db) as session:
        said = issued_without(session, period.first, period.last)
    for name, categories in {
        "plans_without_advice": {"health", "social_care"},
        "plans_without_health": {"health"},
        "plans_without_social_care": {"social_care"},
    }.items():
        wanted = {each.process_id for each in said if each.category in categories}
        shown = behind(open_to_all.db, measure(name), period, MANAGER, Side.COUNTED, page=None)
        assert {each.process_id for each in shown.cases} == wanted
        assert wanted


def test_every_officer_has_the_cases_of_the_team_s_page(open_to_all: Site) -> None:
    said = {each.username: each.open for each in workload(open_to_all.db, MANAGER, open_to_all.now.date()) if each.open}
    found = counted(open_to_all, "caseload", today(open_to_all))
    assert {part if part != "-" else None: each.numerator for part, each in found.items() if part} == said
