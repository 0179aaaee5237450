"""What is wrong with the settings, said so that the reader can mend it."""

from collections.abc import Sequence


class SettingsError(ValueError):
    """EHCP_* settings are wrong. Each of `problems` names a variable and the remedy, and never a secret."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
