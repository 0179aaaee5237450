"""The form of a service's own rules: what is typed, what it means, and what is wrong with it."""

import re
from collections.abc import Mapping
from typing import Any

from casework.policy_edits import Edited, edited
from statute.policy_errors import PolicyError
from web.faults import Faults
from web.forms import Form

RUNGS = ("adviser", "service_manager")
NUMBERS = ("then_every", "norm_weeks", "oldest_report")
NONE = "none"
_PLACE = re.compile(r"^[\w./\"\- ]*?\b(adviser|service_manager|then_every|norm_weeks|oldest_report)(\[\d+\])?: ")
_MINUS = str.maketrans({"−": "-", "–": "-", ";": ","})


def typed(values: Mapping[str, Any]) -> dict[str, str]:
    """The values of a table as they would have been typed."""
    return {name: _typed(value) for name, value in values.items()}


def read_rules(form: Form, faults: Faults, *, everybody: bool) -> dict[str, Any]:
    """What was typed, as the policy's table has it; what was left empty is not there.

    For everybody nothing can be left empty: there is nobody else to have it from.
    """
    values: dict[str, Any] = {}
    for name in (*RUNGS, *NUMBERS):
        if everybody and name == "norm_weeks":
            continue
        said = form.get(name)
        if said:
            value = _rungs(name, said, faults) if name in RUNGS else _number(name, said, faults)
            if value is not None:
                values[name] = value
        elif everybody:
            faults.say(name, "Enter what holds for every service without rules of its own")
    if values.get("norm_weeks") == 0:
        del values["norm_weeks"]  # no norm, as without it
    return values


def laid_over(toml: str, service: str, values: Mapping[str, Any], faults: Faults) -> Edited | None:
    """The policy with these values in it; None with a fault beside each field that cannot be followed."""
    try:
        return edited(toml, service, values)
    except PolicyError as error:
        for problem in error.problems:
            found = _PLACE.match(problem)
            faults.say(found.group(1) if found else "", _sentence(problem[found.end() :] if found else problem))
        return None


def _rungs(name: str, said: str, faults: Faults) -> list[int] | None:
    if said.lower() == NONE:
        return []
    parts = [part for part in re.split(r"[,\s]+", said.translate(_MINUS)) if part]
    if all(re.fullmatch(r"[+-]?\d{1,4}", part) for part in parts):
        return [int(part) for part in parts]
    faults.say(name, "Enter whole days with commas between them, for example -14, -7, 0, 3")
    return None


def _number(name: str, said: str, faults: Faults) -> int | None:
    if re.fullmatch(r"\d{1,4}", said):
        return int(said)
    faults.say(name, f"Enter a whole number of {'weeks' if name == 'norm_weeks' else 'days'}")
    return None


def _typed(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or NONE  # pyright: ignore[reportUnknownArgumentType]
    return str(value)


def _sentence(problem: str) -> str:
    """Pydantic's words for a number that is too large, as a person would say them."""
    said = problem.replace("Input should be less than or equal to", "Enter at most")
    said = said.replace("Input should be greater than or equal to", "Enter at least")
    return said[:1].upper() + said[1:]
