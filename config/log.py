"""Log lines: one line each, plain or JSON, and never a person in them.

`get_log(__name__).info("post_round_finished", sent=12, process=process_id)`: an event's name and what is
known about it as ids, counts, days and codes. Whatever could be a name or free text is withheld, because a
log is copied to places where the ledger's protection ends. Tracebacks keep their places and lose their
messages: a database error quotes the row it failed on.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import cast
from uuid import UUID

from config.settings import Settings

WITHHELD = "[withheld]"
# What our own events may say in words: codes such as `reg8_advice`, `health/slt`, `sent`.
_CODE = re.compile(r"[a-z0-9][a-z0-9_./:+-]{0,79}")
_PERSONAL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+|\b[A-Z]\d{11}[0-9A-Z]\b")
# What would let a reader of the log in: links of ours, a provider's codes, tokens of the API.
_SECRET = re.compile(
    r"(?<=/sign-in/link/)[\w-]+|(?<=/advice/link/)[\w-]+|(?<=/advice/calendar/)[\w-]+|"
    r"(?<=[?&]code=)[^&\s\"]+|(?<=[?&]state=)[^&\s\"]+|\behcp_[\w-]{20,}"
)
# Authlib's and httpx's say secrets of a sign-in when they say all that they know.
_NOISY = ("temporalio", "sqlalchemy", "alembic", "aiosmtplib", "asyncio", "mail", "authlib", "httpx2", "httpcore2")


class Log:
    """A logger that takes an event's name and safe values, and withholds everything else."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, **about: object) -> None:
        """For whoever is looking for a fault."""
        self._say(logging.DEBUG, event, about)

    def info(self, event: str, **about: object) -> None:
        """Something happened as it should."""
        self._say(logging.INFO, event, about)

    def warning(self, event: str, **about: object) -> None:
        """Something a person may want to look at."""
        self._say(logging.WARNING, event, about)

    def error(self, event: str, error: BaseException | None = None, **about: object) -> None:
        """Something a person must look at; of `error` only types and places are written."""
        self._say(logging.ERROR, event, about, error)

    def _say(self, level: int, event: str, about: Mapping[str, object], error: BaseException | None = None) -> None:
        safe = {name: safe_value(value) for name, value in about.items()}
        self._logger.log(level, "%s", event, extra={"about": safe}, exc_info=error)


def get_log(name: str) -> Log:
    """The logger of a module: `get_log(__name__)`."""
    return Log(name)


def safe_value(value: object) -> object:
    """`value` if it is an id, a count, a day or a code; otherwise a note that it was withheld."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return safe_value(value.value)
    if isinstance(value, UUID | date | timedelta):
        return str(value)
    return value if isinstance(value, str) and _CODE.fullmatch(value) else WITHHELD


def scrub(text: str) -> str:
    """`text` on one line, without mail addresses, pupil numbers and what one could sign in with; for libraries."""
    return _SECRET.sub(WITHHELD, _PERSONAL.sub(WITHHELD, " ".join(text.split())))


def places(error: BaseException) -> str:
    """Where `error` came from: types and lines of the whole chain, without any message."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    said = f"{type(error).__name__} at {where or 'no frame'}"
    return f"{said}; from {places(earlier)}" if earlier else said


class LineFormatter(logging.Formatter):
    """One line for each record: time in UTC, level, logger, event, values."""

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """`record` as one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "logger": record.name}
        line["event"] = scrub(record.getMessage())
        line |= cast("dict[str, object]", getattr(record, "about", {}))
        if record.exc_info and record.exc_info[1]:
            line["error"] = places(record.exc_info[1])
        return json.dumps(line) if self._as_json else _plain(line)


def _plain(line: Mapping[str, object]) -> str:
    head = [str(line[name]) for name in ("at", "level", "logger", "event")]
    return " ".join(head + [f"{name}={value}" for name, value in line.items()][4:])


def configure_logging(settings: Settings) -> None:
    """Send every line of this process to standard error, in the form and from the level of `settings`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(settings.log_format == "json"))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.root.level, logging.WARNING))
