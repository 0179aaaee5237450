"""Which child a row is about, and keeping what is known of that child in step with the file."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from casework.matching import Identity, folded


@dataclass(slots=True)
class People:
    """Everybody on record, found by what rows know: built once, so that matching 600 rows asks the database nothing."""

    _by_upn: dict[str, UUID] = field(default_factory=dict[str, UUID])
    _by_names: dict[tuple[str, str, date], UUID] = field(default_factory=dict[tuple[str, str, date], UUID])
    _by_birth: dict[tuple[str, date], set[UUID]] = field(
        default_factory=lambda: defaultdict[tuple[str, date], set[UUID]](set)
    )
    _known: dict[UUID, Identity] = field(default_factory=dict[UUID, Identity])

    def add(self, person: UUID, who: Identity) -> None:
        """Remember somebody. `who.upn` is empty unless it is verified."""
        self._known.setdefault(person, who)
        if who.upn:
            self._by_upn.setdefault(who.upn, person)
        if who.date_of_birth is None:
            return
        surname, forename = who.names
        if surname and forename:
            self._by_names.setdefault((surname, forename, who.date_of_birth), person)
        if surname:
            self._by_birth[surname, who.date_of_birth].add(person)

    def find(self, who: Identity) -> UUID | None:
        """The same child: by verified UPN, or by surname, forename and date of birth together (ledger 1)."""
        if who.upn and (found := self._by_upn.get(who.upn)) and not self.strangers(found, who):
            return found
        return self._by_names.get((*who.names, who.date_of_birth)) if who.date_of_birth else None

    def holder_of(self, upn: str) -> UUID | None:
        """Who has that verified UPN."""
        return self._by_upn.get(upn) if upn else None

    def perhaps(self, person: UUID, who: Identity) -> int:
        """How many others have the same surname and date of birth: twins, or one child written down twice."""
        if who.date_of_birth is None or not who.names[0]:
            return 0
        return len(self._by_birth.get((who.names[0], who.date_of_birth), set()) - {person})

    def strangers(self, person: UUID, who: Identity) -> bool:
        """Whether nothing that is known of both agrees but a number: more likely a slip than one child."""
        known = self._known[person]
        pairs = [*zip(known.names, who.names, strict=True), (known.date_of_birth, who.date_of_birth)]
        both = [one == other for one, other in pairs if one and other]
        return bool(both) and not any(both)


@dataclass(frozen=True, slots=True)
class Base:
    """What the file said last time, as digests under the child's own key: enough to see who changed a value since.

    Erasing the key makes them meaningless, like the HMACs of the ledger. `others` is what files said of the child's
    other processes: no person's word either.
    """

    key: bytes
    digests: dict[str, str]
    others: tuple[Mapping[str, str], ...] = ()

    def digest(self, name: str, value: str) -> str:
        """The digest of one value of one field."""
        return hmac.new(self.key, f"{name}\0{value}".encode(), hashlib.sha256).hexdigest()[:16]

    def unchanged_in_file(self, name: str, value: str) -> bool:
        """Whether the value is what a file said last time."""
        digest = self.digest(name, value)
        return any(said.get(name) == digest for said in (self.digests, *self.others))

    def after(self, said: dict[str, str]) -> dict[str, str]:
        """The digests to keep for the next import."""
        return {**self.digests, **{name: self.digest(name, value) for name, value in said.items()}}


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """Fields to set, and fields in which a person's value is kept against the file's."""

    updates: dict[str, str]
    kept: tuple[str, ...]


def field_changes(current: dict[str, str], said: dict[str, str], base: Base) -> FieldChanges:
    """Compare the fields on record with those of a row, knowing what the file said last time.

    A field that nobody touched since follows the file; one that a person changed stays and is told; one that is blank
    on record is filled. Capitals and accents of a name are no difference.
    """
    updates: dict[str, str] = {}
    kept: list[str] = []
    for name, value in said.items():
        if _agree(name, current[name], value):
            continue
        if base.unchanged_in_file(name, current[name]) or (not current[name] and name not in base.digests):
            updates[name] = value
        elif value or base.digests.get(name) != base.digest(name, ""):
            kept.append(name)
    return FieldChanges(updates, tuple(kept))


def _agree(name: str, one: str, other: str) -> bool:
    return folded(one) == folded(other) if name in ("surname", "forename") and one else one == other


def named(columns: Iterable[str]) -> str:
    """Columns in a sentence."""
    return ", ".join(columns)
