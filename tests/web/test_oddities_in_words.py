"""Whatever the law says about an entry is said on pages without the codes of the command line."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import statute
from web.recording.messages import in_words

ROOM = Path(statute.__file__).parent
FILES = sorted({*ROOM.glob("*oddit*.py"), *ROOM.glob("*refusals*.py"), ROOM / "blanks.py", ROOM / "reliefs.py"})
# A code has an underscore or is set equal to something; what stands in its place in a sentence (X) is put there.
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[a-z]+=")


def sentences(path: Path) -> Iterator[str]:
    """Every sentence that the file holds, with X for what is put into it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.Yield | ast.Return | ast.Assign) and node.value is not None:
            yield from (said for said in texts(node.value) if " " in said and said[-1] in ".:")


def texts(node: ast.AST) -> Iterator[str]:
    if said := text_of(node):
        yield said
        return
    for each in ast.iter_child_nodes(node):
        yield from texts(each)


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "X" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sentence_shows_a_code(path: Path) -> None:
    assert [said for said in map(in_words, sentences(path)) if CODE.search(said)] == []


def test_sentences_are_found() -> None:
    found = [said for path in FILES for said in sentences(path)]
    assert len(found) > 60
    assert any(CODE.search(said) for said in found), "else this would test nothing"
