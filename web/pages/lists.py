"""The managers' lists as pages, and each as CSV and as a workbook; what is not timed and so on no list."""

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import Response

from casework.listing.choices import choices
from casework.listing.pages import COUNTED, every_row, page_of
from casework.listing.untimed import untimed
from web.desks import Reader
from web.listing.asked import Asked, read_asked
from web.listing.files import file_name, file_of
from web.listing.filters import chips, fields, ready_made
from web.listing.kinds import KINDS, Kind, subnav
from web.listing.tops import top_of
from web.listing.words import OUTCOMES, ground_words
from web.place import Desk
from web.spreadsheets import File
from web.stages import stage_words

router = APIRouter()


def _page(kind: Kind) -> Callable[[Desk], Response]:
    def show(at: Reader) -> Response:
        """One page of a list, with the filter that its address asks for."""
        return _shown(at, kind, read_asked(at.request.query_params, at.today))

    return show


def _shown(at: Desk, kind: Kind, asked: Asked) -> Response:
    top, found = top_of(at, kind, asked), choices(at.db)
    rows = kind.query(asked)
    page = page_of(at.db, at.actor, rows, asked.narrow, asked.day, asked.today, asked.after, top.get("total"))
    at.saw(kind.path, {row.process_id for row in page.rows})
    return at.page(
        "lists/list.html",
        title=kind.title(asked),
        faults=asked.faults,
        kind=kind,
        asked=asked,
        page=page,
        subnav_items=subnav(kind),
        fields=fields(kind, asked, found),
        chips=chips(kind, asked, found),
        ready_made=ready_made(at, found),
        officers=dict(found.officers),
        counted=COUNTED,
        next=asked.address(kind.url, after=page.next) if page.next else "",
        first=asked.address(kind.url) if asked.after else "",
        outcomes=OUTCOMES,
        ground_words=ground_words,
        stage_words=stage_words,
        keep={name: asked.chosen.get(name) for name in kind.keeps if name != "as_of"},
        **top,
    )


def _file(kind: Kind, form: str) -> Callable[[Desk], Response]:
    def save(at: Reader) -> Response:
        """A list as a file: every row of what its address asks for."""
        asked = read_asked(at.request.query_params, at.today)
        if asked.faults:
            return _shown(at, kind, asked)  # a file must not hold more than was meant
        rows = every_row(at.db, at.actor, kind.query(asked), asked.narrow, asked.day, asked.today)
        at.saw(f"{kind.path}.{form}", {row.process_id for row in rows})
        return file_of(rows, form, file_name(kind.path, asked.day))

    return save


for _kind in KINDS:
    router.add_api_route(_kind.url, _page(_kind), methods=["GET"], name=f"list {_kind.path}")
    for _form in File:
        router.add_api_route(f"{_kind.url}.{_form}", _file(_kind, _form), methods=["GET"], name=f"{_kind.path}.{_form}")


@router.get("/overdue/not-timed")
def not_timed(at: Reader) -> Response:
    """The rows of imported files that no clock could be computed for."""
    rows = untimed(at.db, at.actor)
    at.saw("overdue/not-timed", {process for row in rows for process in row.processes})
    return at.page("lists/not_timed.html", title="Not timed", rows=rows, subnav_items=subnav(None))
