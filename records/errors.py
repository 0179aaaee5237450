"""What can be wrong with the records, in words that say what to do."""


class RecordsError(Exception):
    """Anything the records room refuses."""


class DatabaseError(RecordsError):
    """The database cannot be used as it is: a wrong address, a missing role."""


class LedgerError(RecordsError):
    """A fact cannot be added to the ledger as it was given."""
