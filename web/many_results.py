"""Recording the lines that were ticked, and what came of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from casework.recording import Line, RecordedMany, record_many
from casework.weighing import Weighed
from statute.kinds import KINDS
from statute.words import capital, day_words, listed, plain
from web.many_answers import as_kept
from web.place import Desk
from web.recording.messages import in_words

CONFIRMED = "c"
"""Behind the number of a line that was ticked although the law asks to confirm it."""


def choice_of(taken: Sequence[str]) -> Mapping[int, bool]:
    """The lines that were ticked, and whether with a question that was read."""
    found: dict[int, bool] = {}
    for each in taken:
        number = each.removesuffix(CONFIRMED)
        if number.isascii() and number.isdecimal() and len(number) < 9:
            found[int(number)] = each.endswith(CONFIRMED)
    return found


def recorded_on(at: Desk, weighed: Sequence[Weighed], chosen: Mapping[int, bool]) -> list[RecordedMany]:
    """Record the chosen lines, those that were confirmed apart: a question that nobody read is not answered yes.

    The very case that was shown is recorded on, whatever its reference may have come to mean since.
    """
    lines = [
        (each, Line(each.line.line, each.found.mail_ref, each.line.fact, each.line.note))
        for each in weighed
        if each.found
    ]
    cases = {each.found.process_id for each, line in lines if each.found and chosen.get(line.line)}
    done: list[RecordedMany] = []
    for confirm in (False, True):
        now = [
            line
            for each, line in lines
            if line.line in chosen and each.found and (each.found.process_id in cases) is confirm
        ]
        if now:
            done.append(record_many(at.db, now, at.actor, at.now, confirm=confirm))
    return done


def result_of(weighed: Sequence[Weighed], chosen: Mapping[int, bool], done: Sequence[RecordedMany]) -> dict[str, Any]:
    """What came of it, for the draft to keep: lines recorded, refused with their reasons, left out, and the rest."""
    refused: dict[int, list[str]] = {}
    for said in (each for one in done for each in one.refused):
        refused.setdefault(said["line"], []).append(in_words(said["message"]))
    by_line = {each.line.line: each for each in weighed}
    recorded = [by_line[line] for line in chosen if line in by_line and line not in refused and by_line[line].found]
    warned = [[_name(by_line[said["line"]]), in_words(said["message"])] for one in done for said in one.warnings]
    left = [each.line for each in weighed if each not in recorded and not each.stands]
    return {
        "number": sum(one.recorded for one in done),
        "unchanged": sum(one.unchanged for one in done),
        "recorded": [[each.found.case_ref, each.found.mail_ref] for each in recorded if each.found],
        "refused": [[line, _name(by_line[line]), " ".join(said)] for line, said in sorted(refused.items())],
        "warned": warned,
        "rest": as_kept(left),
    }


def told(weighed: Weighed) -> str:
    """What would be recorded on one line, in words."""
    fact = weighed.fact
    if fact is None:
        return weighed.line.fact[:200]
    words = KINDS[fact.kind].words if fact.kind in KINDS else plain(fact.kind)
    about = f" ({fact.subject})" if fact.subject else ""
    more = listed([f"{plain(name)} {value}" for name, value in fact.attributes.items()]) if fact.attributes else ""
    return f"{capital(words)}{about}, {day_words(fact.day)}{f'; {more}' if more else ''}"


def _name(weighed: Weighed) -> str:
    return weighed.found.case_ref if weighed.found else weighed.line.case_ref[:100]
