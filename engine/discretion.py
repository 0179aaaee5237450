"""Keeping what an error quotes out of Temporal.

The message of a failed activity is stored in its workflow's history and logged. A database error quotes the
row it failed on, a mail error the address: so what went wrong is told by kind and place only.
"""

import traceback
from pathlib import Path
from typing import Any

from temporalio.exceptions import ApplicationError, FailureError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)


class Discretion(Interceptor):
    """For every worker: failures leave the activity without the words of the error that caused them."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """See base class."""
        return _DiscreetActivity(next)


class _DiscreetActivity(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        """See base class."""
        try:
            return await super().execute_activity(input)
        except FailureError:
            # Said by our own activities, in words meant to be read by anybody.
            raise
        except Exception as error:
            # `from None`: a cause would be stored with its words.
            raise discreet(error) from None


def discreet(error: Exception) -> ApplicationError:
    """The same failure, told by kind, SQLSTATE and the last place in our code, not by its words."""
    kind = type(error).__name__
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return ApplicationError(f"{kind}{f' ({state})' if state else ''} at {_place(error)}", type=kind)


def _place(error: Exception) -> str:
    ours = Path(__file__).parents[1]
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if _is_ours(Path(frame.filename), ours)] or list(frames)
    if not inside:
        return "an unknown place"
    last = inside[-1]
    return f"{Path(last.filename).name}:{last.lineno} in {last.name}"


def _is_ours(path: Path, ours: Path) -> bool:
    return path.is_relative_to(ours) and "site-packages" not in path.parts
