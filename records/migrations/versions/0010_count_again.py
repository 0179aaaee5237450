"""What was counted before is counted again: it is read otherwise now where a case was reopened or a refusal changed."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Derived rows: whoever counts next reads them from the ledger again.
AGAIN = "DELETE FROM counted_relief; DELETE FROM counted_review; DELETE FROM counted_assessment; DELETE FROM kept_figures"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(AGAIN)


def downgrade() -> None:
    """Nothing to undo: the rows are read from the ledger by whichever version counts next."""
    op.get_bind().exec_driver_sql(AGAIN)
