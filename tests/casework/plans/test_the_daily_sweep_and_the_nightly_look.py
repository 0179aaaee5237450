"""Every review is opened on its day, once; and every night it is seen to that no plan is forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from casework.health import CHECKS
from casework.lists import overdue
from casework.nightly import check
from casework.rebuild import recompute, should_be_running
from casework.sweep import Opened, open_due
from engine.waking import workflow_id
from tests.casework.plans.conftest import Plans
from tests.casework.support import OFFICER, at

R1 = "A-001/R1"
DAY = at("2025-09-15", 5)


def running(plans: Plans) -> set[str]:
    """The clocks that should run do."""
    return {workflow_id(ref.process_id, ref.kind) for ref in should_be_running(plans.council.db)}


def night(plans: Plans, moment: datetime) -> str:
    """What the nightly check says of plans."""
    found = check(plans.council.db, running(plans), moment).problems
    return " ".join(problem for problem in found if problem[0].isdigit() and " review" in problem)


def test_a_review_is_opened_on_its_day_and_only_then(plans: Plans) -> None:
    assert open_due(plans.council.db, DAY - timedelta(days=1)) == Opened(0)
    assert open_due(plans.council.db, DAY) == Opened(1)
    assert open_due(plans.council.db, DAY) == Opened(0)
    review = plans.review(R1)
    assert (review["opens_on"], review["opened_at"]) == (None, DAY)
    assert plans.woken().count(R1) == 1
    assert running(plans) == {workflow_id(review["id"], "annual-review")}


def test_two_sweeps_at_once_open_each_review_once(plans: Plans) -> None:
    with plans.council.db.begin() as connection:
        connection.exec_driver_sql("""
            INSERT INTO process (id, authority, person_id, kind, case_ref, mail_ref, opened_at, run, version, head_hash,
                imported) SELECT gen_random_uuid(), authority, person_id, kind, 'B-' || n, 'B-' || n, opened_at, 1, 1,
                head_hash, true FROM process, generate_series(1, 300) AS n WHERE case_ref = 'A-001/R1';
            INSERT INTO review (process_id, authority, plan_id, cycle, opens_on) SELECT process.id, review.authority,
                plan_id, row_number() OVER () + 1, opens_on FROM process, review WHERE process.case_ref LIKE 'B-%%'
        """)
    beats: list[int] = []

    def sweep(batch: int) -> int:
        return open_due(plans.council.db, DAY, batch=batch, beat=lambda: beats.append(batch)).count

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(sweep, (7, 11))) == 301
    assert plans.council.count("wake JOIN review USING (process_id)") == 301
    assert plans.council.count("review WHERE opens_on IS NOT NULL OR opened_at IS NULL") == 0
    assert {7, 11} == set(beats)


def test_a_plan_without_a_review_gets_its_next_in_the_night(plans: Plans) -> None:
    with plans.council.db.begin() as connection:  # as plans were before they had reviews
        connection.exec_driver_sql(
            "INSERT INTO plan (id, authority, person_id, plan_ref, made_on, ended_by, imported, officer) "
            "SELECT gen_random_uuid(), authority, person_id, 'B-1', '2025-03-03', '', false, 'p.singh' FROM plan"
        )
    assert "1 plans that go on had no review under way" in night(plans, at("2025-04-01", 2))
    assert plans.review("B-1/R1")["officer"] == "p.singh"
    assert plans.open_rows("B-1/R1") == {"s44_review": date(2026, 3, 2)}
    assert night(plans, at("2025-04-02", 2)) == ""


def test_a_review_that_lost_its_day_or_was_never_opened_is_put_right(plans: Plans) -> None:
    with plans.council.db.begin() as connection:
        connection.exec_driver_sql("DELETE FROM deadline")
    assert night(plans, at("2025-04-01", 2)) == ""  # the first night computes everything
    with plans.council.db.begin() as connection:
        connection.exec_driver_sql("DELETE FROM deadline")
    assert "1 reviews had no review date" in night(plans, at("2025-04-02", 2))
    assert "s44_review" in plans.open_rows(R1)
    assert night(plans, at("2025-09-16", 2)) == ""  # the sweep of the morning may still come
    found = {each.__name__: each(plans.council.db, at("2025-09-17", 1)) for each in CHECKS}
    assert not found["_reviews"].well
    assert "1 reviews should have been opened days ago" in night(plans, at("2025-09-17", 2))
    assert plans.review(R1)["opened_at"] == at("2025-09-17", 2)


def test_a_missing_clock_of_a_review_is_woken_and_none_is_missed_before_its_day(plans: Plans) -> None:
    with plans.council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE wake SET delivered_at = created_at")
    assert check(plans.council.db, set(), at("2025-04-01", 2)).to_wake == ()
    open_due(plans.council.db, DAY)
    (ref,) = check(plans.council.db, set(), at("2025-09-16", 2)).to_wake
    assert (ref.process_id, ref.kind) == (plans.review(R1)["id"], "annual-review")


def test_of_the_reviews_only_those_are_computed_again_in_which_a_day_came(plans: Plans) -> None:
    plans.says("2025-10-01", R1, "review_papers_sent=2025-10-01;meeting=2025-10-20")
    night(plans, at("2025-10-02", 2))

    def spoilt(moment: datetime) -> int:
        with plans.council.db.begin() as connection:
            connection.exec_driver_sql("UPDATE deadline SET citation = '' WHERE case_ref = 'A-001/R1'")
        night(plans, moment)
        query = "SELECT note FROM round_log ORDER BY started_at DESC LIMIT 1"
        return int(plans.council.row(query)["note"]["recomputed"])

    assert spoilt(at("2025-10-10", 2)) == 0
    assert spoilt(at("2025-10-20", 2)) == 1
    with plans.council.db.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO policy_version (number, toml, adopted_at, adopted_by) "
            "VALUES (1, '[norms]\nlocal_draft_plan = 10\n', now(), 'a.marsh')"
        )
    assert spoilt(at("2025-10-23", 2)) == 2  # everything, and the assessment has another norm
    assert recompute(plans.council.db, at("2025-10-23", 2)) == 0


@pytest.mark.parametrize("facts", [("review_meeting=2025-11-05", "decision_maintain=2025-11-26"), ("died=2025-06-02",)])
def test_a_review_that_ended_is_never_opened(plans: Plans, facts: tuple[str, ...]) -> None:
    plans.says("2025-11-26", R1, *facts)
    assert open_due(plans.council.db, at("2026-03-02")) == Opened(0)
    assert overdue(plans.council.db, OFFICER, date(2026, 3, 2)).items == ()
