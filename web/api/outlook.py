"""What can still be saved, how the plans of a month went, and how long families wait."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import Field, TypeAdapter

from casework.list_queries import Filter
from casework.list_queries import Query as Listing
from casework.listing.ages import Band
from casework.listing.cohorts import Outcome, cohort, month_of
from casework.listing.pages import rows_behind
from casework.listing.queries import cohort_query, decisions_query, saveable_query, waits_query
from casework.listing.rows import CaseRow
from casework.listing.stages import Stage
from casework.listing.waits import to_save, waits
from web.api.answers import Answer
from web.api.cursors import CaseKeys, cut
from web.api.declared import READ
from web.api.desks import ApiReader
from web.api.lists import ListItem
from web.api.shapes import Cursor, Day, Limit, Line, Officer, PageSize, Service, Team
from web.place import Desk

router = APIRouter(tags=["Lists"])

_KEYS = CaseKeys(TypeAdapter(tuple[Day, Line, Line, Line]), ref=1)


class OutlookItem(ListItem):
    """One limit of one case, with what keeps its day. `outcome` is what has become of a final plan."""

    mail_ref: str
    process: str
    stage: str
    standing: str
    met_on: date | None
    next_action: str
    must: str = Field(description="What must happen by when for the day to be kept, or why it cannot be.")
    promised: date | None = Field(description="The day for which advice is promised, or the target of a relief.")
    last_contact: date | None = Field(description="The last day on which the family was in contact.")
    began: date | None
    weeks_open: int | None
    outcome: str | None


class Waits(Answer):
    """The longest wait of an open assessment past 20 weeks, in whole weeks, and how many are past 20 and 52."""

    longest: int | None
    over_20: int
    over_52: int


class OutlookList(Answer):
    """A page of a list. `next` is null on the last; `not_timed`: rows of imported files that are on no list."""

    items: tuple[OutlookItem, ...]
    not_timed: int
    next: str | None = Field(description="Give it as `cursor` for the next page.")


class WaitsList(OutlookList):
    """A page of those who wait longest, and how long families wait."""

    waits: Waits


class SaveableNumbers(Answer):
    """How many plans can be in time, how many no longer can, and how many review decisions fall due this month."""

    plans: int
    lost: int
    reviews: int


class SaveableList(WaitsList):
    """A page of what can still be kept, the longest waits beside it: saving the ones must not forget the others."""

    numbers: SaveableNumbers


class CohortList(WaitsList):
    """A page of the plans of a month; `outcomes` counts them all by what became of them."""

    month: str
    outcomes: Mapping[str, int]


class Narrowed:
    """The filters that all three lists take."""

    def __init__(
        self,
        limit: Limit = None,
        officer: Officer = None,
        team: Team = None,
        service: Service = None,
        stage: Annotated[Stage | None, Query(description="Only cases that have come so far.")] = None,
        age: Annotated[Band | None, Query(description="Only children of this age today.")] = None,
    ) -> None:
        self.by = Filter(limit, officer, team, service, stage, age)


By = Annotated[Narrowed, Depends()]


@router.get("/saveable", responses=READ)
def list_what_can_be_saved(
    at: ApiReader,
    narrow: By,
    of: Annotated[
        Literal["plans", "lost", "reviews"],
        Query(description="Plans that can be in time, plans that no longer can, or review decisions due this month."),
    ] = "plans",
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> SaveableList:
    """What can still be in time if somebody acts now, soonest first, with what must happen by when."""
    last = month_of(at.today).last
    query = decisions_query(at.today, last) if of == "reviews" else saveable_query(at.today, can=of == "plans")
    plans, lost, reviews = to_save(at.db, at.actor, at.today, last, narrow.by)
    return SaveableList(
        **dict(_page(at, "saveable", query, narrow.by, cursor, page_size)),
        waits=_waits(at, narrow.by),
        numbers=SaveableNumbers(plans=plans, lost=lost, reviews=reviews),
    )


@router.get("/cohort", responses=READ)
def list_the_plans_of_a_month(
    at: ApiReader,
    narrow: By,
    month: Annotated[
        str | None, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="A month; left out: this one.")
    ] = None,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> CohortList:
    """Every plan whose 20-week day lies in a month, and what became of it."""
    of = month_of(date.fromisoformat(f"{month}-01") if month else at.today)
    shares = cohort(at.db, at.actor, at.today, of, narrow.by)
    return CohortList(
        **dict(_page(at, "cohort", cohort_query(at.today, of.first, of.last), narrow.by, cursor, page_size)),
        waits=_waits(at, narrow.by),
        month=f"{of.first:%Y-%m}",
        outcomes={outcome.value: shares[outcome] for outcome in Outcome},
    )


@router.get("/waits", responses=READ)
def list_the_longest_waits(
    at: ApiReader,
    narrow: By,
    over: Annotated[int, Query(ge=1, le=520, description="Weeks since the request.")] = 20,
    cursor: Cursor = None,
    page_size: PageSize = 50,
) -> WaitsList:
    """Assessments open longer than so many weeks, the longest first; what a relief lifts is here too."""
    page = _page(at, "waits", waits_query(at.today, over), narrow.by, cursor, page_size)
    return WaitsList(**dict(page), waits=_waits(at, narrow.by))


def _page(at: Desk, what: str, query: Listing, by: Filter, cursor: str | None, size: int) -> OutlookList:
    after = _KEYS.read(at.db, cursor)
    found = rows_behind(at.db, at.actor, query, by, at.today, after, size + 1)
    rows, more = cut(found.items, size, _key)
    at.saw(f"api: {what}", {row.process_id for row in rows})
    return OutlookList(items=tuple(map(OutlookItem.model_validate, rows)), not_timed=found.not_timed, next=more)


def _key(row: CaseRow) -> tuple[date, str, str, str]:
    return row.legal_due, row.mail_ref, row.limit, row.subject


def _waits(at: Desk, by: Filter) -> Waits:
    return Waits.model_validate(waits(at.db, at.actor, at.today, by))
