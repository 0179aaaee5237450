"""The scorecard: what is counted, what was frozen, what was fed, what was said, and the published tables.

And the recomputation that an adopted policy asks of a worker, and what is answered to requests found at once.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE counted_assessment (
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    version integer NOT NULL,
    void boolean NOT NULL,
    began date NOT NULL,
    source smallint NOT NULL,
    inherited boolean NOT NULL,
    first_decision varchar,
    first_decided_on date,
    changed_on date,
    changed_why varchar,
    agreed_on date,
    outcome varchar,
    outcome_on date,
    draft_on date,
    plan_on date,
    excepted boolean NOT NULL,
    ended_as varchar,
    ended_on date,
    moved_on date,
    blank varchar,
    gaps datemultirange,
    CONSTRAINT pk_counted_assessment PRIMARY KEY (process_id),
    CONSTRAINT fk_counted_assessment_process_id FOREIGN KEY (process_id) REFERENCES process (id)
);
CREATE INDEX ix_counted_assessment_began ON counted_assessment (began);
CREATE INDEX ix_counted_assessment_plan_on ON counted_assessment (plan_on);
CREATE TABLE counted_review (
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    place smallint NOT NULL,
    plan_id uuid NOT NULL,
    cycle integer NOT NULL,
    version integer NOT NULL,
    void boolean NOT NULL,
    began date NOT NULL,
    met_on date,
    report_on date,
    decided_on date,
    outcome varchar,
    notice_on date,
    finished_on date,
    aligned varchar NOT NULL,
    appeal_on date,
    appeal_sections varchar,
    CONSTRAINT pk_counted_review PRIMARY KEY (process_id, place),
    CONSTRAINT fk_counted_review_process_id FOREIGN KEY (process_id) REFERENCES process (id),
    CONSTRAINT fk_counted_review_plan_id FOREIGN KEY (plan_id) REFERENCES plan (id)
);
CREATE INDEX ix_counted_review_plan ON counted_review (plan_id, cycle, place)
    INCLUDE (authority, void, met_on, decided_on, outcome);
CREATE TABLE counted_relief (
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    sequence integer NOT NULL,
    limit_id varchar NOT NULL,
    ground varchar NOT NULL,
    approver varchar NOT NULL,
    granted_on date NOT NULL,
    legal_due date,
    CONSTRAINT pk_counted_relief PRIMARY KEY (process_id, sequence, limit_id),
    CONSTRAINT fk_counted_relief_process_id FOREIGN KEY (process_id) REFERENCES process (id)
);
CREATE TABLE snapshot (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    month date NOT NULL,
    taken_at timestamptz NOT NULL,
    taken_by varchar NOT NULL,
    definitions varchar NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT pk_snapshot PRIMARY KEY (id),
    CONSTRAINT uq_snapshot_authority_month UNIQUE (authority, month)
);
CREATE TABLE snapshot_figure (
    authority char(3) NOT NULL,
    snapshot_id uuid NOT NULL,
    number integer NOT NULL,
    measure_id varchar NOT NULL,
    part varchar NOT NULL,
    numerator integer,
    denominator integer,
    value numeric,
    target numeric,
    definition text NOT NULL,
    CONSTRAINT pk_snapshot_figure PRIMARY KEY (snapshot_id, number),
    CONSTRAINT fk_snapshot_figure_snapshot_id FOREIGN KEY (snapshot_id) REFERENCES snapshot (id)
);
CREATE TABLE snapshot_case (
    authority char(3) NOT NULL,
    snapshot_id uuid NOT NULL,
    pseudonym bytea NOT NULL,
    among smallint[] NOT NULL,
    counted smallint[] NOT NULL,
    CONSTRAINT pk_snapshot_case PRIMARY KEY (snapshot_id, pseudonym),
    CONSTRAINT fk_snapshot_case_snapshot_id FOREIGN KEY (snapshot_id) REFERENCES snapshot (id)
);
CREATE TABLE fed_figure (
    authority char(3) NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    measure_id varchar NOT NULL,
    part varchar NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    numerator numeric,
    denominator numeric,
    value numeric,
    owner varchar NOT NULL,
    source varchar NOT NULL,
    withdrawn boolean NOT NULL,
    entered_at timestamptz NOT NULL,
    entered_by varchar NOT NULL,
    CONSTRAINT pk_fed_figure PRIMARY KEY (id)
);
CREATE INDEX ix_fed_figure_measure ON fed_figure (measure_id, part, first_day, id);
CREATE TABLE measure_note (
    authority char(3) NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    measure_id varchar NOT NULL,
    month date NOT NULL,
    narrative text NOT NULL,
    owner varchar NOT NULL,
    target numeric,
    action varchar NOT NULL,
    written_at timestamptz NOT NULL,
    written_by varchar NOT NULL,
    CONSTRAINT pk_measure_note PRIMARY KEY (id)
);
CREATE INDEX ix_measure_note_measure ON measure_note (measure_id, month, id);
CREATE TABLE published (
    authority char(3) NOT NULL,
    table_name varchar NOT NULL,
    year integer NOT NULL,
    area varchar NOT NULL,
    level varchar NOT NULL,
    name varchar NOT NULL,
    region varchar NOT NULL,
    figures jsonb NOT NULL,
    loaded_at timestamptz NOT NULL,
    loaded_by varchar NOT NULL,
    CONSTRAINT pk_published PRIMARY KEY (authority, table_name, year, area)
);
CREATE TABLE recomputation (
    id bigint GENERATED ALWAYS AS IDENTITY,
    policy integer NOT NULL,
    kinds varchar[] NOT NULL,
    asked_at timestamptz NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    changed integer NOT NULL,
    reached uuid,
    moved_at timestamptz,
    finished_at timestamptz,
    CONSTRAINT pk_recomputation PRIMARY KEY (id),
    CONSTRAINT fk_recomputation_policy FOREIGN KEY (policy) REFERENCES policy_version (number)
);
CREATE INDEX ix_fact_answers ON fact (process_id) WHERE kind IN ('advice_insufficient', 'advice_declined',
    'advice_reassigned', 'advice_received', 'advice_nil', 'advice_expected', 'retracted');
"""

UNDO = """
DROP INDEX ix_fact_answers;
DROP TABLE recomputation, published, measure_note, fed_figure, snapshot_case, snapshot_figure, snapshot, counted_relief, counted_review, counted_assessment;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(UNDO)
