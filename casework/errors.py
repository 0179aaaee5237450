"""How a command says no. Every message says what is wrong, where, and what to do about it."""

from collections.abc import Sequence


class CaseworkError(Exception):
    """A command that was not carried out. `messages` are sentences for the person who gave it."""

    def __init__(self, messages: str | Sequence[str]) -> None:
        self.messages = [messages] if isinstance(messages, str) else list(messages)
        super().__init__("\n".join(self.messages))


class Refused(CaseworkError):
    """Impossible or unreadable: nothing was recorded, and confirming does not help."""


class NeedsConfirmation(CaseworkError):
    """Unlawful or doubtful but possibly real: nothing was recorded; with `confirm` it is.

    `case_ref` names the earlier case when the doubt is about a child who already has an open one.
    """

    def __init__(self, messages: str | Sequence[str], case_ref: str = "") -> None:
        super().__init__(messages)
        self.case_ref = case_ref


class UnknownCase(CaseworkError):
    """No case has that reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"No case has the reference {reference!r}. Check it against the list of cases; "
            "either the council's own reference or the mail reference (like K7F-3QX9) will do."
        )
        self.reference = reference


class ChangedSince(CaseworkError):
    """Somebody else recorded on the case since the page was shown: nothing was recorded, and nothing is lost.

    `messages` say what was recorded and by whom; `version` is the ledger's now, to send with the next try.
    """

    def __init__(self, messages: str | Sequence[str], version: int) -> None:
        super().__init__(messages)
        self.version = version
