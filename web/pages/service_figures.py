"""How services answer, month by month: the figures, what each means, and the requests behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from casework.service_definitions import DEFINITIONS, LEFT_OUT
from casework.service_figures import Counted, Figure, Figures, Outcome, behind, figures_of, month_after, month_of
from casework.service_report import report_of
from casework.service_requests import SIZE, Service
from casework.service_workbook import workbook
from web.desks import Lead
from web.pages.services import is_lead, services_here
from web.place import Desk
from web.review_filters import page_number
from web.service_tabs import tabs
from web.spreadsheets import XLSX, File, spreadsheet

router = APIRouter()

MONTHS = 12
YEAR = "year"
"""What an address says for the last twelve months; without a word it is the last whole month."""
HEADS: Mapping[str, str] = {
    "due": "Due",
    "on_time": "On time",
    "late": "Late",
    "out": "Still out",
    "never": "Never came",
    "on_time_rate": "On-time rate",
    "median_days": "Median days",
    "nil": "Nothing to say",
    "insufficient": "Sent back",
    "declined": "Declined",
    "passed_on": "Passed on",
    "excepted": "Under an exception",
}
COLUMNS: Mapping[str, str] = {
    "month": "Month",
    "service": "Service",
    **HEADS,
    "nil_rate": "Nil rate",
    "insufficient_rate": "Sent-back rate",
}
OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    Outcome.ON_TIME: ("On time", "green"),
    Outcome.LATE: ("Late", "magenta"),
    Outcome.OUT: ("Still out", "red"),
    Outcome.NEVER: ("Never came", "red"),
    Outcome.EXCEPTED: ("Under an exception", "grey"),
    Outcome.LET_GO: ("Not owed by its day", "grey"),
}
BEHIND_COLUMNS: Mapping[str, str] = {
    "mail_ref": "Reference",
    "service": "Service",
    "asked": "Asked on",
    "due": "Due by",
    "answered": "Given on",
    "days": "Days",
    "late": "Days late",
    "outcome": "Outcome",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: whose figures, and one month (`month`) or the twelve up to now (None: a `YEAR`)."""

    mine: Sequence[Service]
    chosen: Sequence[Service]
    month: date | None
    today: date

    @property
    def service(self) -> str:
        """The one service that was chosen; empty for all that are theirs."""
        return self.chosen[0].called if len(self.chosen) < len(self.mine) else ""

    @property
    def first(self) -> date:
        """The first month shown."""
        return self.month or month_after(month_of(self.today), 1 - MONTHS)

    @property
    def last(self) -> date:
        """The last month shown."""
        return self.month or month_of(self.today)

    def to(self, path: str, **more: str | date | None) -> str:
        """The path with what was asked for, changed by `more`."""
        parts = {"service": self.service, "month": _code(self.month) or YEAR, **more}
        said = urlencode({name: _text(value) for name, value in parts.items() if value}, safe="/")
        return f"{path}?{said}" if said else path


@router.get("/services/figures")
def figures(at: Lead, service: str = "", month: str = "") -> Response:
    """One month by service, or the last twelve by month."""
    asked = _asked(at, service, month)
    found = figures_of(at.db, asked.chosen, at.actor, at.today, first=asked.first, last=asked.last)
    return at.page(
        "services/figures.html",
        title="How services answer",
        asked=asked,
        tabs=tabs(at),
        months=_months(at.today),
        services=_choices(asked, lead=is_lead(at)),
        rows=_rows(asked, found),
        heads=HEADS,
        figures=frozenset(Figure),
        lead=is_lead(at),
        definitions=DEFINITIONS,
        left_out=LEFT_OUT,
    )


@router.get("/services/figures.{kind}")
def figures_file(at: Lead, kind: File, service: str = "", month: str = "") -> Response:
    """The figures of each service in each month, as a file."""
    asked = _asked(at, service, month)
    found = figures_of(at.db, asked.chosen, at.actor, at.today, first=asked.first, last=asked.last)
    names = {each.id: each.name for each in asked.chosen}
    rows = [_line(each, names) for each in found if len(names) > 1 or each.service]
    return spreadsheet(kind, f"figures-{at.today}", "How services answer", COLUMNS, rows)


@router.get("/services/figures/requests")
def requests_behind(at: Lead, figure: str = "due", service: str = "", month: str = "", page: str = "") -> Response:
    """The requests behind one figure, by reference."""
    asked, counted, number = _asked(at, service, month), _figure(figure), page_number(page)
    within = {"first": asked.first, "last": asked.last}
    rows = behind(at.db, asked.chosen, at.actor, at.today, counted, **within, page=number)
    at.saw("figures of services", [row.process_id for row in rows[:SIZE]])
    here = "/services/figures/requests"
    return at.page(
        "services/behind.html",
        title=f"{HEADS[counted]}: the requests",
        asked=asked,
        figure=counted,
        rows=rows[:SIZE],
        outcomes=OUTCOMES,
        next=asked.to(here, figure=counted, page=str(number + 1)) if len(rows) > SIZE else "",
        first=asked.to(here, figure=counted) if number > 1 else "",
        lead=is_lead(at),
    )


@router.get("/services/figures/requests.{kind}")
def behind_file(at: Lead, kind: File, figure: str = "due", service: str = "", month: str = "") -> Response:
    """The same as a file."""
    asked, counted = _asked(at, service, month), _figure(figure)
    rows = behind(at.db, asked.chosen, at.actor, at.today, counted, first=asked.first, last=asked.last, page=None)
    at.saw(f"figures of services.{kind}", [row.process_id for row in rows])
    return spreadsheet(
        kind, f"requests-{at.today}", HEADS[counted], BEHIND_COLUMNS, [_behind_line(row) for row in rows]
    )


@router.get("/services/report.xlsx")
def report(at: Lead, service: str = "", month: str = "") -> Response:
    """The monthly report for a meeting with a provider; of the last whole month unless another is asked for."""
    asked = _asked(at, service, month)
    wanted = asked.month or month_after(month_of(at.today), -1)
    found = report_of(at.db, asked.chosen, at.actor, at.today, wanted)
    at.saw("services/report.xlsx", found.processes)
    headers = {"Content-Disposition": f'attachment; filename="{found.file_name}"'}
    return Response(workbook(found), media_type=XLSX, headers=headers)


def _asked(at: Desk, service: str, month: str) -> Asked:
    mine = services_here(at)
    chosen = [each for each in mine if each.called == service] or mine
    return Asked(mine, chosen, _month(month, at.today), at.today)


def _month(said: str, today: date) -> date | None:
    """A month as `2026-10`, None for the last twelve; what is none, or is still to come, is the last whole one."""
    if said == YEAR:
        return None
    last = month_after(month_of(today), -1)
    try:
        found = date.fromisoformat(f"{said}-01")
    except ValueError:
        return last
    return found if date(2014, 9, 1) <= found <= today else last


def _months(today: date) -> Sequence[tuple[str, str]]:
    each = [month_after(month_of(today), -number) for number in range(MONTHS + 1)]
    return [*((_code(month), f"{month:%B %Y}") for month in each), (YEAR, "The last 12 months")]


def _choices(asked: Asked, *, lead: bool) -> Sequence[tuple[str, str]]:
    return [("", "All my services" if lead else "All services"), *((each.called, each.name) for each in asked.mine)]


def _rows(asked: Asked, found: Sequence[Figures]) -> Sequence[tuple[str, str, Figures]]:
    """What stands before each row, the address of what is behind it, and the row: by service, or by month."""
    if asked.month:
        names = {each.id: each for each in asked.chosen}
        one = [(names[each.service].name, names[each.service].called, each) for each in found if each.service]
        one.sort(key=lambda row: row[0])
        alls = [("All together", "", each) for each in found if each.service is None and len(one) > 1]
        return [(name, asked.to("/services/figures/requests", service=to), each) for name, to, each in (*one, *alls)]
    together = [each for each in found if each.service is None]
    return [
        (f"{each.month:%B %Y}", asked.to("/services/figures/requests", month=each.month), each) for each in together
    ]


def _figure(said: str) -> Figure:
    if said not in frozenset(Figure):
        raise HTTPException(404)
    return Figure(said)


def _line(row: Figures, names: Mapping[UUID, str]) -> Mapping[str, Any]:
    rates = {name: getattr(row, name) for name in ("on_time_rate", "nil_rate", "insufficient_rate")}
    shown = {name: None if rate is None else round(rate, 3) for name, rate in rates.items()}
    service = names[row.service] if row.service else "All together"
    return {**asdict(row), **shown, "service": service}


def _behind_line(row: Counted) -> Mapping[str, Any]:
    return {**asdict(row), "outcome": OUTCOMES[row.outcome][0]}


def _code(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else ""


def _text(value: str | date | None) -> str:
    return _code(value) if isinstance(value, date) else value or ""
