"""Decisions on reviews and appeals are found by their day, as the months ask for them."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = """
CREATE INDEX ix_counted_review_told_on ON counted_review (told_on);
CREATE INDEX ix_counted_review_appeal_on ON counted_review (appeal_on) WHERE appeal_on IS NOT NULL;
"""

UNDO = """
DROP INDEX ix_counted_review_told_on;
DROP INDEX ix_counted_review_appeal_on;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(INDEXES)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(UNDO)
