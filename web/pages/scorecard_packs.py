"""Packs for meetings and for the public: chosen by month and kind, and taken away as files."""

from collections.abc import Mapping
from enum import StrEnum

from fastapi import APIRouter
from fastapi.responses import Response

from casework.read_log import note_read
from scorecard.packs.asking import WRITERS, pack_of
from scorecard.packs.kinds import KINDS, Kind
from scorecard.period import month_after
from scorecard.snapshots.reading import frozen_months
from web import scorecard_asked as asked
from web.desks import Overseer
from web.place import Desk
from web.spreadsheets import XLSX

router = APIRouter()


class PackFile(StrEnum):
    """What a pack can be saved as."""

    PDF = "pdf"
    XLSX = "xlsx"
    HTML = "html"


FILES: Mapping[PackFile, tuple[str, str]] = {
    PackFile.PDF: ("PDF, to read and to print", "application/pdf"),
    PackFile.XLSX: ("Excel workbook, with the months as data", XLSX),
    PackFile.HTML: ("Web page in one file", "text/html; charset=utf-8"),
}


@router.get("/scorecard/packs")
def packs(at: Overseer, month: str = "", pack: str = "") -> Response:
    """Choose a pack."""
    chosen, kind = _month(at, month), _kind(pack)
    files = [(words, f"/scorecard/packs.{file}", file.value) for file, (words, _) in FILES.items()]
    return at.page(
        "scorecard/packs.html",
        title="Packs",
        tabs=asked.tabs(at),
        month=chosen,
        frozen=chosen.last in frozen_months(at.db),
        kinds=[(each.value, made.title) for each, made in KINDS.items()],
        kind=kind.value,
        made=KINDS[kind],
        below=at.place.settings.scorecard_hide_below,
        files=files,
    )


@router.get("/scorecard/packs.{kind}")
def pack_file(at: Overseer, kind: PackFile, month: str = "", pack: str = "", public: str = "") -> Response:
    """The pack as a file to be saved. It shows no child's record; who took it is put down all the same."""
    chosen, of = _month(at, month), _kind(pack)
    made = pack_of(at.db, at.place.settings, of, chosen.first, at.now, public=bool(public))
    name = f"{of}-pack-{chosen.code}{'-public' if public else ''}{'-draft' if made.draft else ''}.{kind}"
    note_read(at.db, at.actor, f"scorecard: {name}", [], at.now, unknown=True)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(WRITERS[kind](made), media_type=FILES[kind][1], headers=headers)


def _kind(said: str) -> Kind:
    """The kind of an address; what is none is the pack of the board."""
    return Kind(said) if said in list(Kind) else Kind.BOARD


def _month(at: Desk, said: str) -> asked.Month:
    """The month of an address; what is none is the last whole one: a pack is made of months that are over."""
    return asked.Month(asked.known_month(at, said) or month_after(at.today.replace(day=1), -1), at.today)
