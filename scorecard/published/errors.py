"""What can be wrong with a published table or with what was asked of it."""


class NotPublished(LookupError):
    """Nothing was published under that name, code or year. The message says what there is."""


class NotATable(ValueError):
    """A file is not one of the published tables. `problems` say what is wrong, where, and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
