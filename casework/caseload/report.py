"""What an import did, row by row."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

MANY = 20
"""A remark about more rows than this is about the file."""

WHOLE_FILE = 1
"""The line under which something about the file as a whole is told: the line of the headings."""


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row whose clock cannot be computed: nothing of it was stored, and nobody is timing that case."""

    line: int
    case_ref: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowWarning:
    """Something in an accepted row that was left out, kept as it was, or wants a look."""

    line: int
    case_ref: str
    column: str
    message: str


@dataclass(slots=True)
class ImportReport:
    """The result of an import of one kind of file, whether kept or only tried (`dry_run`).

    `added`, `changed` and `unchanged` count cases or plans. `warnings` name what was left out or not overwritten;
    `notes` name what was recorded as it stands but is odd (a final plan without a draft, a child with the surname and
    birth date of another). `disappeared` are references of imported cases or plans that have not ended and that the
    file no longer has. `rejects_path` is where the refused rows went, None when there are none or nothing was kept.
    """

    kind: str = "assessments"
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RowRefusal] = field(default_factory=list[RowRefusal])
    warnings: list[RowWarning] = field(default_factory=list[RowWarning])
    notes: list[RowWarning] = field(default_factory=list[RowWarning])
    disappeared: list[str] = field(default_factory=list[str])
    rejects_path: Path | None = None
    dry_run: bool = False

    def warn(self, line: int, case_ref: str, column: str, message: str) -> None:
        """Add a warning about one row, or about the file (`WHOLE_FILE`, no reference)."""
        self.warnings.append(RowWarning(line, case_ref, column, message))

    def gather_notes(self) -> None:
        """Say once, of the file, what would be said of very many of its rows."""
        often = Counter(note.message for note in self.notes)
        many = {message: number for message, number in often.items() if number > MANY}
        self.notes = [note for note in self.notes if note.message not in many]
        for message, number in many.items():
            self.note(WHOLE_FILE, "", "", f"{number} rows: {message}")

    def note(self, line: int, case_ref: str, column: str, message: str) -> None:
        """Add a remark about something odd that was recorded all the same."""
        self.notes.append(RowWarning(line, case_ref, column, message))
