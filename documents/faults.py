"""What is wrong with a document, found while it is looked through."""

SAVE = "Open it, save it as PDF, and try again."
"""What to do with a document of Word or OpenDocument that is not taken."""


class Fault(Exception):
    """`words` follow the name of the file: "is empty. Save it again and try again."."""

    def __init__(self, words: str) -> None:
        super().__init__("a fault in a document")
        self.words = words
