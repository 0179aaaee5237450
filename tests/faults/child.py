"""A child whose particulars can be recognised wherever they turn up."""

from datetime import date

SURNAME, FORENAME = "Zyxwvutska", "Quintessima"
BORN = date(2015, 2, 3)
UPN = "J810392614088"
REFERENCE = "ZQ-INITIALS-77"
NOTE = "her brother Marmaduke has been unwell since Michaelmas"

PARTICULARS: tuple[str, ...] = (
    SURNAME, FORENAME, UPN, REFERENCE, "Marmaduke", "Michaelmas",
    "2015-02-03", "20150203", "03/02/2015", "3/2/2015", "03-02-2015", "03.02.2015", "03/02/15", "02/03/2015",
    "3 February 2015", "03 February 2015", "3 Feb 2015", "3rd February 2015", "February 3", "2015, 2, 3",
)  # fmt: skip


REQUEST: dict[str, object] = {
    "surname": SURNAME, "forename": FORENAME, "date_of_birth": BORN, "upn": UPN,
    "case_ref": REFERENCE, "setting_urn": "117222", "source": 1,
}  # fmt: skip


def typed(received: date) -> dict[str, str]:
    """What a caseworker types in for this child, as the fields of a JSON object."""
    return {name: str(value) for name, value in {**REQUEST, "received": received}.items()}


def named_in(text: str) -> list[str]:
    """Every particular of the child that a text gives away, in whatever case it is written."""
    lower = text.casefold()
    return [each for each in PARTICULARS if each.casefold() in lower]
