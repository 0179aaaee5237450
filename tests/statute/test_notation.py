"""Facts as text: read, refused with help, and written back."""

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statute.errors import FactError
from statute.facts import Fact
from statute.notation import format_fact, parse_fact


@pytest.mark.parametrize(
    ("text", "kind", "subject", "day", "attributes"),
    [
        ("request_received=2024-09-02", "request_received", "", date(2024, 9, 2), {}),
        ("request_received=2024-09-02;source=1", "request_received", "", date(2024, 9, 2), {"source": "1"}),
        ("advice_requested:health=2024-10-17", "advice_requested", "health", date(2024, 10, 17), {}),
        ("advice_received:health/slt=2024-10-17", "advice_received", "health/slt", date(2024, 10, 17), {}),
        (" withdrawn = 2024-10-17 ; why = x ; ", "withdrawn", "", date(2024, 10, 17), {"why": "x"}),
        (
            "retracted:advice_requested:health=2024-10-17",
            "retracted",
            "advice_requested:health",
            date(2024, 10, 17),
            {},
        ),
        ("relief=2024-02-29;because=a\\; b=c\\\\", "relief", "", date(2024, 2, 29), {"because": "a; b=c\\"}),
        ("corrected:relief=2024-02-29;target=", "corrected", "relief", date(2024, 2, 29), {"target": ""}),
    ],
)
def test_a_fact_is_read(text: str, kind: str, subject: str, day: date, attributes: dict[str, str]) -> None:
    found = parse_fact(text)
    assert (found.kind, found.subject, found.day, dict(found.attributes)) == (kind, subject, day, attributes)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not a fact"),
        ("request_received", "is not a fact"),
        ("=2024-09-02", "is not a fact"),
        ("request_received=02/09/2024", "Write it as YYYY-MM-DD"),
        ("request_received=2024-9-2", "Write it as YYYY-MM-DD"),
        ("request_received=20240902", "Write it as YYYY-MM-DD"),
        ("request_received=9999-12-31", "cannot be meant"),
        ("request_received=2026-02-31", "2026-02-31 does not exist"),
        ("request_received=2025-02-29", "does not exist"),
        ("request_received=", "is not a day"),
        ("request_received=2024-09-02;source", "Write attribute=value"),
        ("request_received=2024-09-02;source=1;source=2", "given twice"),
        ("request_received=2024-09-02;=1", "Write attribute=value"),
    ],
)
def test_what_is_no_fact_is_refused_with_help(text: str, why: str) -> None:
    with pytest.raises(FactError, match=why):
        parse_fact(text)


names = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
values = st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(str.strip)


@given(
    names,
    st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)),
    st.dictionaries(names, values, max_size=4),
)
def test_a_written_fact_is_read_back_the_same(kind: str, day: date, attributes: dict[str, str]) -> None:
    fact = Fact(kind, day, "health/slt", MappingProxyType(attributes))
    found = parse_fact(format_fact(fact))
    assert (found.kind, found.subject, found.day, dict(found.attributes)) == (kind, "health/slt", day, attributes)
