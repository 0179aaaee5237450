"""A policy is adopted at once; what it moves is worked out afterwards, batch by batch, whoever is killed meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from casework.adopting import adopt_policy
from casework.errors import Refused
from casework.policies import adopt
from casework.rebuild import recompute
from casework.recomputing import ask, finish, progress, step
from casework.vital_signs import BATCH_PATIENCE, POLICY, Finding, vital_signs
from statute.kind import ASSESSMENT
from tests.casework.support import NOW, OFFICER, Council

TEN, TWELVE = "[norms]\nlocal_draft_plan = 10\n", "[norms]\nlocal_draft_plan = 12\n"
SHIPPED_DAY, TEN_DAY, TWELVE_DAY = date(2026, 12, 9), date(2026, 11, 11), date(2026, 11, 25)
"""The local norm for the draft plan of a case of 2 September 2026, as each policy has it."""
OTHER_OPENING = "[reviews]\nopen_weeks = 20\n"
WAITING = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def norms(council: Council) -> list[date]:
    rows = council.rows("SELECT norm_due FROM deadline WHERE limit_id = 'local_draft_plan' ORDER BY process_id")
    return [row["norm_due"] for row in rows]


def adopted(council: Council, toml: str) -> int:
    """How many cases were left to be worked out."""
    return adopt_policy(council.db, toml, OFFICER, NOW).to_work_out


def word(council: Council) -> tuple[int, int, int, bool]:
    """The version of the last word, cases done, of how many, and whether it came to its end."""
    found = progress(council.db)
    assert found is not None
    return found.policy, found.done, found.total, found.finished_at is not None


def test_adopting_moves_no_day_itself_and_leaves_word_of_how_many_cases_wait(council: Council) -> None:
    council.opens()
    council.opens()
    assert progress(council.db) is None
    assert adopted(council, TWELVE) == 2
    assert norms(council) == [SHIPPED_DAY, SHIPPED_DAY]
    assert word(council) == (1, 0, 2, False)


def test_batches_go_on_one_after_the_other_and_end(council: Council) -> None:
    for _ in range(5):
        council.opens()
    adopted(council, TWELVE)
    assert step(council.db, NOW, 2) == 2
    assert norms(council) == [TWELVE_DAY] * 2 + [SHIPPED_DAY] * 3
    assert word(council) == (1, 2, 5, False)
    assert [step(council.db, NOW, 2) for _ in range(3)] == [2, 1, 0]
    assert norms(council) == [TWELVE_DAY] * 5
    assert word(council) == (1, 5, 5, True)
    assert recompute(council.db, NOW) == 0


def test_a_batch_that_died_left_nothing_and_is_done_again(council: Council) -> None:
    council.opens()
    council.opens()
    adopted(council, TWELVE)
    with ThreadPoolExecutor(1) as worker, council.db.begin() as somebody:
        # Whoever records on the second case holds it: the batch has the first already.
        somebody.execute(text("SELECT id FROM process ORDER BY id DESC LIMIT 1 FOR UPDATE"))
        batch = worker.submit(step, council.db, NOW)
        until_somebody_waits(council)
        somebody.execute(text(f"SELECT pg_terminate_backend(pid) {WAITING}"))
        with pytest.raises(OperationalError):
            batch.result(10)
    assert (norms(council), word(council)) == ([SHIPPED_DAY, SHIPPED_DAY], (1, 0, 2, False))
    assert step(council.db, NOW) == 2
    assert (norms(council), word(council)) == ([TWELVE_DAY, TWELVE_DAY], (1, 2, 2, True))


def test_two_workers_do_not_do_the_same_batch(council: Council) -> None:
    council.opens()
    adopted(council, TWELVE)
    with council.db.begin() as other:
        other.execute(text("SELECT id FROM recomputation FOR UPDATE"))
        assert step(council.db, NOW) == 0
    assert step(council.db, NOW) == 1


def test_nobody_who_adopts_waits_for_whoever_is_at_it(council: Council) -> None:
    council.opens()
    adopted(council, TWELVE)
    with council.db.begin() as other:
        other.execute(text("SELECT id FROM recomputation FOR UPDATE"))
        assert adopted(council, TEN) == 1
    assert word(council) == (2, 0, 1, False)


def test_of_two_policies_adopted_one_after_the_other_the_newest_wins(council: Council) -> None:
    for _ in range(3):
        council.opens()
    adopted(council, TWELVE)
    step(council.db, NOW, 2)
    adopted(council, TEN)
    assert word(council) == (2, 0, 3, False)
    finish(council.db, lambda: NOW)
    assert (norms(council), word(council)) == ([TEN_DAY] * 3, (2, 3, 3, True))


def test_what_an_earlier_policy_asked_for_and_nobody_finished_is_not_forgotten(council: Council) -> None:
    council.opens()
    assert adopted(council, OTHER_OPENING) == 0  # there is no review
    adopted(council, OTHER_OPENING + TEN)
    kinds = council.rows("SELECT kinds FROM recomputation ORDER BY id")
    assert kinds == [{"kinds": ["annual-review"]}, {"kinds": ["annual-review", "assessment"]}]
    finish(council.db, lambda: NOW)
    adopted(council, OTHER_OPENING + TWELVE)
    assert council.rows("SELECT kinds FROM recomputation ORDER BY id")[2] == {"kinds": ["assessment"]}


def test_a_policy_that_moves_no_day_asks_for_nothing_and_stops_nothing(council: Council) -> None:
    council.opens()
    adopted(council, TWELVE)
    assert adopted(council, TWELVE + "[advice]\nthen_every = 5\n") == 0
    assert word(council) == (1, 0, 1, False)
    step(council.db, NOW)
    assert norms(council) == [TWELVE_DAY]


def test_the_policy_in_force_adopted_again_has_everything_looked_at(council: Council) -> None:
    council.opens()
    adopted(council, TWELVE)
    finish(council.db, lambda: NOW)
    assert adopted(council, TWELVE) == 1
    assert word(council) == (1, 0, 1, False)


def test_a_policy_that_is_refused_leaves_no_word(council: Council) -> None:
    council.opens()
    with pytest.raises(Refused):
        adopted(council, "[norms]\nlocal_draft_plan = 1000\n")
    with pytest.raises(Refused):
        adopt_policy(council.db, TWELVE, OFFICER, NOW, after=7)
    assert progress(council.db) is None


@pytest.mark.parametrize("work", [step, recompute])
def test_a_batch_that_had_to_wait_for_a_case_writes_nothing_of_the_policy_before(
    council: Council, work: Callable[[Engine, datetime], int]
) -> None:
    council.opens()
    adopted(council, TWELVE)
    with ThreadPoolExecutor(1) as worker:
        with council.db.begin() as somebody:
            somebody.execute(text("SELECT id FROM process FOR UPDATE"))
            batch = worker.submit(work, council.db, NOW)
            until_somebody_waits(council)
            with Session(council.db) as session, session.begin():
                ask(session, adopt(session, TEN, OFFICER, NOW), [ASSESSMENT], NOW)
        batch.result(10)
    assert norms(council) == [TEN_DAY]


def until_somebody_waits(council: Council) -> None:
    for _ in range(1000):
        if council.row(f"SELECT count(*) AS n {WAITING}")["n"]:
            return
        with council.db.connect() as connection:
            connection.execute(text("SELECT pg_sleep(0.01)"))
    raise AssertionError("nobody waits")


def test_a_case_that_is_opened_meanwhile_has_the_new_norm_already(council: Council) -> None:
    adopted(council, TWELVE)
    council.opens()
    assert norms(council) == [TWELVE_DAY]


def sign(council: Council, after: timedelta) -> Finding:
    return next(each for each in vital_signs(council.db, NOW + after) if each.what == POLICY)


def test_the_doctor_shows_cases_that_nobody_works_out(council: Council) -> None:
    soon, late = BATCH_PATIENCE / 2, BATCH_PATIENCE * 2
    assert sign(council, late).well
    council.opens()
    adopted(council, TWELVE)
    assert sign(council, soon).well
    waits = sign(council, late)
    assert (waits.well, waits.since) == (False, NOW)
    assert "2026-11-20 10:00 UTC" in waits.found
    assert "start a worker" in waits.remedy
    step(council.db, NOW + late, 1)
    assert sign(council, late + soon).well
    assert not sign(council, late * 3).well
    finish(council.db, lambda: NOW)
    assert sign(council, late * 3).well
