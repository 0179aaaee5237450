"""Whether a document is taken: by what it is, never by what it is called or what the browser says of it."""

from dataclasses import dataclass

from documents.apart import look_apart
from documents.errors import NotTaken
from documents.faults import Fault
from documents.kinds import kind_of
from documents.names import called, name_for

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


MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}
TYPES = frozenset(MEDIA_TYPES.values())
"""The media types of documents that are taken."""


def check(name: str, content: bytes) -> Checked:
    """The document, if it is one that is taken. Takes up to some seconds.

    Raises documents.errors.NotTaken with a sentence for the person: which file, what is wrong with it, what to do.
    """
    if len(content) > LARGEST:
        raise too_large(name)
    try:
        if not content:
            raise Fault("is empty. Save it again and try again.")
        ending = look_apart(kind_of(content), content)
    except Fault as fault:
        raise NotTaken(f"{called(name) or 'The file'} {fault.words}") from fault
    return Checked(name_for(name, ending), MEDIA_TYPES[ending], content)


def too_large(name: str) -> NotTaken:
    """What is said of a document that is larger than LARGEST, which need not be read for it."""
    remedy = "Split it, or save it with smaller pictures, and try again."
    return NotTaken(f"{called(name) or 'The file'} is larger than {LARGEST // 1024**2} MB. {remedy}")
