"""What can be wrong with an address, an item, the house style or the mail server setting."""


class PostError(ValueError):
    """Something about a letter or its way is wrong; the message says what and how to mend it."""


class AddressError(PostError):
    """Not a mail address that can be written to. The message never repeats the address itself."""


class ItemError(PostError):
    """An item that must not be put in a letter."""


class CourierSettingError(PostError):
    """The mail server setting (`EHCP_SMTP_URL`) is wrong or unsafe.

    The message never repeats the password.
    """


class ServerAway(PostError):
    """The mail server cannot be used now; the message says what stands in the way."""
