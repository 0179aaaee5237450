"""Rounds that are killed, and connections that are lost: nothing is lost, one letter may come twice."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from post.letters import Letter
from tests.casework.chasing.council import (
    DUE,
    LOST,
    MORNING,
    PAEDS,
    Council,
    Killed,
    at,
    attempts,
    chased,
)


def test_a_round_that_is_killed_before_the_letter_left_is_taken_over(council: Council):
    chased(council)

    def kill(_: Letter) -> None:
        raise Killed

    council.box.before = kill
    with pytest.raises(Killed):
        council.round(MORNING)
    assert [m.status for m in council.messages() if m.kind == "chase" and m.rung == "0"] == ["sending"]
    council.box.before = None
    assert council.round(at(DUE, "08:45")).sent == 1
    assert council.box.to == [PAEDS]
    assert council.round(at(DUE, "08:50")).sent == 0


def test_a_round_killed_between_the_servers_yes_and_our_note_repeats_one_letter_under_its_own_name(
    council: Council,
):
    chased(council, 2)

    def kill(_: Letter) -> None:
        raise Killed

    council.box.after = kill
    with pytest.raises(Killed):
        council.round(MORNING)
    council.box.after = None
    council.round(at("2026-11-12", "08:30"))
    one, two = council.box.of(PAEDS)
    assert one.message_id == two.message_id
    assert [tried for tried in attempts(council.db) if PAEDS in tried][-2:] == [
        f"{PAEDS} unknown",
        f"{PAEDS} accepted",
    ]
    assert council.round(at("2026-11-12", "08:40")).sent == 0


def test_a_connection_lost_after_the_letter_repeats_it_under_its_own_name(council: Council):
    chased(council)
    council.box.answers = {PAEDS: LOST}
    assert council.round(MORNING).sent == 0
    council.box.answers = {}
    assert council.round(at(DUE, "09:30")).sent == 1
    one, two = council.box.letters
    assert one.message_id == two.message_id


def test_while_a_letter_may_have_left_nothing_new_is_put_under_its_name(council: Council):
    chased(council)
    council.box.answers = {PAEDS: LOST}
    council.round(MORNING)
    late = council.asked("Late")
    council.wake(late, at(DUE, "08:40"))
    council.box.answers = {}
    council.round(at(DUE, "08:45"))
    assert council.box.letters == []  # asked() empties the box; the new one waits for the letter before it
    assert council.round(at(DUE, "09:30")).sent == 1
    assert council.round(at("2026-11-12", "08:30")).sent == 1


def test_a_round_that_lost_its_lock_with_the_database_stops_before_the_next_letter(council: Council):
    chased(council)

    def cut(_: Letter) -> None:  # Postgres was restarted: every session is gone, and the lock with it
        with psycopg.connect(council.driver_url) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")

    case = council.asked("Another")
    council.wake(case, at("2026-11-25"))
    council.box.after = cut
    with pytest.raises(OperationalError):
        council.round(at("2026-11-25", "08:30"))
    assert len(council.box.letters) == 1
    council.box.after = None
    council.round(at("2026-11-25", "08:40"))
    assert len(set(council.box.to)) == len(council.box.to) == 3
