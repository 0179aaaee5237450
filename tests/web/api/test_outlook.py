"""What can be saved, the plans of a month and the longest waits through the API: the same as on the pages."""

import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from tests.web.api.conftest import Program, program
from tests.web.lists import ask, file_rows, restrict
from tests.web.site import Site
from web.api.cursors import cursor_of

LISTS = ("saveable", "cohort", "waits")
VARIANTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/saveable", {}),
    ("/saveable", {"of": "lost"}),
    ("/saveable", {"of": "reviews"}),
    ("/cohort", {}),
    ("/cohort", {"month": "2026-09"}),
    ("/waits", {}),
    ("/waits", {"over": "52"}),
    ("/saveable", {"team": "East", "stage": "drafting"}),
    ("/cohort", {"officer": "a.marsh", "age": "5_to_10"}),
    ("/waits", {"service": "health"}),
)


def every_page(asks: Program, path: str, query: dict[str, str], size: int = 9) -> list[Any]:
    """The rows of all pages, one after another."""
    rows, cursor = list[Any](), None
    while True:
        page = asks.get(path, page_size=size, **query, **({"cursor": cursor} if cursor else {})).json()
        assert len(page["items"]) <= size
        rows += page["items"]
        if (cursor := page["next"]) is None:
            return rows


@pytest.mark.parametrize(("path", "query"), VARIANTS)
def test_page_after_page_has_the_rows_of_the_file_in_their_order(
    looking: Site, reader: Program, path: str, query: dict[str, str]
) -> None:
    said = "&".join(f"{name}={value}" for name, value in query.items())
    file = file_rows(looking.as_a("caseworker"), f"{path}.csv?{said}")
    found = every_page(reader, path, query, max(3, len(file) // 4))
    shown = [(row["case"], row["legal_day"], row["next_action"], row["must_happen"]) for row in file]
    assert [(row["case_ref"], row["legal_due"], row["next_action"], row["must"]) for row in found] == shown


def test_what_can_be_saved_is_counted_with_the_longest_waits_beside_it(reader: Program) -> None:
    numbers = reader.get("/saveable").json()["numbers"]
    assert numbers == {of: len(every_page(reader, "/saveable", {"of": of})) for of in ("plans", "lost", "reviews")}
    waits = reader.get("/saveable").json()["waits"]
    assert waits == reader.get("/waits").json()["waits"]
    assert (waits["over_20"], waits["over_52"]) == tuple(
        len(every_page(reader, "/waits", {"over": weeks}, 60)) for weeks in ("20", "52")
    )


def test_the_plans_of_a_month_are_counted_by_what_became_of_them(reader: Program) -> None:
    page = reader.get("/cohort", month="2026-09").json()
    rows = every_page(reader, "/cohort", {"month": "2026-09"})
    assert (page["month"], sum(page["outcomes"].values())) == ("2026-09", len(rows))
    for outcome, number in page["outcomes"].items():
        assert number == sum(row["outcome"] == outcome for row in rows), outcome


@pytest.mark.parametrize("month", ["2026-13", "2026", "September", "1999-01", "2026-1", ""])
def test_a_month_that_is_none_is_named_by_its_field(reader: Program, month: str) -> None:
    answer = reader.get("/cohort", month=month)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "month")


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_holds_the_mail_reference_and_none_of_the_councils(reader: Program, path: str) -> None:
    page = reader.get(f"/{path}", page_size=1).json()
    (row,) = page["items"]
    key = json.loads(urlsafe_b64decode(page["next"] + "=" * (-len(page["next"]) % 4)))
    assert key == [row["legal_due"], row["mail_ref"], row["limit"], row["subject"]]
    answer = reader.get(f"/{path}", cursor=cursor_of([*key[:1], "K7F-3QX0", *key[2:]]))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


def test_a_restricted_child_is_on_the_lists_of_those_who_are_named_alone(site: Site) -> None:
    asks = program(site, "caseworker")
    for path in LISTS:
        first = asks.get(f"/{path}", page_size=1).json()["items"][0]["case_ref"]
        numbers: list[Any] = []
        for named, seen in ((["m.east"], False), (["m.east", "a.marsh"], True)):
            restrict(site, first, *named)
            page = asks.get(f"/{path}", page_size=200).json()
            assert (first in [row["case_ref"] for row in page["items"]]) is seen
            numbers.append({name: page[name] for name in ("waits", "numbers", "outcomes") if name in page})
        assert numbers[0] != numbers[1], "no number tells of whom one may not know"


def test_who_was_shown_is_put_down(site: Site) -> None:
    asks = program(site, "caseworker")
    shown = [len({row["case_ref"] for row in asks.get(f"/{path}").json()["items"]}) for path in LISTS]
    rows = ask(site, "SELECT channel, what, cardinality(processes) AS number FROM read_log ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        ("api", f"api: {path}", number) for path, number in zip(LISTS, shown, strict=True)
    ]
