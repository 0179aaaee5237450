"""What can stand in the way of taking a document, keeping it, or giving it out again."""


class DocumentError(Exception):
    """Something about a document or the place where it is kept. The message holds no name and no content."""


class NotTaken(DocumentError):
    """A document that was refused. `sentence` tells the person which one, what is wrong with it and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__("a document was refused")
        self.sentence = sentence


class Gone(DocumentError):
    """The store has nothing under that key."""


class Spoilt(DocumentError):
    """What the store gave is not what was put there, or none of the keys opens it."""


class StoreAway(DocumentError):
    """The store cannot be used now; the message says what stands in the way, and how to mend it."""
