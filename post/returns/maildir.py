"""A Maildir on this machine."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from post.returns.boxes import BEGINNING, Mailbox, MailboxAway, Waiting
from post.returns.opened import LARGEST


@contextmanager
def maildir(folder: Path) -> Generator[Mailbox]:
    """The Maildir in that folder. Raises MailboxAway where there is none."""
    if not (folder / "new").is_dir():
        raise MailboxAway("there is no Maildir at that place: the folder has no folder `new`")
    yield Maildir(folder)


@dataclass(frozen=True, slots=True)
class Maildir:
    """New mails lie in `new`, each a file; whatever delivers there never writes to a file that is there already."""

    folder: Path

    def waiting(self, most: int) -> Iterator[Waiting]:
        """The files in `new`, by the moment that their names begin with."""
        try:
            names = sorted(each.name for each in (self.folder / "new").iterdir() if _is_mail(each))
        except OSError as error:
            raise MailboxAway(f"the Maildir cannot be read ({error.strerror})") from None
        for name in names[:most]:
            with suppress(FileNotFoundError):  # whoever else reads it took this one away
                yield self._read(name)

    def put_aside(self, name: str) -> None:
        """Move the file to `cur`, marked as seen."""
        try:
            (self.folder / "cur").mkdir(mode=0o700, exist_ok=True)
            with suppress(FileNotFoundError):
                (self.folder / "new" / name).rename(self.folder / "cur" / f"{name}:2,S")
        except OSError as error:
            raise MailboxAway(f"a mail cannot be moved within the Maildir ({error.strerror})") from None

    def _read(self, name: str) -> Waiting:
        try:
            with (self.folder / "new" / name).open("rb") as file:
                raw = file.read(LARGEST + 1)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise MailboxAway(f"a mail in the Maildir cannot be read ({error.strerror})") from None
        return Waiting(name, raw) if len(raw) <= LARGEST else Waiting(name, raw[:BEGINNING], whole=False)


def _is_mail(file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and not file.name.startswith(".")
