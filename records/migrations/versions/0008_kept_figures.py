"""Figures as they were counted, every change of a refusal, what meets a review; cases are counted again."""

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

COLUMNS = """
ALTER TABLE counted_assessment DROP COLUMN changed_why;
ALTER TABLE counted_assessment ADD COLUMN changes jsonb;
ALTER TABLE counted_assessment ADD COLUMN replaced_on date;
ALTER TABLE counted_review ADD COLUMN came_on date, ADD COLUMN told_on date, ADD COLUMN amends_on date,
    ADD COLUMN completed_on date;
CREATE INDEX ix_counted_review_void ON counted_review (plan_id, completed_on) WHERE void;
CREATE INDEX ix_counted_review_came_on ON counted_review (plan_id, came_on) WHERE came_on IS NOT NULL;
"""
COLUMNS_BEFORE = """
DROP INDEX ix_counted_review_void;
DROP INDEX ix_counted_review_came_on;
ALTER TABLE counted_review DROP COLUMN came_on, DROP COLUMN told_on, DROP COLUMN amends_on, DROP COLUMN completed_on;
ALTER TABLE counted_assessment DROP COLUMN changes;
ALTER TABLE counted_assessment DROP COLUMN replaced_on;
ALTER TABLE counted_assessment ADD COLUMN changed_why varchar;
"""

# Derived rows: whoever counts next reads them from the ledger again.
AGAIN = "DELETE FROM counted_relief; DELETE FROM counted_review; DELETE FROM counted_assessment"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLE)
    op.get_bind().exec_driver_sql(AGAIN)
    op.get_bind().exec_driver_sql(COLUMNS)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(AGAIN)
    op.get_bind().exec_driver_sql(COLUMNS_BEFORE)
    op.drop_table("kept_figures")
