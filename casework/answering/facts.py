"""What the ledger says of an answer: codes, days and hashes as attributes, what was written beside them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from casework.answering.given import Given
from casework.answering.kinds import FACT, Answer
from statute.facts import Fact

AGREED = "giver,family,authority"
"""All three whom regulation 6(4) names. The giver has agreed with the answer itself."""


def facts_for(given: Given, subject: str, day: date, faults: Sequence[str], hashes: Iterable[bytes]) -> list[Fact]:
    """The facts of an answer that can be recorded as it is.

    Advice that is not complete has come, and is found insufficient at once: that opens the request again and keeps its
    first day.
    """
    said = _said(given, ",".join(each.hex() for each in hashes))
    found = [Fact(FACT[given.kind], day, subject, MappingProxyType(said))]
    if faults:
        found.append(Fact("advice_insufficient", day, subject, MappingProxyType({"reason": ",".join(faults)})))
    if given.kind is Answer.PART and "by" in given.form:
        found.append(Fact("advice_expected", day, subject, MappingProxyType({"by": str(given.form["by"])})))
    return found


def _said(given: Given, hashes: str) -> dict[str, str]:
    named = {"report_date": "report_date", "reason": "reason", "by": "by", "body": "body"}
    # Of a part the day is said with a fact of its own.
    if given.kind is Answer.PART:
        del named["by"]
    codes = {name: str(given.form[key]) for name, key in named.items() if given.form.get(key)}
    if hashes and given.kind in (Answer.RECEIVED, Answer.PART):
        codes["documents"] = hashes
    if given.kind is Answer.ALREADY_GIVEN:
        codes["agreed"] = AGREED
    return codes | _because(given.said)


def _because(said: Mapping[str, str]) -> dict[str, str]:
    """The reasons that were written, or the needs that were seen; all of it stands with the answer."""
    text = said.get("words") or said.get("needs") or ""
    return {"because": text} if text else {}
