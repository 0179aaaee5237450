"""Reading pages as people do, strictly, and counting what they ask of the database."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import html5lib
from sqlalchemy import Engine, event


def page(answer: Any, status: int = 200) -> Any:
    """The page that was answered: a tree of elements. Fails on another status, or on HTML that is not."""
    assert answer.status_code == status, answer.text[:2000]
    return cast("Any", html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)).parse(answer.text)


def words(element: Any) -> str:
    """The text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def rows(tree: Any, table: int = 0) -> list[list[str]]:
    """The rows of the body of a table on the page, cell by cell."""
    body = tree.findall(".//table")[table].find("tbody")
    return [[words(cell) for cell in row] for row in body]


def links(tree: Any) -> Sequence[str]:
    """Where the links of the page's own part lead."""
    (main,) = tree.findall(".//main")
    return [link.get("href") for link in main.findall(".//a")]


@contextmanager
def questions(db: Engine) -> Generator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db, "before_cursor_execute", note)
