"""The templates that GOV.UK Notify needs from us, and how those that it holds differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Template:
    """What somebody pastes into a new template of Notify's, and the fields that we fill in (its personalisation).

    `kind` is Notify's word for it; `setting` is where its id belongs. `always` are fields that stand in no text.
    """

    name: str
    kind: str
    subject: str
    body: str
    setting: str
    always: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the personalisation fields, in the order in which they are filled in."""
        return (*self.always, *_fields(self.subject + self.body))

    def differences(self, held: Mapping[str, Any]) -> list[str]:
        """What differs in a template that Notify holds, in sentences; nothing when it is as ours."""
        if held.get("type") != self.kind:
            return [f"it is a template for {held.get('type')}, and must be one for {self.kind}: make a new one"]
        return [
            f"its {part} is different: paste {ours!r}"
            for part, ours in (("subject", self.subject), ("body", self.body))
            if _plain(held.get(part)) != ours
        ]


MAIL = Template(
    name="EHCP Clock: mail",
    kind="email",
    subject="((subject))",
    body="((body))",
    setting="EHCP_NOTIFY_EMAIL_TEMPLATE",
)
PAPER = Template(
    name="EHCP Clock: letter on paper",
    kind="letter",
    subject="((subject))",
    body="((body))",
    setting="EHCP_NOTIFY_LETTER_TEMPLATE",
    always=tuple(f"address_line_{number}" for number in range(1, 8)),
)
TEMPLATES = (MAIL, PAPER)


def _fields(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"\(\((\w+)\)\)", text)))


def _plain(text: object) -> str:
    return str(text or "").replace("\r\n", "\n").strip()
