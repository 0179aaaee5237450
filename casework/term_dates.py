"""Term dates as recorded: the authority's, and those of settings that have their own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import text
from sqlmodel import Session, col, select

from casework.cases import authority
from casework.term_files import TermRow
from records.tables import Setting
from records.tables import Term as KeptTerm
from statute.counting import clear_weeks_before
from statute.terms import Term, Terms

# As one text: the same settings are asked for again and again, and what was made of the answer is kept.
_TERMS = text(
    "SELECT string_agg(setting_urn || ' ' || first || ' ' || last, ',' ORDER BY setting_urn, first) FROM term "
    "WHERE authority = :authority AND setting_urn IN ('', :urn)"
)
_NOTICE = clear_weeks_before(2)


def terms_of(session: Session, setting_urn: str | None) -> Terms:
    """The terms of a setting: its own, and the authority's before and after the years that its own cover."""
    bound = {"authority": authority(), "urn": setting_urn or ""}
    return _terms(session.connection().execute(_TERMS, bound).scalar() or "")


def kept_terms(session: Session, setting_urns: Iterable[str] | None = None) -> list[TermRow]:
    """The terms recorded for these settings ("" for the whole authority; None: for all), in order."""
    query = select(KeptTerm).where(KeptTerm.authority == authority())
    if setting_urns is not None:
        query = query.where(col(KeptTerm.setting_urn).in_(list(setting_urns)))
    return sorted(TermRow(each.setting_urn, each.first, each.last, each.name) for each in session.exec(query))


def replaced_by(kept: Sequence[TermRow], new: Sequence[TermRow]) -> tuple[list[TermRow], list[TermRow]]:
    """What to add and what to remove so that `new` stands: of each setting that it names, `new` says everything
    from the first to the last day of its terms; what lies before and after stays."""
    spans = _spans(new)
    gone = [term for term in kept if term not in new and _touches(term, spans)]
    return [term for term in new if term not in kept], gone


def unknown_settings(session: Session, terms: Iterable[TermRow]) -> list[str]:
    """Settings with terms that the directory does not know, in order."""
    named = {term.setting_urn for term in terms if term.setting_urn}
    query = select(Setting.urn).where(Setting.authority == authority(), col(Setting.urn).in_(named))
    return sorted(named - set(session.exec(query).all()))


def list_due(start: date) -> date:
    """The last day for the list of reviews before a term that starts then: two clear weeks (Code 9.172)."""
    return _NOTICE.last_day(start)


def _spans(terms: Iterable[TermRow]) -> Mapping[str, tuple[date, date]]:
    spans: dict[str, tuple[date, date]] = {}
    for term in terms:
        first, last = spans.get(term.setting_urn, (term.first, term.last))
        spans[term.setting_urn] = min(first, term.first), max(last, term.last)
    return spans


def _touches(term: TermRow, spans: Mapping[str, tuple[date, date]]) -> bool:
    span = spans.get(term.setting_urn)
    return span is not None and term.first <= span[1] and term.last >= span[0]


@lru_cache(maxsize=1024)
def _terms(said: str) -> Terms:
    rows = [each.split(" ") for each in said.split(",") if each]
    kept = [TermRow(urn, date.fromisoformat(first), date.fromisoformat(last)) for urn, first, last in rows]
    own = [term for term in kept if term.setting_urn]
    spans = {"": span} if (span := next(iter(_spans(own).values()), None)) else {}
    shared = [term for term in kept if not term.setting_urn and not _touches(term, spans)]
    return Terms(tuple(Term(term.first, term.last) for term in (*shared, *own)))
