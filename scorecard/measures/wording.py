"""Parts of a figure in words: what a code stands for, as SQL of ours."""

from collections.abc import Iterable, Mapping


def worded(column: str, words: Mapping[str, str]) -> str:
    """SQL: the words for each code that a column holds; a code without words stands for itself."""
    cases = " ".join(f"WHEN '{code}' THEN '{said.replace(chr(39), chr(39) * 2)}'" for code, said in words.items())
    return f"CASE {column} {cases} ELSE {column} END"


def listed(column: str, words: Mapping[str, str]) -> str:
    """SQL: a list of codes with commas between them as words with "and" between them."""
    said = column
    for code, word in words.items():
        said = f"replace({said}, '{code}', '{word}')"
    return f"replace({said}, ',', ' and ')"


def banded(column: str, bands: Iterable[tuple[int, str]], above: str) -> str:
    """SQL: the name of the first band whose last number is not below that of the column; `above` beyond the last."""
    cases = " ".join(f"WHEN {column} <= {last} THEN '{name}'" for last, name in bands)
    return f"CASE WHEN {column} IS NULL THEN 'not known' {cases} ELSE '{above}' END"
