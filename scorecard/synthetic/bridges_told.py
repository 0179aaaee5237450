"""What is to be known of a council's counts, for people to read."""

from collections.abc import Iterator

from scorecard.synthetic.council import Council

WARNING = (
    "No row is a real child. The counts are those that the Department for Education published; the cases behind them "
    "are made up. A bridge is our way of making cases that fit tables which do not all reconcile: it is never the "
    "department's definition."
)


def as_markdown(council: Council) -> str:
    """The bridges, the filled cells, the cells that could not be met, and the columns that no case has."""
    return (
        "\n".join([*_head(council), *_bridges(council), *_filled(council), *_unmet(council), *_not_kept(council)])
        + "\n"
    )


def _head(council: Council) -> Iterator[str]:
    yield f"# A synthetic council like {council.name}, {council.year}"
    yield ""
    rows = f"{len(council.assessments)} assessments and {len(council.plans)} plans"
    yield f"{rows} as at {council.as_of}, seed {council.seed}."
    yield WARNING
    if council.moved_days:
        yield ""
        yield (
            f"Every day was moved by {council.moved_days} days (whole weeks), so that the census of January "
            f"{council.year + 1} falls on {council.as_of} or in the week before it. Counted by calendar years, the "
            "moved cases no longer have the published counts."
        )


def _bridges(council: Council) -> Iterator[str]:
    yield from ("", "## Bridges", "")
    yield from ("| between | cases | these |", "| --- | --- | --- |")
    yield from (f"| {each.between} | {each.cases} | {each.how} |" for each in council.bridges.bridges)


def _filled(council: Council) -> Iterator[str]:
    yield from ("", "## Filled: cells without a published figure", "")
    if not council.bridges.filled:
        yield "None."
        return
    yield from ("| table | column | published | here | how |", "| --- | --- | --- | --- | --- |")
    for each in council.bridges.filled:
        yield f"| {each.table} | {each.column} | {each.sign or 'no row'} | {each.value} | {each.how} |"


def _unmet(council: Council) -> Iterator[str]:
    yield from ("", "## Not met: published figures that no set of cases can have", "")
    if not council.bridges.unmet:
        yield "None."
        return
    yield from ("| table | column | published | here | why |", "| --- | --- | --- | --- | --- |")
    for each in council.bridges.unmet:
        here = "none" if each.value is None else each.value
        yield f"| {each.table} | {each.column} | {each.published} | {here} | {each.why} |"


def _not_kept(council: Council) -> Iterator[str]:
    if not council.bridges.not_kept:
        return
    yield from ("", "## Not made: columns of which no case has anything on record", "")
    yield from (f"- {each}" for each in council.bridges.not_kept)
