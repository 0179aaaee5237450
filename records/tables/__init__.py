"""The tables of the records room, one subject a file."""

from records.tables.advice import Answer, CasePapers, Document, FamilyLetter
from records.tables.base import Instant, Table
from records.tables.calendars import CalendarChange, CalendarDay, MovedDay, Term
from records.tables.casework import Assignment, ContactNote, Cover
from records.tables.deadlines import DeadlineRow
from records.tables.directories import Body, Officer, Setting
from records.tables.facts import FactRow, FactText, LedgerDigest, LedgerHead
from records.tables.imports import ImportFile, ImportRefusal
from records.tables.inbound import InboundMail
from records.tables.links import LinkCode, LinkVisit, SecureLink
from records.tables.messages import DeliveryAttempt, Digest, Message
from records.tables.people import Contact, Person
from records.tables.plans import Plan, Review, TermList
from records.tables.processes import AdviceRequest, Process
from records.tables.rounds import PolicyVersion, Recomputation, RoundLog, Wake
from records.tables.scorecard import (
    CountedAssessment,
    CountedRelief,
    CountedReview,
    FedFigure,
    KeptFigures,
    MeasureNote,
    PublishedRow,
    Snapshot,
    SnapshotCase,
    SnapshotFigure,
)
from records.tables.signing_in import ApiToken, Draft, KeptAnswer, LoginCode, ReadLog, SignInAttempt, WebSession

metadata = Table.metadata

__all__ = [
    "AdviceRequest",
    "Answer",
    "ApiToken",
    "Assignment",
    "Body",
    "CalendarChange",
    "CalendarDay",
    "CasePapers",
    "Contact",
    "ContactNote",
    "CountedAssessment",
    "CountedRelief",
    "CountedReview",
    "Cover",
    "DeadlineRow",
    "DeliveryAttempt",
    "Digest",
    "Document",
    "Draft",
    "FactRow",
    "FactText",
    "FamilyLetter",
    "FedFigure",
    "ImportFile",
    "ImportRefusal",
    "InboundMail",
    "Instant",
    "KeptAnswer",
    "KeptFigures",
    "LedgerDigest",
    "LedgerHead",
    "LinkCode",
    "LinkVisit",
    "LoginCode",
    "MeasureNote",
    "Message",
    "MovedDay",
    "Officer",
    "Person",
    "Plan",
    "PolicyVersion",
    "Process",
    "PublishedRow",
    "ReadLog",
    "Recomputation",
    "Review",
    "RoundLog",
    "SecureLink",
    "Setting",
    "SignInAttempt",
    "Snapshot",
    "SnapshotCase",
    "SnapshotFigure",
    "Table",
    "Term",
    "TermList",
    "Wake",
    "WebSession",
    "metadata",
]
