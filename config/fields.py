"""What the settings are made of: kinds of value with the checks that refuse a wrong one."""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr

from config import checks

Example = dict[str, Any]


def example_of(value: str) -> Example:
    """A value to copy, as a field of the settings carries it."""
    return {"example": value}


def absolute(path: Path) -> Path:
    """The path from the root, with `~` filled in."""
    return path.expanduser().absolute()


def optional(check: Any) -> AfterValidator:
    """The same check where there is a value; nothing is accepted."""
    return AfterValidator(lambda value: check(value) if value else value)


def one_line(text: str) -> str:
    """The text without blanks around it. Raises ValueError unless it is one line that can be seen."""
    if not text.isprintable() or not text.strip():
        raise ValueError("must be one line of visible text")
    return text.strip()


def three_digits(code: str) -> str:
    """The code. Raises ValueError for anything but three figures."""
    if not (len(code) == 3 and code.isascii() and code.isdigit()):
        raise ValueError("must be three digits")
    return code


def long_enough(key: SecretStr) -> SecretStr:
    """The key. Raises ValueError for one that can be guessed."""
    if 0 < len(key.get_secret_value()) < 32:
        raise ValueError("must have at least 32 characters")
    return key


def hex_keys(keys: SecretStr) -> SecretStr:
    """The keys. Raises ValueError unless each has 256 bits in hexadecimal figures."""
    for key in filter(None, keys.get_secret_value().split(",")):
        if not re.fullmatch(r"[0-9a-fA-F]{64}", key.strip()):
            raise ValueError("each key must be 64 hexadecimal figures")
    return keys


Database = Annotated[str, optional(checks.database)]
Line = Annotated[str, Field(max_length=200), AfterValidator(one_line)]
