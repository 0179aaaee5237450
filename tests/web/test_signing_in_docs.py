"""What docs/signing-in.md says of roles, limits and the log is so."""

import re
from pathlib import Path

from casework.sign_in.limits import ADDRESS, ASK, BEGIN, EVERYBODY, GUESS, LIMITS, LINK_ASK, LINK_FEED, LINK_GUESS, WHO
from web.roles import ADMINISTER, ADVICE, COVER_SERVICES, MANAGE, OVERSEE, PASS_ON, READ, WORK, Role

ROOT = Path(__file__).parents[2]
SAID = (ROOT / "docs" / "signing-in.md").read_text()
CALLED = {
    ASK: "asking for a code",
    GUESS: "trying a code",
    BEGIN: "going to the provider",
    LINK_ASK: "asking for the code of a link (the person is the link)",
    LINK_GUESS: "trying the code of a link",
    LINK_FEED: "fetching the feed of a calendar (the person is its link)",
}


def test_the_roles_are_those_of_the_code() -> None:
    shown = (READ, WORK, OVERSEE, MANAGE, ADMINISTER, ADVICE, PASS_ON, COVER_SERVICES)
    rows = [f"| role | {' | '.join(access.name for access in shown)} |", f"|{' --- |' * (len(shown) + 1)}"]
    for role in Role:
        rows.append(f"| `{role}` | " + " | ".join("yes" if role in access.roles else "" for access in shown) + " |")
    assert "\n".join(rows) in SAID, "\n".join(rows)


def test_the_limits_are_those_of_the_code() -> None:
    for what, called in CALLED.items():
        cells = [LIMITS[what].get(scope) for scope in (WHO, ADDRESS, EVERYBODY)]
        said = [f"{cell.most} in {cell.within.seconds // 60} minutes" if cell else "" for cell in cells]
        assert f"| {called} | {' | '.join(said)} |" in SAID
    assert set(CALLED) == set(LIMITS)


def test_every_event_of_the_log_is_told() -> None:
    sources = [*(ROOT / "web").rglob("*.py"), *(ROOT / "casework" / "sign_in").rglob("*.py")]
    logged = {event for each in sources for event in re.findall(r"\blog\.\w+\(\s*\"(\w+)\"", each.read_text())}
    _, _, table = SAID.partition("<!-- events: checked by a test -->\n")
    rows = [row.split("|")[1] for row in table.partition("\n\n")[0].splitlines()[2:]]
    assert {event for row in rows for event in re.findall(r"`(\w+)`", row)} == logged
