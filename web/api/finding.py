"""Finding a child's cases. What is sought holds personal data: it is sent as a body, and no address ever holds it."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import ConfigDict, Field

from casework.finding import Sought, called, find_cases
from casework.finding_words import meant_by
from casework.shown import process_of
from web.api.answers import Answer
from web.api.asked import Asked
from web.api.declared import ASK
from web.api.desks import ApiReader
from web.api.problems import FieldsWrong
from web.api.shapes import Day, Line
from web.place import Desk

router = APIRouter(tags=["Cases"])


class Search(Asked):
    """What is known of the child: everything that is said must be true of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"surname": "Doe", "date_of_birth": "2018-02-14"}]})

    anything: Line = Field(
        default="",
        description="As it is typed into the box of the page: a reference, name, UPN, day of birth or setting.",
    )
    surname: Line = Field(default="", description="How it begins, from two letters on.")
    forename: Line = Field(default="", description="How it begins.")
    upn: Line = ""
    date_of_birth: Day | None = None
    setting: Line = Field(default="", description="A URN, or part of the name.")

    @property
    def sought(self) -> Sought:
        """As casework looks for it."""
        fields = self.model_dump(exclude={"date_of_birth"})
        return Sought(**{name: said.strip() for name, said in fields.items()}, born=self.date_of_birth)


class FoundCase(Answer):
    """An assessment of a child, or the present review of a plan. `stage` is null once it ended."""

    case_ref: str
    mail_ref: str
    name: str
    date_of_birth: date | None
    setting: str
    process: str = Field(examples=["assessment", "plan"])
    stage: str | None
    officer: str = Field(description="The officer's name.")
    ended_on: date | None


class Found(Answer):
    """The first fifty cases, by name; where there are `more`, say more of the child."""

    items: tuple[FoundCase, ...]
    more: bool
    by_setting: bool = Field(description="No name was like `anything`, but a setting's was.")
    called: str | None = Field(
        default=None, description="Mail reference of the case that `anything` is a reference of, to be read by it."
    )


@router.post("/find", responses=ASK)
def find_a_child(at: ApiReader, body: Search) -> Found:
    """Find cases by reference, name, UPN, date of birth or setting; a POST, so that no address holds a name.

    Nothing is recorded but who was shown, so no Idempotency-Key is needed.
    """
    sought = body.sought
    if sought.is_empty:
        raise FieldsWrong([("anything", "say something of the child")])
    reference, behind = _called(at, sought)
    hits = find_cases(at.db, sought, at.actor)
    at.saw("api: find", {row.process_id for row in hits.rows} | behind)
    items = tuple(map(FoundCase.model_validate, hits.rows))
    return Found(items=items, more=hits.more, by_setting=hits.by_setting, called=reference)


def _called(at: Desk, sought: Sought) -> tuple[str | None, set[UUID]]:
    """The case that is called so, and its process, where nothing else was said and it reads like no UPN or day."""
    meant = meant_by(sought.anything)
    if sought != Sought(anything=sought.anything) or meant.upn or meant.born:
        return None, set()
    reference = called(at.db, sought.anything, at.actor)
    return reference, {process_of(at.db, reference, at.actor)} if reference else set()
