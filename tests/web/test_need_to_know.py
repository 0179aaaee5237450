"""Who is not named for a restricted child learns nothing: every page, file and answer of the API, walked as every role.

Every second child is restricted, and each of them is given a name, a pupil number and a date that nobody else has. So
whatever list has two rows has somebody on it who must not be there, a new page as well as an old one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.cover import add_cover
from casework.people import NewContact, add_contact
from config.clock import london_day
from tests.support.database import Cluster
from tests.web.lists import ask
from tests.web.site import NOW, PEOPLE, Site
from tests.web.test_who_may_use_what import access_of, routes
from tests.web.walking import Seen, Walk

SURNAME, FORENAME, PARENT = "Quillfeather", "Xanthippe", "Zebedee"
NAMED = "v.costa"
SECRETS = (SURNAME, FORENAME, PARENT, "1999-09-09", "9 September 1999", "9 Sep 1999", "09/09/1999")
EXAMPLES = {"EHC-2026-0004", "EHC-2026-0491"}
"""References that pages give as an example."""
_WORD = re.compile(r"[\w-]+")

_EVERY_SECOND = """
SELECT id FROM (SELECT n.id, row_number() OVER (ORDER BY min(p.case_ref)) AS place FROM person n
JOIN process p ON p.person_id = n.id GROUP BY n.id) AS counted WHERE place % 2 = 0
"""
_RESTRICT = (
    f"CREATE TEMPORARY TABLE chosen ON COMMIT DROP AS {_EVERY_SECOND}",
    "UPDATE person SET sensitivity = 'restricted', restricted_to = ARRAY[:named], surname = :surname, "
    "forename = :forename, date_of_birth = CASE WHEN date_of_birth IS NULL THEN NULL ELSE DATE '1999-09-09' END "
    "WHERE id IN (SELECT id FROM chosen)",
    "UPDATE deadline SET restricted = true WHERE process_id IN "
    "(SELECT id FROM process WHERE person_id IN (SELECT id FROM chosen))",
)
_HIDDEN = """
SELECT p.case_ref, p.mail_ref, coalesce(l.plan_ref, '') AS plan_ref, coalesce(n.upn, '') AS upn FROM process p
JOIN person n ON n.id = p.person_id LEFT JOIN review v ON v.process_id = p.id LEFT JOIN plan l ON l.id = v.plan_id
WHERE n.sensitivity = 'restricted'
"""
_VISIBLE = """
SELECT p.case_ref, p.mail_ref FROM process p JOIN person n ON n.id = p.person_id
WHERE n.sensitivity <> 'restricted' AND p.kind = :kind AND p.version > 3 ORDER BY p.case_ref LIMIT 1
"""
_WAITING = """
SELECT p.mail_ref, p.case_ref FROM process p JOIN person n ON n.id = p.person_id
WHERE n.sensitivity = 'restricted' AND p.kind = :kind AND p.version > 3 ORDER BY p.case_ref LIMIT 1
"""


@dataclass(frozen=True)
class House:
    """A council in which every second child is restricted, and what nobody may be told of them."""

    site: Site
    hidden: frozenset[str]
    open_refs: list[str]
    closed_refs: list[str]

    def told(self, seen: Seen) -> set[str]:
        """What an answer says of restricted children beyond what was asked."""
        words = seen.words
        found = {secret for secret in SECRETS if secret in words}
        asked = set(_WORD.findall(unquote(seen.url).upper()))
        return found | (set(_WORD.findall(words.upper())) & self.hidden) - asked - EXAMPLES


@pytest.fixture(scope="module")
def house(cluster: Cluster, council_template: str) -> Iterator[House]:
    made = cluster.create(council_template)
    try:
        yield furnished(Site(made.engine))
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


def furnished(site: Site) -> House:
    """Every second child restricted, with a parent, a reader, an officer who is away, and some without an officer."""
    bound = {"named": NAMED, "surname": SURNAME, "forename": FORENAME}
    with site.db.begin() as connection:
        for statement in _RESTRICT:
            connection.execute(text(statement), bound if ":named" in statement else {})
        connection.execute(text("UPDATE process SET officer = NULL WHERE right(case_ref, 1) = '6'"))
        connection.execute(
            text(
                "UPDATE deadline SET officer = NULL WHERE process_id IN (SELECT id FROM process WHERE officer IS NULL)"
            )
        )
    kinds = ("assessment", "annual-review")
    closed = [ask(site, _WAITING, kind=kind)[0] for kind in kinds]
    opened = [ask(site, _VISIBLE, kind=kind)[0] for kind in kinds]
    reader = site.signed_in(NAMED)
    for case in closed:
        parent = NewContact("parent", PARENT, f"{PARENT}@example.org")
        add_contact(site.db, case["case_ref"], parent, Actor(NAMED, "web"))
        reader.get(f"/cases/{case['mail_ref']}")
    reader.get("/overdue")
    today = london_day(NOW)
    for away in ("p.singh", "r.hale", NAMED):
        for who in ("a.marsh", "m.east"):
            add_cover(site.db, away, who, today, today, Actor("h.service", "web"), NOW)
    rows = ask(site, _HIDDEN)
    hidden = frozenset(str(value).upper() for row in rows for value in row.values() if value and "/" not in value)
    refs = [value for case in closed for value in (case["mail_ref"], case["case_ref"].replace("/", "%2F"))]
    return House(site, hidden, [case["mail_ref"] for case in opened], refs)


@pytest.mark.parametrize("role", PEOPLE)
def test_whoever_is_not_named_learns_nothing(house: House, role: str) -> None:
    told: dict[str, list[str]] = {}
    failed: list[tuple[str, int]] = []
    walk = Walk(house.site, PEOPLE[role], [*house.open_refs, *house.closed_refs])
    for seen in walk:
        if said := house.told(seen):
            told[seen.url] = sorted(said)[:4]
        if seen.status >= 500:
            failed.append((seen.url, seen.status))
    assert told == {}
    assert failed == []
    assert walk.followed > (0 if role == "service_lead" else 50)


def test_whoever_is_named_sees_them_so_that_the_walk_would_notice(house: House) -> None:
    walk = Walk(house.site, NAMED, house.closed_refs[::2])
    seen = {each.url for each in walk if house.told(each)}
    for url in (
        "/overdue",
        "/overdue.csv",
        "/due.xlsx",
        "/work",
        "/reviews",
        "/api/v1/overdue",
        "/api/v1/saveable",
        "/api/v1/cohort",
        "/api/v1/waits",
    ):
        assert url in seen, url


SENT = {"confirm": "yes", "text": "said", "username": "a.marsh", "officer": "a.marsh", "who": "ordinary"}


@pytest.mark.parametrize("role", ["caseworker", "manager", "admin"])
def test_nothing_can_be_sent_about_a_child_by_whoever_is_not_named(house: House, role: str) -> None:
    """And what is answered is the same as of a case that there is not."""
    browser, program = house.site.as_a(role), Walk(house.site, PEOPLE[role], []).program
    browser.get("/find")
    before = ask(house.site, "SELECT count(*) FROM fact")
    wrong: list[str] = []
    for method, path, route in routes(house.site):
        if method == "GET" or "{ref" not in path or role not in access_of(route).roles:
            continue
        answers = [
            program.request(method, url, json=body_of(path), headers={"idempotency-key": f"{role}-{url}"})
            if path.startswith("/api/")
            else browser.client.request(method, url, data={"csrf": browser.csrf, **SENT})
            for url in addressed(path, [house.closed_refs[0], house.closed_refs[2], "7TD-7TD7"])
        ]
        statuses = [answer.status_code for answer in answers]
        if set(statuses) != {404} or len({bare(answer.text) for answer in answers}) > 1:
            wrong.append(f"{method} {path}: {statuses}")
    assert wrong == []
    assert ask(house.site, "SELECT count(*) FROM fact") == before


def bare(answer: str) -> str:
    """An answer without what differs in each: the reference that was asked for and numbers made for this once."""
    return re.sub(r"[0-9A-Z]{3}-[0-9A-Z]{4}|nonce=\"[^\"]+\"", "", answer)


BODIES: Mapping[str, Mapping[str, object]] = {
    "assignment": {"officer": "a.marsh"},
    "facts": {"facts": ["advice_received:health=2026-11-19"], "confirm": True},
    "contact-notes": {"day": "2026-11-19", "way": "phone", "with_whom": "parent", "text": "x"},
}


def body_of(path: str) -> Mapping[str, object]:
    return BODIES[path.rpartition("/")[2]]


def addressed(path: str, refs: Sequence[str]) -> Sequence[str]:
    nothing = "00000000-0000-0000-0000-000000000000"
    fill = {"kind": "advice_received", "sequence": "1", "number": nothing, "document_id": nothing, "letter_id": nothing}
    rest = re.sub(r"\{(\w+)\}", lambda found: fill.get(found[1], found[0]), path)
    return [re.sub(r"\{ref(:path)?\}", ref, rest) for ref in refs]


@pytest.mark.parametrize("role", ["caseworker", "manager", "admin", "auditor"])
def test_no_search_finds_a_child_for_whoever_is_not_named(house: House, role: str) -> None:
    (child,) = ask(house.site, _ONE, ref=house.closed_refs[0])
    tries = [{"anything": value} for value in (SURNAME, FORENAME, f"{FORENAME} {SURNAME}", "9/9/1999", child["upn"])]
    tries += [{"anything": child["case_ref"]}, {"anything": child["mail_ref"]}, {"surname": SURNAME}]
    tries += [{"upn": child["upn"]}, {"born": "9/9/1999"}, {"surname": SURNAME, "setting": child["setting_urn"]}]
    browser, program = house.site.as_a(role), Walk(house.site, PEOPLE[role], []).program
    for typed in tries:
        answer = browser.post("/find", typed)
        page = browser.follow(answer) if answer.status_code == 303 else answer
        assert "/cases/" not in page.text.split("<main")[1], typed
        assert "No case" in page.text, typed
        body = {name: "1999-09-09" if name == "born" else said for name, said in typed.items()}
        body = {{"born": "date_of_birth"}.get(name, name): said for name, said in body.items()}
        found = program.post("/api/v1/find", json=body)
        assert found.json() == {"items": [], "more": False, "by_setting": False, "called": None}, typed


_ONE = """
SELECT p.case_ref, p.mail_ref, n.upn, n.setting_urn FROM process p JOIN person n ON n.id = p.person_id
WHERE p.mail_ref = :ref
"""


def test_a_change_of_the_calendar_names_nobody_but_says_that_there_are_more(house: House) -> None:
    browser = house.site.as_a("manager")
    browser.get("/calendar/add/closure")
    days = {"first-day": "27", "first-month": "11", "first-year": "2026", "last-day": "11", "last-month": "12"}
    answer = browser.post("/calendar/add/closure", {**days, "last-year": "2026", "name": "Floods", "because": "Water"})
    page = browser.follow(answer)
    assert "would move in" in page.text and "only named staff may see" in page.text
    assert house.told(Seen("", 200, page.text, page.text)) == set()


def test_nobody_reads_who_read_a_child_they_may_not_know_of(house: House) -> None:
    browser = house.site.as_a("auditor")
    for ref in house.closed_refs:
        page = browser.post("/reads", {"ref": ref.replace("%2F", "/")})
        assert page.status_code == 422 and "No case has that reference" in page.text
