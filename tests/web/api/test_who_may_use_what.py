"""Each role against each operation of the API: who may not is told so, whatever else is wrong with what they sent."""

import pytest

from tests.web.api.conftest import Program, program
from tests.web.site import PEOPLE, Site
from tests.web.test_who_may_use_what import access_of, filled, routes

NO_TOKEN = "nobody"


def statuses(asks: Program, site: Site) -> dict[str, tuple[int, int]]:
    """Of every operation that wants somebody: what was answered, and what an answer to who may not would be."""
    role = next((role for role in PEOPLE if asks.token and program(site, role).token == asks.token), NO_TOKEN)
    found: dict[str, tuple[int, int]] = {}
    for method, path, route in routes(site):
        access = access_of(route)
        if not path.startswith("/api/") or not access.signed_in:
            continue
        answer = asks.client.request(method, filled(path), headers={"idempotency-key": f"{role}-{method}-{len(found)}"})
        refused = 401 if role == NO_TOKEN else 403 if role not in access.roles else 0
        found[f"{method} {path}"] = (answer.status_code, refused)
    return found


@pytest.mark.parametrize("role", [*PEOPLE, NO_TOKEN])
def test_each_role_gets_in_where_it_may_and_nowhere_else(looking: Site, role: str) -> None:
    asks = Program(looking) if role == NO_TOKEN else program(looking, role)
    found = statuses(asks, looking)
    assert len(found) > 20
    wrong = {
        where: answered
        for where, (answered, refused) in found.items()
        if (answered != refused if refused else answered in (401, 403) or answered >= 500)
    }
    assert wrong == {}
