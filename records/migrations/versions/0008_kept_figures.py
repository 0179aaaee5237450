"""Figures of the scorecard as they were counted a while ago; what was counted of cases is counted again by this version."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE kept_figures (
    authority char(3) NOT NULL,
    name varchar NOT NULL,
    counted_at timestamptz NOT NULL,
    definitions varchar NOT NULL,
    figures jsonb NOT NULL,
    CONSTRAINT pk_kept_figures PRIMARY KEY (authority, name)
)
"""

# Derived rows: whoever counts next reads them from the ledger again.
AGAIN = "DELETE FROM counted_relief; DELETE FROM counted_review; DELETE FROM counted_assessment"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLE)
    op.get_bind().exec_driver_sql(AGAIN)


def downgrade() -> None:
    op.drop_table("kept_figures")
