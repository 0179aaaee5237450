"""How much is sent: as the request says beforehand, and counted as it comes, for it need not have said."""

from fastapi import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive


def is_too_large(request: Request, largest: int) -> bool:
    """Whether the request says that it has more bytes than that, or says so in no number of ours."""
    length = request.headers.get("content-length", "0")
    return not (length.isascii() and length.isdecimal() and len(length) < 12) or int(length) > largest


def counted(receive: Receive, largest: int, said: str | None = None) -> Receive:
    """The body as it comes. Once it has more bytes than that HTTPException 413 is raised, with what is `said`."""
    came = 0

    async def count() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > largest:
            raise HTTPException(413, said)
        return message

    return count
