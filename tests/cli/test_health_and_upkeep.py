"""`ehcp doctor`, `audit verify`, `migrate`, `rebuild`, `schedules apply` and `post`, with Temporal away."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.conftest import AS_OF, Council, Ehcp, Ended, commands_on, opened
from tests.support.database import APP, Cluster, Database


def checks(done: Ended) -> dict[str, dict[str, Any]]:
    return {check["what"]: check for check in done.json["checks"]}


def tampered(database: Database, *statements: str) -> None:
    address = database.owner_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(ehcp: Ehcp) -> None:
    done = ehcp("doctor", "--json")
    assert done.code == 1
    assert done.json["well"] is False
    found = checks(done)
    assert found["database"]["well"]
    assert found["Temporal"] == {**found["Temporal"], "well": False}
    assert "127.0.0.1:1" in found["Temporal"]["found"]
    assert "EHCP_TEMPORAL_ADDRESS" in found["Temporal"]["remedy"]
    assert all(check["well"] or check["remedy"] for check in found.values())


def test_the_doctor_reads_settings_that_are_wrong(ehcp: Ehcp) -> None:
    done = ehcp("doctor", "--json", EHCP_AUTHORITY="Kent", EHCP_TEMPORAL_ADRESS="x")
    assert done.code == 1
    assert len(done.json["checks"]) == 2
    assert {check["what"] for check in done.json["checks"]} == {"settings"}
    assert "EHCP_AUTHORITY=330" in "".join(check["found"] for check in done.json["checks"])


def test_the_doctor_sees_a_database_and_a_mail_server_that_are_away(ehcp: Ehcp) -> None:
    away = {"EHCP_DATABASE_URL": "postgresql://a:hunter2@127.0.0.1:1/x", "EHCP_SMTP_URL": "smtp://127.0.0.1:1"}
    done = ehcp("doctor", "--json", **away)
    found = checks(done)
    assert done.code == 1
    assert not found["database"]["well"]
    assert not found["mail"]["well"]
    assert "hunter2" not in done.out + done.err


def test_the_doctor_names_nobody(council: Council) -> None:
    done = council.ehcp("doctor")
    assert done.code == 1
    assert "Something needs mending." in done.out
    assert "6 refused rows" in done.out
    assert "EHC-" not in done.out


def test_recording_goes_on_while_temporal_is_away(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    assert ehcp("record", ref, "decision_to_assess=2026-10-02").code == 0
    assert ehcp("overdue", "--as-of", AS_OF, "--json").code == 0


@pytest.mark.parametrize("words", [("schedules", "apply"), ("rebuild",)])
def test_what_needs_temporal_says_that_it_is_away(ehcp: Ehcp, words: tuple[str, ...]) -> None:
    opened(ehcp)
    done = ehcp(*words, "--json")
    assert (done.code, done.out) == (4, "")
    assert "Temporal does not answer at 127.0.0.1:1" in done.err


def test_a_post_round_needs_no_temporal_and_sends_nothing_twice(ehcp: Ehcp) -> None:
    opened(ehcp)
    for _ in range(2):
        done = ehcp("post", "--json")
        assert done.code == 0, done.err
        assert done.json["failed"] == 0
    assert "0 mails sent" in ehcp("post").out


def test_a_worker_without_a_database_says_what_to_do(ehcp: Ehcp) -> None:
    done = ehcp("worker", EHCP_DATABASE_URL="")
    assert done.code == 4
    assert "ehcp up" in done.err


def test_an_untouched_ledger_passes_the_audit(ehcp: Ehcp) -> None:
    ref = opened(ehcp)
    ehcp("record", ref, "decision_to_assess=2026-10-02", "--note", "-", stdin="Agreed.")
    done = ehcp("audit", "verify", "--json")
    assert done.code == 0, done.err
    assert (done.json["facts"], done.json["processes"], done.json["faults"]) == (2, 1, [])


def test_an_altered_ledger_fails_the_audit(ehcp: Ehcp, database: Database) -> None:
    opened(ehcp)
    tampered(database, "ALTER TABLE fact DISABLE TRIGGER USER", "UPDATE fact SET day = '2026-09-03'")
    done = ehcp("audit", "verify", "--json")
    assert done.code == 1
    assert len(done.json["faults"]) >= 1
    assert done.err


def test_an_audit_without_its_key_says_so(ehcp: Ehcp) -> None:
    done = ehcp("audit", "verify", EHCP_SIGNING_KEY="")
    assert done.code == 1
    assert "EHCP_SIGNING_KEY" in done.err


def test_an_empty_database_is_migrated_first_and_once(cluster: Cluster, tmp_path: Path) -> None:
    owner_url = cluster.create_empty("empty_for_cli")
    app_url = cluster.url("empty_for_cli", APP)
    settings = {"EHCP_DATABASE_URL": app_url, "EHCP_MIGRATION_URL": owner_url, "EHCP_DATA_DIR": str(tmp_path)}
    ehcp = commands_on(settings)
    try:
        before = ehcp("overdue")
        assert before.code == 4
        assert "ehcp migrate" in before.err
        assert ehcp("migrate").out == ehcp("migrate").out
        assert ehcp("overdue", "--json").json == {"items": [], "not_timed": 0}
    finally:
        cluster.drop("empty_for_cli")
