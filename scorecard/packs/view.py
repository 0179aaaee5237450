"""A pack as plain words, for templates: a page and a PDF say the same."""

from collections.abc import Mapping
from typing import Any

from config.clock import london_day
from scorecard.packs.brief import beside_published, is_more_than_chance, is_short, sections_told, untold
from scorecard.packs.content import Entry, Pack
from scorecard.packs.said import UNVERIFIED, counts_words, figure_words
from scorecard.packs.trends import drawing, signals_of
from scorecard.status import Rag
from scorecard.suppression import HIDDEN
from scorecard.words import BETTER, RAGS, period_words, target_words
from statute.words import day_words

View = Mapping[str, Any]


def view(pack: Pack) -> View:
    """All that a pack says, in the order in which it is read."""
    return {
        "title": pack.title,
        "period": pack.period,
        "council": pack.council,
        "public": pack.public,
        "made": day_words(london_day(pack.made)),
        "draft": pack.draft,
        "basis": pack.basis,
        "standing": [
            {"rag": rag.value, "words": RAGS[rag][0], "number": number} for rag, number in pack.standing.items()
        ],
        "short": is_short(pack),
        "untold": untold(pack) if is_short(pack) else [],
        "published": [{"heads": list(each.heads), "rows": list(each.rows)} for each in beside_published(pack)],
        "sections": [
            {"heading": section.heading, "entries": [_entry(pack, each) for each in section.entries]}
            for section in (sections_told(pack) if is_short(pack) else pack.sections)
        ],
        "restated": [
            {"month": each.month, "measure": each.measure, "told": each.told, "now": each.now} for each in pack.restated
        ],
        "notes": list(pack.notes),
    }


def _entry(pack: Pack, entry: Entry) -> View:
    measure = entry.measure
    first = next(each.measure for each in pack.entries if each.measure.reading == measure.reading)
    return {
        "id": measure.id,
        "name": measure.name,
        "definition": entry.definition,
        "source": measure.source.value[:1].upper() + measure.source.value[1:],
        "better": BETTER[measure.better],
        "days": period_words(entry.days),
        "figure": figure_words(measure, entry.figure),
        "counts": counts_words(measure, entry.figure),
        "target": target_words(measure, entry.target),
        "rag": entry.rag.value,
        "rag_words": rag_words(pack, entry),
        "action": entry.action or "None said",
        "owner": entry.owner,
        "narrative": [each for each in entry.narrative.splitlines() if each.strip()],
        "says": entry.trend.says if entry.trend else "",
        "chart": str(drawing(entry, flat=is_short(pack))) if entry.at_length else "",
        "moved": is_more_than_chance(entry),
        "signals": signals_of(entry.trend) if entry.trend else [],
        "compared": [{"who": each.who, "figure": each.figure} for each in entry.compared],
        "beside": list(entry.beside),
        "parts": [
            {"name": each.name, "figure": figure_words(measure, each.figure),
             "counts": counts_words(measure, each.figure)}
            for each in entry.parts
        ],
        "left_out": [each.why for each in measure.left_out],
        "unverified": "" if measure.verified else UNVERIFIED,
        "reading": measure.reading,
        "same_reading": first.name if is_short(pack) and first is not measure else "",
        "at_length": entry.at_length,
    }  # fmt: skip


def rag_words(pack: Pack, entry: Entry) -> str:
    """The status in words; of a hidden figure it is not told, since it would tell of the figure."""
    if entry.rag is Rag.NONE and pack.public and entry.figure and entry.figure.hides:
        return HIDDEN
    return RAGS[entry.rag][0]
