"""Plans with their own references and reviews, term lists, and the calendar of an authority."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A plan that an assessment made keeps that assessment's reference.
PLANS = """
ALTER TABLE plan ADD COLUMN plan_ref varchar;
UPDATE plan SET plan_ref = process.case_ref FROM process WHERE process.id = plan.process_id;
ALTER TABLE plan
    ALTER COLUMN plan_ref SET NOT NULL,
    ALTER COLUMN process_id DROP NOT NULL,
    ADD COLUMN ended_by varchar NOT NULL DEFAULT '',
    ADD COLUMN officer varchar,
    ADD COLUMN team varchar,
    ADD COLUMN imported boolean NOT NULL DEFAULT false,
    ADD COLUMN source_row text,
    ADD CONSTRAINT uq_plan_authority_plan_ref UNIQUE (authority, plan_ref);
ALTER TABLE plan ALTER COLUMN ended_by DROP DEFAULT, ALTER COLUMN imported DROP DEFAULT;
CREATE INDEX ix_plan_folded ON plan (upper(plan_ref), authority);
CREATE INDEX ix_process_folded ON process (upper(case_ref), authority);
CREATE TABLE review (
    process_id uuid NOT NULL,
    authority char(3) NOT NULL,
    plan_id uuid NOT NULL,
    cycle integer NOT NULL,
    opens_on date,
    opened_at timestamptz,
    CONSTRAINT pk_review PRIMARY KEY (process_id),
    CONSTRAINT uq_review_plan_id_cycle UNIQUE (plan_id, cycle),
    CONSTRAINT fk_review_process_id FOREIGN KEY (process_id) REFERENCES process,
    CONSTRAINT fk_review_plan_id FOREIGN KEY (plan_id) REFERENCES plan
);
CREATE INDEX ix_review_opening ON review (opens_on) WHERE opens_on IS NOT NULL;
CREATE TABLE term_list (
    authority char(3) NOT NULL,
    recipient varchar NOT NULL,
    term_start date NOT NULL,
    due_on date NOT NULL,
    count integer NOT NULL,
    prepared_at timestamptz NOT NULL,
    sent_on date,
    sent_by varchar,
    CONSTRAINT pk_term_list PRIMARY KEY (authority, recipient, term_start)
);
"""

CALENDARS = """
CREATE TABLE calendar_change (
    number integer NOT NULL,
    authority char(3) NOT NULL,
    what jsonb NOT NULL,
    because varchar NOT NULL,
    applied_at timestamptz NOT NULL,
    applied_by varchar NOT NULL,
    CONSTRAINT pk_calendar_change PRIMARY KEY (number)
);
CREATE TABLE calendar_day (
    authority char(3) NOT NULL,
    day date NOT NULL,
    kind varchar NOT NULL,
    name varchar NOT NULL,
    change_number integer NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (authority, day, kind),
    CONSTRAINT fk_calendar_day_change_number FOREIGN KEY (change_number) REFERENCES calendar_change
);
CREATE TABLE term (
    authority char(3) NOT NULL,
    setting_urn varchar NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    name varchar NOT NULL,
    change_number integer NOT NULL,
    CONSTRAINT pk_term PRIMARY KEY (authority, setting_urn, first),
    CONSTRAINT fk_term_change_number FOREIGN KEY (change_number) REFERENCES calendar_change
);
CREATE TABLE moved_day (
    id bigint GENERATED ALWAYS AS IDENTITY,
    authority char(3) NOT NULL,
    change_number integer NOT NULL,
    process_id uuid NOT NULL,
    limit_id varchar NOT NULL,
    subject varchar NOT NULL,
    field varchar NOT NULL,
    was date,
    now date,
    CONSTRAINT pk_moved_day PRIMARY KEY (id),
    CONSTRAINT fk_moved_day_change_number FOREIGN KEY (change_number) REFERENCES calendar_change,
    CONSTRAINT fk_moved_day_process_id FOREIGN KEY (process_id) REFERENCES process
);
CREATE INDEX ix_moved_day_process ON moved_day (process_id);
"""

# A process that was only just opened has no workflow to be told: it is only started.
WAKES = "ALTER TABLE wake ADD COLUMN opens boolean NOT NULL DEFAULT false"

# A limit that has not begun has no row in the read model any more.
UNBEGUN = "DELETE FROM deadline WHERE start IS NULL"

UNDO = """
ALTER TABLE wake DROP COLUMN opens;
DROP INDEX ix_process_folded, ix_plan_folded;
DROP TABLE moved_day, term, calendar_day, calendar_change, term_list, review;
DELETE FROM plan WHERE process_id IS NULL;
ALTER TABLE plan DROP COLUMN plan_ref, DROP COLUMN ended_by, DROP COLUMN officer, DROP COLUMN team,
    DROP COLUMN imported, DROP COLUMN source_row, ALTER COLUMN process_id SET NOT NULL;
"""


def upgrade() -> None:
    for subject in (PLANS, CALENDARS, WAKES, UNBEGUN):
        op.get_bind().exec_driver_sql(subject)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(UNDO)
