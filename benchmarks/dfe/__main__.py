"""`make verify-dfe`: write docs/verify-dfe.md, the table of every cell that does not come out as published."""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from benchmarks.dfe.report import report
from benchmarks.dfe.verifying import Found, verify
from scorecard.published.tables import Published, from_files

YEARS = (2023, 2024)
AT_ONCE = 2
DOC = Path(__file__).parents[2] / "docs" / "verify-dfe.md"


def main(names: Sequence[str]) -> int:
    """Verify every authority, or those named; only for all is the document written. Fails for what is unexplained."""
    source, found = from_files(), Found()
    which = _wanted(source, names)
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for each in pool.map(verify, [which[at::AT_ONCE] for at in range(AT_ONCE)]):
            found.add(each)
    unexplained = [each for each in found.differences if not each.why]
    for each in unexplained:
        print(f"UNEXPLAINED {each}")
    if not names:
        DOC.write_text(report(source, found, date.today()))
    print(
        f"{found.rows} rows, {found.cells} cells compared, {len(found.differences)} that differ, "
        f"{len(unexplained)} unexplained"
    )
    return 1 if unexplained else 0


def _wanted(source: Published, names: Sequence[str]) -> list[tuple[int, str]]:
    areas = {source.code(name) for name in names}
    return [(year, row.area) for year in YEARS for row in source.authorities(year) if not areas or row.area in areas]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
