"""Figures of the scorecard as they were counted a while ago."""

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


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLE)


def downgrade() -> None:
    op.drop_table("kept_figures")
