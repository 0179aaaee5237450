"""What docs/advice-by-link.md says of times and of the log is so."""

import re
from pathlib import Path

from casework.secure_links.guessing import LOCKED_FOR
from casework.secure_links.keeping import CODES, VISITS
from casework.secure_links.making import GOOD_FOR, Opens
from casework.secure_links.visits import IDLE, LONGEST
from casework.sign_in.codes import DIGITS, GUESSES, VALID_MINUTES

ROOT = Path(__file__).parents[3]
SAID = (ROOT / "docs" / "advice-by-link.md").read_text()


def test_the_times_are_those_of_the_code() -> None:
    weeks = {opens: f"{days.days // 7} weeks" for opens, days in GOOD_FOR.items()}
    assert f"| the link of a request, of a list | {weeks[Opens.REQUEST]}" in SAID
    assert weeks[Opens.LIST] == weeks[Opens.REQUEST]
    assert f"| the link of a notice | {weeks[Opens.NOTICE]} |" in SAID
    assert f"(no code; days and references only) | {weeks[Opens.CALENDAR]} |" in SAID
    assert f"| a code | {VALID_MINUTES} minutes, once" in SAID
    assert (DIGITS, GUESSES, LOCKED_FOR.total_seconds()) == (6, 5, 3600)
    minutes, hours = IDLE.seconds // 60, LONGEST.seconds // 3600
    assert f"| a visit | {minutes} minutes without a page, {hours} hours in any case |" in SAID
    assert (CODES.days, VISITS.days) == (2, 30)


def test_every_event_of_the_log_is_told() -> None:
    sources = (ROOT / "casework" / "secure_links").glob("*.py")
    logged = {event for each in sources for event in re.findall(r"\blog\.\w+\(\s*\"(\w+)\"", each.read_text())}
    table = SAID.partition("| event | when |")[2]
    assert set(re.findall(r"`(link_\w+)`", table)) == logged
