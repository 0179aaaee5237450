"""The processes of docker-compose.yml, with its environment, on a Postgres and a Temporal that nobody has prepared."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.request import urlopen

import psycopg
import pytest

from config.clock import london_day, utc_now
from tests.faults.deployment import SERVICES, Deployment, deployment
from tests.faults.slow_post import free_port

pytestmark = [pytest.mark.timeout(180)]

SURNAME = "Fotheringay-Quill"
SERVICES_FILE = (
    "who,body,name,section_31,email,manager_email,lead_email,fallback_email\n"
    "health,paeds,Paediatrics,yes,p@nhs.example,pm@nhs.example,dco@nhs.example,po@nhs.example\n"
    "educational_psychology,eps,Psychology,no,ep@council.example,epm@council.example,pep@council.example,epo@council.example\n"
    "social_care,dct,Social Care,no,dct@council.example,dctm@council.example,dsco@council.example,fd@council.example\n"
)
SCHOOLS_FILE = "urn,name,email,head_email\n117222,School,senco@schools.example,head@schools.example\n"
ADVISERS = {"p@nhs.example", "ep@council.example", "dct@council.example", "senco@schools.example"}


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("production")) as place:
        yield place


def schema(place: Deployment) -> list[tuple[object, ...]]:
    """Every column, trigger, grant and role of the database."""
    url = place.environment("setup")["EHCP_MIGRATION_URL"]
    with psycopg.connect(url) as owner:
        queries = (
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger ORDER BY 1, 2",
            "SELECT table_name, grantee, privilege_type FROM information_schema.table_privileges"
            " WHERE table_schema = 'public' ORDER BY 1, 2, 3",
            "SELECT rolname, rolsuper, rolcanlogin FROM pg_roles ORDER BY 1",
        )
        return [row for query in queries for row in owner.execute(query).fetchall()]


def test_setup_prepares_everything_and_doing_it_again_changes_nothing(deployed: Deployment) -> None:
    words = SERVICES["setup"]["command"][1:]
    first = deployed.ehcp(*words, service="setup")
    assert first.code == 0, first.err
    assert re.search(r"created: .*ehcp-post-round", first.out), first.out
    made = schema(deployed)
    again = deployed.ehcp(*words, service="setup")
    assert again.code == 0, again.err
    assert "created: none" in again.out
    assert "updated: none" in again.out
    assert schema(deployed) == made


def test_the_application_cannot_touch_what_it_does_not_own(deployed: Deployment) -> None:
    url = deployed.environment("worker")["EHCP_DATABASE_URL"]
    with psycopg.connect(url) as application, pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("DELETE FROM fact")


def test_without_a_worker_the_doctor_says_what_is_missing_and_exits_with_one(deployed: Deployment) -> None:
    told = deployed.ehcp("doctor", "--json")
    assert told.code == 1, told.err
    assert [check["what"] for check in told.json["checks"] if not check["well"]] == ["worker"]


def test_a_case_is_opened_decided_announced_and_listed_and_sigterm_ends_the_worker(deployed: Deployment) -> None:
    for kind, text in (("services", SERVICES_FILE), ("settings", SCHOOLS_FILE)):
        file = deployed.folder / f"{kind}.csv"
        file.write_text(text)
        taken = deployed.quickly(kind, "import", str(file))
        assert taken.code == 0, taken.err
    today = london_day(utc_now())
    with deployed.worker() as worker:
        case = {"received": str(today - timedelta(days=50)), "source": 1, "surname": SURNAME, "forename": "Ada",
                "setting_urn": "117222"}  # fmt: skip
        opened = deployed.ehcp("open", "-", "--json", stdin=json.dumps(case))
        assert opened.code == 0, opened.err
        ref, mail_ref = opened.json["case_ref"], opened.json["mail_ref"]
        decided = deployed.quickly("record", ref, f"decision_to_assess={today}")
        assert decided.code == 0, decided.err
        deployed.post.wait_for(len(ADVISERS))
        well = deployed.ehcp("doctor", "--json")
        overdue = deployed.quickly("overdue", "--json")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=25) == 0
    assert well.code == 0, well.out
    assert well.json["well"] is True
    assert overdue.code == 0, overdue.err
    assert [(row["case_ref"], row["limit"]) for row in overdue.json["items"]] == []
    assert {letter["To"] for letter in deployed.post.letters} == ADVISERS
    assert all(mail_ref in str(letter.get_body(("plain",))) for letter in deployed.post.letters)


def test_the_pages_are_alive_by_their_own_health_check_and_go_when_told(deployed: Deployment) -> None:
    port = free_port()
    _, *check = SERVICES["web"]["healthcheck"]["test"]
    check = [sys.executable, *(word.replace(":8000/", f":{port}/") for word in check[1:])]
    with deployed.worker("web", "--port", str(port)) as web:
        until = time.monotonic() + 40
        while subprocess.run(check, capture_output=True, timeout=20, check=False).returncode != 0:
            assert web.poll() is None, deployed.log.read_text()
            assert time.monotonic() < until, deployed.log.read_text()
            time.sleep(0.2)
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as ready:  # the worker left only just now
            assert json.load(ready)["temporal"] == "answers"
        with urlopen(f"http://127.0.0.1:{port}/accessibility", timeout=10) as page:
            assert "__Host-" in page.headers["set-cookie"], "people reach it over TLS"
            assert "max-age" in page.headers["strict-transport-security"]
        web.send_signal(signal.SIGTERM)
        assert web.wait(timeout=15) == 0


def test_nothing_names_the_child_and_no_secret_is_printed_or_logged(deployed: Deployment) -> None:
    url = deployed.environment("worker")["EHCP_DATABASE_URL"]
    with psycopg.connect(url) as application, pytest.raises(psycopg.errors.UniqueViolation):
        application.execute(f"INSERT INTO person SELECT * FROM person WHERE surname = '{SURNAME}'")
    server_log = (deployed.postgres.folder / "log").read_text()
    assert "pk_person" in server_log, "the server does log errors"
    for text in (deployed.log.read_text(), server_log):
        for word in (SURNAME, "apppassword1", "ownerpassword1", "0123456789abcdef"):
            assert word not in text


def test_the_image_could_keep_its_folder_to_itself(deployed: Deployment) -> None:
    assert list((deployed.folder / "empty").iterdir()) == []
