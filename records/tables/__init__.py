"""The tables of the records room, one subject a file."""

from records.tables.base import Instant, Table
from records.tables.calendars import CalendarChange, CalendarDay, MovedDay, Term
from records.tables.deadlines import DeadlineRow
from records.tables.directories import Body, Officer, Setting
from records.tables.facts import FactRow, FactText, LedgerDigest, LedgerHead
from records.tables.imports import ImportFile, ImportRefusal
from records.tables.messages import DeliveryAttempt, Digest, Message
from records.tables.people import Contact, Person
from records.tables.plans import Plan, Review, TermList
from records.tables.processes import AdviceRequest, Process
from records.tables.rounds import PolicyVersion, RoundLog, Wake

metadata = Table.metadata

__all__ = [
    "AdviceRequest",
    "Body",
    "CalendarChange",
    "CalendarDay",
    "Contact",
    "DeadlineRow",
    "DeliveryAttempt",
    "Digest",
    "FactRow",
    "FactText",
    "ImportFile",
    "ImportRefusal",
    "Instant",
    "LedgerDigest",
    "LedgerHead",
    "Message",
    "MovedDay",
    "Officer",
    "Person",
    "Plan",
    "PolicyVersion",
    "Process",
    "Review",
    "RoundLog",
    "Setting",
    "Table",
    "Term",
    "TermList",
    "Wake",
    "metadata",
]
