"""Log lines hold ids, counts, days and codes, and never a person."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from config.log import LineFormatter, get_log

PROCESS = UUID("8f14e45f-ceea-467f-a8b2-0c5f1f6f0001")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter(as_json=True))
    logger = logging.getLogger("tests.lines")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield out
    logger.removeHandler(handler)


def test_an_event_is_one_line_with_its_values(lines: io.StringIO) -> None:
    get_log("tests.lines").info("round_finished", process=PROCESS, sent=12, day=date(2026, 11, 20), limit="reg8_advice")
    said = json.loads(lines.getvalue())
    assert said["event"] == "round_finished"
    assert (said["process"], said["sent"], said["day"]) == (str(PROCESS), 12, "2026-11-20")
    assert said["limit"] == "reg8_advice"


@pytest.mark.parametrize("value", ["Jo Smith", "Smith", "jo@council.example", "A123456789012", {"name": "Jo"}, "a\nb"])
def test_what_could_be_a_person_is_withheld(lines: io.StringIO, value: object) -> None:
    get_log("tests.lines").warning("odd", about=value)
    assert json.loads(lines.getvalue())["about"] == "[withheld]"


def test_an_error_keeps_its_place_and_loses_its_message(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError("Jo Smith")
        except KeyError as first:
            raise RuntimeError("row of Jo Smith") from first
    except RuntimeError as error:
        get_log("tests.lines").error("failed", error)
    assert "Jo Smith" not in lines.getvalue()
    assert "RuntimeError at" in lines.getvalue()
    assert "from KeyError at" in lines.getvalue()
    assert "test_log.py:" in lines.getvalue()


def test_a_library_s_line_loses_addresses_and_pupil_numbers(lines: io.StringIO) -> None:
    logging.getLogger("tests.lines").error("refused <jo@council.example>\nUPN A123456789012 again")
    said = json.loads(lines.getvalue())["event"]
    assert said == "refused <[withheld]> UPN [withheld] again"


PROGRAM = """
from config.log import configure_logging, get_log
from config.settings import get_settings
configure_logging(get_settings())
get_log("a.b").info("hello", count=3)
get_log("a.b").debug("unheard")
"""


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /sign-in/link/0f3cSECRET-SECRET_SECRET HTTP/1.1 200", "GET /sign-in/link/[withheld] HTTP/1.1 200"),
        ("GET /advice/link/0f3cSECRET-SECRET_SECRET/code HTTP", "GET /advice/link/[withheld]/code HTTP"),
        ("GET /advice/calendar/0f3cSECRET-SECRET.ics HTTP/1.1", "GET /advice/calendar/[withheld].ics HTTP/1.1"),
        (
            "GET /sign-in/provider/back?code=SECRET&state=SECRET&iss=x 303",
            "/sign-in/provider/back?code=[withheld]&state=",
        ),
        ("Authorization: Bearer ehcp_SECRETSECRETSECRETSECRET", "Bearer [withheld]"),
    ],
)
def test_a_library_s_line_loses_what_one_could_sign_in_with(lines: io.StringIO, line: str, kept: str) -> None:
    logging.getLogger("tests.lines").info(line)
    said = json.loads(lines.getvalue())["event"]
    assert "SECRET" not in said
    assert kept in said


def test_a_process_logs_plain_lines_to_standard_error() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == ""
    assert done.stderr.rstrip().endswith("INFO a.b hello count=3")
    assert done.stderr.count("\n") == 1
