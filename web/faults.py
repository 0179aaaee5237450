"""What is wrong with a form: said in a summary on top of the page, and beside each field."""

from collections.abc import Mapping, Sequence

from web.without_commands import without_commands


class Faults:
    """Sentences by field, in the order in which they were said; the field "" is the form as a whole."""

    def __init__(self) -> None:
        self._said: list[tuple[str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._said)

    def say(self, field: str, sentence: str) -> None:
        """Add a fault: what is wrong with the field and what to do."""
        self._said.append((field, without_commands(sentence)))

    def of(self, field: str) -> Mapping[str, str] | None:
        """The message of a field as the Design System's components take it, or None."""
        sentences = [sentence for name, sentence in self._said if name == field]
        return {"text": " ".join(sentences)} if sentences else None

    @property
    def summary(self) -> Sequence[Mapping[str, str]]:
        """The list for the error summary, each with a link to its field (an id in the page, the field's name)."""
        return [{"text": said, "href": f"#{name}"} if name else {"text": said} for name, said in self._said]
