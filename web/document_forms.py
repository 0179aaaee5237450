"""Documents as a form sends them: each is read, checked and either taken or explained."""

from collections.abc import Sequence

from starlette.datastructures import UploadFile

from config.errors import SettingsError
from documents.checking import LARGEST, MOST, Checked, check, too_large
from documents.errors import NotTaken, StoreAway
from documents.house import Archive, archive_of
from web.faults import Faults
from web.forms import Form
from web.place import Desk


def archive_at(at: Desk) -> Archive:
    """The archive of the house. Raises documents.errors.StoreAway where it has no key, which the log says."""
    try:
        return archive_of(at.place.settings)
    except SettingsError as error:
        raise StoreAway("; ".join(error.problems)) from error


def documents_sent(form: Form, name: str, faults: Faults, *, needed: bool = True) -> Sequence[Checked]:
    """The documents that were chosen in a field and are taken; a fault for each other one, and for none or too many.

    Those that are taken are returned beside the faults: whether they are kept without the others, the page decides.
    """
    sent = form.sent(name)
    if needed and not sent:
        faults.say(name, "Choose at least one document")
    if len(sent) > MOST:
        faults.say(name, f"Choose at most {MOST} documents at once, and send the others afterwards")
        return []
    return [checked for each in sent if (checked := _checked(each, name, faults))]


def _checked(sent: UploadFile, name: str, faults: Faults) -> Checked | None:
    called = sent.filename or ""
    try:
        if (sent.size or 0) > LARGEST:
            raise too_large(called)  # without reading it
        return check(called, sent.file.read(LARGEST + 1))
    except NotTaken as refused:
        faults.say(name, refused.sentence)
        return None
