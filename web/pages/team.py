"""How the work is spread over the team, and what lies with nobody."""

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from casework.staff import MAY_HAVE_CASES, staff, teams
from casework.workload import Load, cases_of, workload
from web.desks import Overseer
from web.place import Desk
from web.spreadsheets import File, spreadsheet

router = APIRouter()

COLUMNS = {
    "name": "Officer",
    "team": "Team",
    "here": "Here",
    "assessments": "Open assessments",
    "plans": "Plans",
    "reviews": "Reviews running",
    "overdue": "Overdue",
    "due": "Due in 7 days",
    "saveable": "Can still be in time",
    "weeks": "Longest wait in weeks",
}
TABS = (("/team", "Workload"), ("/team/reassign", "Give cases away"), ("/team/cover", "Cover"))


@router.get("/team")
def team(at: Overseer, team: str = "") -> Response:
    """Every officer's work, cases without an officer on top."""
    loads = workload(at.db, at.actor, at.today, team=team or None)
    nobodys = cases_of(at.db, None, at.actor)
    at.saw("team", [case.process_id for case in nobodys])
    known = teams(staff(at.db, MAY_HAVE_CASES, left=True))
    title = f"Workload of team {team}" if team in known else "Workload"
    return at.page(
        "team/team.html", title=title, loads=loads, nobodys=nobodys, team=team, teams=choices(known), tabs=tabs(at)
    )


@router.get("/team.{kind}")
def team_file(at: Overseer, kind: File, team: str = "") -> Response:
    """The same as a file; it counts, and names no child."""
    loads = workload(at.db, at.actor, at.today, team=team or None)
    return spreadsheet(kind, f"workload-{at.today}", "Workload", COLUMNS, [_line(load, at.today) for load in loads])


def tabs(at: Desk) -> Sequence[dict[str, object]]:
    """The pages about the team, for those who may do more than look."""
    if at.me.role == "auditor":
        return ()
    here = at.request.url.path
    return [{"href": url, "text": text, "current": url == here} for url, text in TABS]


def choices(known: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Teams as a filter offers them."""
    return [("", "Every team"), *((team, team) for team in known)]


def _line(load: Load, today: date) -> dict[str, object]:
    here = "nobody" if load.username is None else "left" if load.left else "away" if load.away else "here"
    counts = {name: getattr(load, name) for name in COLUMNS if name not in ("here", "weeks")}
    return {**counts, "here": here, "weeks": load.weeks_waited(today)}
