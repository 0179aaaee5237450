"""Looking through a document of each kind: libraries read here what anybody may have made to harm them.

Run as a program this reads a document and answers in one line, with little memory and little time, and without the
settings of the house: see `documents.apart`.
"""

import json
import sys

from documents.faults import Fault
from documents.kinds import Kind

SECONDS = 20
MEMORY = 1 << 30
TOO_MUCH = "takes more time or memory to read than a document should. Open it, print it to a new PDF, and try again."


def look(kind: Kind, content: bytes) -> str:
    """The ending of a document that is taken: pdf, docx, odt, jpg or png. Raises Fault for any other."""
    match kind:
        case Kind.ZIP:
            from documents import packed

            looked, unreadable = packed.look_at_packed, packed.UNREADABLE
        case Kind.PDF:
            from documents import pdf

            looked, unreadable = pdf.look_at_pdf, pdf.UNREADABLE
        case Kind.JPEG | Kind.PNG:
            from documents import pictures

            looked, unreadable = pictures.look_at_picture, pictures.UNREADABLE
    try:
        return looked(content, kind)
    except Fault:
        raise
    except (MemoryError, RecursionError) as error:
        raise Fault(TOO_MUCH) from error
    except Exception as error:  # what a library stumbles over, it cannot read
        raise Fault(unreadable) from error


def main() -> None:
    """Look through what is given, after giving away memory and time beyond what a document needs."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = {"ending": "", "fault": ""}
    try:
        answer["ending"] = look(Kind(sys.argv[1]), sys.stdin.buffer.read())
    except Fault as fault:
        answer["fault"] = fault.words
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
