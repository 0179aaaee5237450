"""Mail references: unguessable, unmistakable, one for each process."""

import re

import pytest
from sqlmodel import Session

from records.mailref import ALPHABET, new_ref, new_refs, random_ref, tidy
from tests.records.conftest import NewCase


def test_a_reference_has_no_vowels_and_nothing_that_looks_like_something_else() -> None:
    assert not set("AEIOUY01LZ25S8BV") & set(ALPHABET) - {"V"}
    for _ in range(200):
        assert re.fullmatch(f"[{ALPHABET}]{{3}}-[{ALPHABET}]{{4}}", random_ref())


def test_two_references_are_not_the_same() -> None:
    assert len({random_ref() for _ in range(1000)}) == 1000


def test_a_new_reference_is_free(session: Session, new_case: NewCase) -> None:
    assert new_ref(session) != new_case("A1").mail_ref


def test_many_new_references_are_all_different(session: Session) -> None:
    assert len(set(new_refs(session, 500))) == 500


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("K7F-3QX9", "K7F-3QX9"), (" k7f3qx9 ", "K7F-3QX9"), ("K7f 3qx9", "K7F-3QX9"), ("K7F-3QXO", None), ("", None), ("Archer", None)],
)  # fmt: skip
def test_what_somebody_typed_is_tidied_or_refused(typed: str, meant: str | None) -> None:
    assert tidy(typed) == meant
