"""The first tables, the triggers that keep the ledger as it was written, and nothing else.

Written as SQL, for Postgres is the only dialect; a test holds it against the table models.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DIRECTORIES = """
CREATE TABLE body (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    category varchar NOT NULL,
    code varchar NOT NULL,
    name varchar NOT NULL,
    section_31 boolean NOT NULL,
    email varchar,
    manager_email varchar,
    lead_email varchar,
    fallback_email varchar,
    position integer NOT NULL,
    active boolean NOT NULL,
    CONSTRAINT pk_body PRIMARY KEY (id),
    CONSTRAINT uq_body_authority_category_code UNIQUE (authority, category, code)
);
CREATE TABLE setting (
    authority char(3) NOT NULL,
    urn varchar NOT NULL,
    name varchar NOT NULL,
    email varchar,
    head_email varchar,
    CONSTRAINT pk_setting PRIMARY KEY (authority, urn)
);
CREATE TABLE officer (
    authority char(3) NOT NULL,
    username varchar NOT NULL,
    name varchar NOT NULL,
    email varchar,
    team varchar,
    manager_email varchar,
    role varchar NOT NULL,
    active boolean NOT NULL,
    CONSTRAINT pk_officer PRIMARY KEY (authority, username)
);
"""

PEOPLE = """
CREATE TABLE person (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    surname varchar NOT NULL,
    forename varchar NOT NULL,
    date_of_birth date,
    upn varchar,
    upn_verified boolean NOT NULL,
    uln varchar,
    setting_urn varchar,
    sensitivity varchar NOT NULL,
    restricted_to text[] NOT NULL,
    looked_after boolean NOT NULL,
    placing_authority varchar,
    text_key bytea,
    CONSTRAINT pk_person PRIMARY KEY (id)
);
CREATE INDEX ix_person_names ON person (date_of_birth, lower(surname), lower(forename));
CREATE INDEX ix_person_upn ON person (authority, upn) WHERE upn IS NOT NULL;
CREATE TABLE contact (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    person_id uuid NOT NULL,
    role varchar NOT NULL,
    name varchar NOT NULL,
    email varchar,
    phone varchar,
    address varchar,
    preferred varchar,
    do_not_contact boolean NOT NULL,
    confidential boolean NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_person_id FOREIGN KEY (person_id) REFERENCES person
);
CREATE INDEX ix_contact_person_id ON contact (person_id);
"""

PROCESSES = """
CREATE TABLE process (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    person_id uuid NOT NULL,
    kind varchar NOT NULL,
    case_ref varchar NOT NULL,
    mail_ref varchar NOT NULL,
    officer varchar,
    team varchar,
    opened_at timestamptz NOT NULL,
    armed_from timestamptz,
    armed_at timestamptz,
    armed_by varchar,
    run integer NOT NULL,
    version integer NOT NULL,
    head_hash bytea NOT NULL,
    ended_on date,
    source_row text,
    imported boolean NOT NULL,
    next_wake timestamptz,
    seen_version integer,
    CONSTRAINT pk_process PRIMARY KEY (id),
    CONSTRAINT uq_process_authority_case_ref UNIQUE (authority, case_ref),
    CONSTRAINT uq_process_mail_ref UNIQUE (mail_ref),
    CONSTRAINT fk_process_person_id FOREIGN KEY (person_id) REFERENCES person
);
CREATE INDEX ix_process_person_id ON process (person_id);
CREATE INDEX ix_process_running ON process (next_wake) WHERE ended_on IS NULL;
CREATE TABLE plan (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    person_id uuid NOT NULL,
    process_id uuid NOT NULL,
    made_on date NOT NULL,
    ceased_on date,
    CONSTRAINT pk_plan PRIMARY KEY (id),
    CONSTRAINT fk_plan_person_id FOREIGN KEY (person_id) REFERENCES person,
    CONSTRAINT fk_plan_process_id FOREIGN KEY (process_id) REFERENCES process
);
CREATE INDEX ix_plan_person_id ON plan (person_id);
CREATE INDEX ix_plan_process_id ON plan (process_id);
CREATE TABLE advice_request (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    category varchar NOT NULL,
    body_id uuid,
    setting_urn varchar,
    subject varchar NOT NULL,
    mode varchar NOT NULL,
    created_at timestamptz NOT NULL,
    announced_at timestamptz,
    CONSTRAINT pk_advice_request PRIMARY KEY (id),
    CONSTRAINT uq_advice_request_process_id_subject UNIQUE (process_id, subject),
    CONSTRAINT fk_advice_request_process_id FOREIGN KEY (process_id) REFERENCES process,
    CONSTRAINT fk_advice_request_body_id FOREIGN KEY (body_id) REFERENCES body
);
"""

LEDGER = """
CREATE TABLE fact (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    sequence integer NOT NULL,
    kind varchar NOT NULL,
    subject varchar NOT NULL,
    day date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by varchar NOT NULL,
    channel varchar NOT NULL,
    attributes jsonb NOT NULL,
    supersedes integer,
    schema_version integer NOT NULL,
    text_hmac bytea,
    text_person_id uuid,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT pk_fact PRIMARY KEY (id),
    CONSTRAINT uq_fact_process_id_sequence UNIQUE (process_id, sequence),
    CONSTRAINT fk_fact_process_id FOREIGN KEY (process_id) REFERENCES process,
    CONSTRAINT fk_fact_text_person_id FOREIGN KEY (text_person_id) REFERENCES person
);
CREATE INDEX ix_fact_text_person_id ON fact (text_person_id) WHERE text_hmac IS NOT NULL;
CREATE TABLE fact_text (
    fact_id uuid NOT NULL,
    name varchar NOT NULL,
    process_id uuid NOT NULL,
    text text NOT NULL,
    CONSTRAINT pk_fact_text PRIMARY KEY (fact_id, name),
    CONSTRAINT fk_fact_text_fact_id FOREIGN KEY (fact_id) REFERENCES fact,
    CONSTRAINT fk_fact_text_process_id FOREIGN KEY (process_id) REFERENCES process
);
CREATE INDEX ix_fact_text_process_id ON fact_text (process_id);
CREATE TABLE ledger_head (
    process_id uuid NOT NULL,
    sequence integer NOT NULL,
    day date NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (process_id, sequence)
);
CREATE INDEX ix_ledger_head_day ON ledger_head (day);
CREATE TABLE ledger_digest (
    day date NOT NULL,
    count integer NOT NULL,
    heads_hash bytea NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT pk_ledger_digest PRIMARY KEY (day)
);
"""

DEADLINES = """
CREATE TABLE deadline (
    id bigint GENERATED ALWAYS AS IDENTITY,
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    limit_id varchar NOT NULL,
    subject varchar NOT NULL,
    citation varchar NOT NULL,
    from_day date NOT NULL,
    to_day date,
    standing varchar NOT NULL,
    start date,
    legal_due date,
    operational_due date,
    norm_due date,
    practice_due date,
    met_on date,
    lifted_until date,
    target date,
    case_ref varchar NOT NULL,
    officer varchar,
    team varchar,
    service varchar NOT NULL,
    restricted boolean NOT NULL,
    CONSTRAINT pk_deadline PRIMARY KEY (id),
    CONSTRAINT fk_deadline_process_id FOREIGN KEY (process_id) REFERENCES process
);
CREATE INDEX ix_deadline_lifted ON deadline (legal_due, id) WHERE to_day IS NULL AND standing = 'lifted';
CREATE INDEX ix_deadline_once_overdue ON deadline (legal_due, id, from_day, coalesce(to_day, 'infinity'::date), officer, team, service, limit_id) WHERE standing = 'open' AND (to_day IS NULL OR to_day > legal_due);
CREATE INDEX ix_deadline_open ON deadline (legal_due, id) WHERE to_day IS NULL AND standing = 'open';
CREATE INDEX ix_deadline_open_limit ON deadline (limit_id, legal_due, id) WHERE to_day IS NULL AND standing = 'open';
CREATE INDEX ix_deadline_open_officer ON deadline (officer, legal_due, id) WHERE to_day IS NULL AND standing = 'open';
CREATE INDEX ix_deadline_open_service ON deadline (service, legal_due, id) WHERE to_day IS NULL AND standing = 'open';
CREATE INDEX ix_deadline_open_team ON deadline (team, legal_due, id) WHERE to_day IS NULL AND standing = 'open';
CREATE INDEX ix_deadline_process ON deadline (process_id, limit_id, subject, from_day);
"""

MESSAGES = """
CREATE TABLE digest (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    recipient varchar NOT NULL,
    day date NOT NULL,
    kind varchar NOT NULL,
    message_id_header varchar NOT NULL,
    claimed_at timestamptz NOT NULL,
    sent_at timestamptz,
    CONSTRAINT pk_digest PRIMARY KEY (id),
    CONSTRAINT uq_digest_recipient_day_kind UNIQUE (recipient, day, kind)
);
CREATE TABLE message (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    step_key varchar NOT NULL,
    process_id uuid,
    mail_ref varchar,
    limit_id varchar NOT NULL,
    subject varchar NOT NULL,
    rung varchar NOT NULL,
    kind varchar NOT NULL,
    role varchar NOT NULL,
    recipient varchar,
    fallback varchar,
    about jsonb NOT NULL,
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    status varchar NOT NULL,
    reason varchar NOT NULL,
    digest_id uuid,
    urgent boolean NOT NULL,
    CONSTRAINT pk_message PRIMARY KEY (id),
    CONSTRAINT uq_message_step_key UNIQUE (step_key),
    CONSTRAINT fk_message_process_id FOREIGN KEY (process_id) REFERENCES process,
    CONSTRAINT fk_message_digest_id FOREIGN KEY (digest_id) REFERENCES digest
);
CREATE INDEX ix_message_digest_id ON message (digest_id);
CREATE INDEX ix_message_process_id ON message (process_id);
CREATE INDEX ix_message_recipient ON message (recipient, due_at);
CREATE INDEX ix_message_status_due ON message (status, due_at);
CREATE TABLE delivery_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY,
    digest_id uuid NOT NULL,
    recipient varchar NOT NULL,
    at timestamptz NOT NULL,
    outcome varchar NOT NULL,
    code integer,
    detail varchar NOT NULL,
    CONSTRAINT pk_delivery_attempt PRIMARY KEY (id),
    CONSTRAINT fk_delivery_attempt_digest_id FOREIGN KEY (digest_id) REFERENCES digest
);
CREATE INDEX ix_delivery_attempt_digest_id ON delivery_attempt (digest_id);
"""

ROUNDS = """
CREATE TABLE wake (
    id bigint GENERATED ALWAYS AS IDENTITY,
    process_id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz,
    CONSTRAINT pk_wake PRIMARY KEY (id),
    CONSTRAINT fk_wake_process_id FOREIGN KEY (process_id) REFERENCES process
);
CREATE INDEX ix_wake_process_id ON wake (process_id);
CREATE INDEX ix_wake_undelivered ON wake (id) WHERE delivered_at IS NULL;
CREATE TABLE policy_version (
    number integer NOT NULL,
    toml text NOT NULL,
    adopted_at timestamptz NOT NULL,
    adopted_by varchar NOT NULL,
    CONSTRAINT pk_policy_version PRIMARY KEY (number)
);
CREATE TABLE round_log (
    id uuid NOT NULL,
    kind varchar NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    sent integer NOT NULL,
    failed integer NOT NULL,
    held integer NOT NULL,
    note jsonb NOT NULL,
    CONSTRAINT pk_round_log PRIMARY KEY (id)
);
CREATE INDEX ix_round_log_kind ON round_log (kind, started_at);
"""

IMPORTS = """
CREATE TABLE import_file (
    id uuid NOT NULL,
    authority char(3) NOT NULL,
    kind varchar NOT NULL,
    file_hash varchar NOT NULL,
    name varchar NOT NULL,
    as_of date,
    imported_at timestamptz NOT NULL,
    imported_by varchar NOT NULL,
    accepted integer NOT NULL,
    changed integer NOT NULL,
    refused integer NOT NULL,
    warned integer NOT NULL,
    note jsonb NOT NULL,
    CONSTRAINT pk_import_file PRIMARY KEY (id),
    CONSTRAINT uq_import_file_authority_kind_file_hash UNIQUE (authority, kind, file_hash)
);
CREATE TABLE import_refusal (
    id bigint GENERATED ALWAYS AS IDENTITY,
    authority char(3) NOT NULL,
    file_hash varchar NOT NULL,
    line integer NOT NULL,
    case_ref varchar NOT NULL,
    column_name varchar NOT NULL,
    reason varchar NOT NULL,
    refused_at timestamptz NOT NULL,
    resolved_at timestamptz,
    CONSTRAINT pk_import_refusal PRIMARY KEY (id)
);
CREATE INDEX ix_import_refusal_unresolved ON import_refusal (authority) WHERE resolved_at IS NULL;
"""

# A statement trigger, so that even a TRUNCATE or a statement that would touch no row is refused. ALWAYS: it also
# fires for sessions that call themselves a replica.
REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'restrict_violation',
        MESSAGE = TG_OP || ' on ' || TG_TABLE_NAME || ' is refused: the ledger is only ever added to',
        HINT = 'Record a correction or a retraction instead.';
END $$;
"""
KEPT = ("fact", "ledger_head", "ledger_digest")
KEEP = """
CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER keep_{table};
"""
TABLES = (
    "import_refusal, import_file, round_log, policy_version, wake, delivery_attempt, message, digest, deadline, "
    "ledger_digest, ledger_head, fact_text, fact, advice_request, plan, process, contact, person, officer, setting, body"
)


def upgrade() -> None:
    for subject in (DIRECTORIES, PEOPLE, PROCESSES, LEDGER, DEADLINES, MESSAGES, ROUNDS, IMPORTS, REFUSAL):
        op.get_bind().exec_driver_sql(subject)
    for table in KEPT:
        op.get_bind().exec_driver_sql(KEEP.format(table=table))


def downgrade() -> None:
    op.get_bind().exec_driver_sql(f"DROP TABLE {TABLES}")
    op.get_bind().exec_driver_sql("DROP FUNCTION refuse_change()")
