"""Whether a document is taken: by what it is, never by what it is called or what the browser says of it."""

from dataclasses import dataclass

from documents.errors import NotTaken
from documents.names import called

LARGEST = 20 * 1024 * 1024
"""Bytes of one document."""
MOST = 5
"""Documents that are sent at once."""
ACCEPT = ".pdf,.docx,.odt,.jpg,.jpeg,.png"
"""For the `accept` of a file field. A phone that is asked for these makes JPEG of its own kind of picture."""
TAKEN = "PDF, Word (DOCX), OpenDocument (ODT), JPEG or PNG"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that is taken. `name` is fit to be shown and given out; `media_type` is what the content is."""

    name: str
    media_type: str
    content: bytes


def check(name: str, content: bytes) -> Checked:
    """The document, if it is one that is taken. Takes up to some seconds.

    Raises documents.errors.NotTaken with a sentence for the person: which file, what is wrong with it, what to do.
    """
    raise NotTaken(f"{called(name)} cannot be looked at yet.")
