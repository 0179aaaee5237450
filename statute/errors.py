"""What the law room refuses, always with what is wrong and what to do."""


class StatuteError(ValueError):
    """Anything that this room refuses; the message is written for the person who has to put it right."""


class FactError(StatuteError):
    """A fact that cannot be read: its shape, its kind, its day or one of its attributes."""


class NormError(StatuteError):
    """A local norm that is no norm: unknown, without a length, or looser than the law."""


class ProcessError(StatuteError):
    """A statutory process that this version does not know."""
