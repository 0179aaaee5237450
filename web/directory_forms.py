"""The forms of the directories: their fields as data, what was typed as cells, refusals beside their fields."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from casework.directory_entries import ROLES
from casework.directory_lists import OfficerLine, ServiceLine, SettingLine
from statute.kinds import CATEGORIES
from web.faults import Faults
from web.names import role_words, service_words

Choices = Sequence[tuple[str, str]]

YES_NO: Choices = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` is the column of the directory's file; with `choices` it is chosen, not typed.

    A `key` says which entry it is: it is typed once and never changed.
    """

    name: str
    label: str
    hint: str = ""
    choices: Choices = ()
    key: bool = False
    email: bool = False

    @property
    def items(self) -> Sequence[Mapping[str, str]]:
        """The choices as the Design System's radios take them."""
        return [{"value": value, "text": words} for value, words in self.choices]


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of one directory."""

    directory: str
    one: str
    url: str
    fields: Sequence[Field]

    def place(self, messages: Sequence[str], faults: Faults) -> None:
        """Put each refusal beside the field whose column it begins with."""
        names = {field.name for field in self.fields}
        for message in messages:
            name, _, said = message.partition(" ")
            label = next((field.label for field in self.fields if field.name == name), "")
            faults.say(name if name in names else "", f"{label}: {said}" if label else message)


FORMS: Mapping[str, EntryForm] = {
    "officers": EntryForm(
        "officers",
        "a member of staff",
        "/people",
        (
            Field(
                "username",
                "Username",
                "As your sign-in provider knows them, or as you like, for example a.marsh",
                key=True,
            ),
            Field("name", "Name"),
            Field("email", "Work mail address", "Sign-in codes and warnings go here.", email=True),
            Field("team", "Team"),
            Field("manager_email", "Manager's mail address", "Gets warnings that were not acted on.", email=True),
            Field("role", "Role", choices=[(role, role_words(role)) for role in ROLES]),
            Field("active", "Works here", "Someone who has left cannot sign in, and gets no mail.", choices=YES_NO),
        ),
    ),
    "services": EntryForm(
        "services",
        "a service",
        "/people/services",
        (
            Field("who", "Kind of advice", choices=[(each, service_words(each)) for each in CATEGORIES], key=True),
            Field("body", "Short code", "Small letters and figures, for example slt", key=True),
            Field("name", "Name"),
            Field(
                "section_31",
                "Bound by regulation 8",
                "Yes for NHS bodies, another authority or a youth offending team. Others are held to the Code alone.",
                choices=YES_NO,
            ),
            Field("email", "Address for requests", email=True),
            Field("manager_email", "Manager's address", "Reminded when the service is late.", email=True),
            Field("lead_email", "Lead's address", "The designated officer (DCO, DSCO) or EP lead.", email=True),
            Field("fallback_email", "Address if the first refuses mail", email=True),
            Field("active", "Can be asked", choices=YES_NO),
        ),
    ),
    "settings": EntryForm(
        "settings",
        "a school or setting",
        "/people/settings",
        (
            Field("urn", "URN", "The number of Get Information about Schools, for example 117222", key=True),
            Field("name", "Name"),
            Field("email", "Address for requests", "Usually the SENCO's box.", email=True),
            Field("head_email", "Head's address", email=True),
        ),
    ),
}


def typed(line: OfficerLine | ServiceLine | SettingLine) -> Mapping[str, str]:
    """An entry as it would have been typed."""
    values = asdict(line)
    if isinstance(line, ServiceLine):
        values |= {"who": line.category, "body": line.code}
    words = {name: "yes" if value is True else "no" if value is False else value for name, value in values.items()}
    return {name: str(value) for name, value in words.items() if value is not None}


def cells_of(form: EntryForm, values: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, by column, no longer than a directory takes."""
    return {field.name: " ".join(values.get(field.name, "").split())[:200] for field in form.fields}
