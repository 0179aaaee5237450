"""What the tables of a policy are made of: hours, rungs, days, and a table that refuses what nobody reads."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt


def _hour(value: object) -> object:
    # Pydantic reads a bare number as seconds after midnight: `wake = 7` would mean seven seconds past.
    if isinstance(value, bool | int | float):
        raise ValueError('write an hour as "07:00"')
    return value


def ascending(rungs: tuple[int, ...]) -> tuple[int, ...]:
    """Those rungs. Raises ValueError unless each comes once and in order."""
    if list(rungs) != sorted(set(rungs)):
        raise ValueError("write the days in ascending order, each once")
    return rungs


Hour = Annotated[time, BeforeValidator(_hour)]
Rung = Annotated[StrictInt, Field(ge=-140, le=365)]
Rungs = Annotated[tuple[Rung, ...], AfterValidator(ascending)]
Days = Annotated[StrictInt, Field(ge=0, le=365)]


class Part(BaseModel):
    """A table of the file: nothing in it may change, nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
