"""The caseload that `ehcp up --demo` shows: synthetic files, moved so that their as-of day is today.

No row is a real child; addresses end in `.example` and can never be delivered to. See README.md in this folder.
"""

from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent

AS_OF = date(2026, 11, 20)
"""The day on which the files are true: `casework.caseload.demo` moves every date by the days since."""
