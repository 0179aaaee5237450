"""What is wrong with a policy file, where, and what to write instead."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel


class PolicyError(ValueError):
    """A policy that cannot be followed. `problems` has one sentence for each mistake, its place first."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("The policy was not accepted: " + "; ".join(self.problems))


def explained(model: type[BaseModel], errors: Sequence[Any]) -> list[str]:
    """One sentence for each error that pydantic found in `model`."""
    return [_sentence(model, error) for error in errors]


def _sentence(model: type[BaseModel], error: Any) -> str:
    place = _place(error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{place} is not a setting{_nearest(model, error['loc'])}; remove it or correct its name"
    if error["type"] == "missing":
        return f"{place} is missing; the default policy shows what it is for"
    message = error["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def _place(loc: Sequence[str | int]) -> str:
    text = ""
    for part in loc:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _nearest(model: type[BaseModel], loc: Sequence[str | int]) -> str:
    names = _names(_table(model, loc[:-1]))
    close = get_close_matches(str(loc[-1]), names, n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else f" (known here: {', '.join(sorted(names))})"


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _table(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel]:
    for part in loc:
        # The name of a service is none of the model's own: its table has been found already.
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)
