"""Reading what was posted: never crashes, never half-reads, and nothing typed is lost."""

import hmac
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from web.csrf import csrf_of
from web.faults import Faults

FIELDS = 2000
FILES = 20
PART_BYTES = 200_000


class NotOurForm(Exception):
    """The form carries no proof that it was ours (cross-site request forgery), or its page was left open too long."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was posted: of each field its last value, trimmed; `files` are uploads by field, `uploads` all of them."""

    values: Mapping[str, str]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    files: Mapping[str, UploadFile] = field(default_factory=dict[str, UploadFile])
    uploads: Mapping[str, Sequence[UploadFile]] = field(default_factory=dict[str, Sequence[UploadFile]])

    def get(self, name: str, default: str = "") -> str:
        """The value of a field; the default when it was not sent."""
        return self.values.get(name, default)

    def many(self, name: str) -> Sequence[str]:
        """Every value of a field that may be chosen several times (checkboxes)."""
        return self.lists.get(name, ())

    def sent(self, name: str) -> Sequence[UploadFile]:
        """Every file that was chosen in a field: a browser sends one without a name where none was."""
        return [each for each in self.uploads.get(name, ()) if each.filename]

    def asked(self, name: str) -> bool:
        """Whether a box was ticked or a button of that name was pressed."""
        return bool(self.values.get(name))


async def read_form(request: Request) -> AsyncIterator[Form]:
    """The dependency of every route that takes a form: reads it and checks that it is ours. Raises NotOurForm.

    What was uploaded is closed once the answer is made.
    """
    async with request.form(max_fields=FIELDS, max_files=FILES, max_part_size=PART_BYTES) as sent:
        form = _form_of(sent)
        if not hmac.compare_digest(form.get("csrf").encode(), csrf_of(request).encode()):
            raise NotOurForm
        yield form


def _form_of(sent: FormData) -> Form:
    lists: dict[str, list[str]] = {}
    uploads: dict[str, list[UploadFile]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            uploads.setdefault(name, []).append(value)
        else:
            lists.setdefault(name, []).append(_kept(value))
    files = {name: sent[-1] for name, sent in uploads.items()}
    return Form({name: values[-1] for name, values in lists.items()}, lists, files, uploads)


def _kept(value: str) -> str:
    """What can be kept of what was typed: no NUL, and no half of a character, which some encodings allow."""
    return value.encode(errors="replace").decode().replace("\x00", "").strip()


Posted = Annotated[Form, Depends(read_form)]


def number_of(form: Form) -> UUID | None:
    """The `number` that the page has put into a form, so that the same form twice does its work once."""
    try:
        return UUID(form.get("number"))
    except ValueError:
        return None


def read_day(form: Form, name: str, faults: Faults, what: str, *, needed: bool = True) -> date | None:
    """A day from the Design System's date input (`name-day`, `name-month`, `name-year`); None with a fault when wrong.

    `what` begins the sentence: "The day the request was received". A blank day is a fault only when `needed`.
    """
    parts = [form.get(f"{name}-{part}") for part in ("day", "month", "year")]
    if not any(parts):
        if needed:
            faults.say(name, f"{what} must be given, for example 27 3 2026")
        return None
    if missing := [part for part, value in zip(("day", "month", "year"), parts, strict=True) if not value]:
        faults.say(name, f"{what} must include a {' and a '.join(missing)}")
        return None
    try:
        day, month, year = (int(part) for part in parts)
        if year < 1900:
            raise ValueError("a year of four figures")
        return date(year, month, day)
    except (ValueError, OverflowError):
        faults.say(name, f"{what} must be a real date, for example 27 3 2026")
        return None


def day_values(name: str, day: date | None) -> Mapping[str, str]:
    """The three fields of a date input as they would have been typed, to show a day that is known."""
    if day is None:
        return {}
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
