"""Signing in, tokens of the API, who read what; contacts, assignments and cover."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SIGNING_IN = """
CREATE TABLE web_session (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    username varchar NOT NULL,
    how varchar NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT pk_web_session PRIMARY KEY (id),
    CONSTRAINT uq_web_session_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_web_session_username ON web_session (username);
CREATE TABLE login_code (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    kind varchar NOT NULL,
    username varchar NOT NULL,
    secret_hash bytea NOT NULL,
    browser_hash bytea,
    tries integer NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT pk_login_code PRIMARY KEY (id)
);
CREATE INDEX ix_login_code_username ON login_code (username, created_at);
CREATE TABLE sign_in_attempt (
    authority char(3) NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    key varchar NOT NULL,
    what varchar NOT NULL,
    outcome varchar NOT NULL,
    CONSTRAINT pk_sign_in_attempt PRIMARY KEY (id)
);
CREATE INDEX ix_sign_in_attempt_key ON sign_in_attempt (key, at);
CREATE TABLE api_token (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    username varchar NOT NULL,
    name varchar NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT pk_api_token PRIMARY KEY (id),
    CONSTRAINT uq_api_token_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_api_token_username ON api_token (username);
CREATE TABLE kept_answer (
    authority char(3) NOT NULL,
    username varchar NOT NULL,
    key varchar NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    answer jsonb,
    at timestamptz NOT NULL,
    CONSTRAINT pk_kept_answer PRIMARY KEY (username, key)
);
CREATE TABLE read_log (
    authority char(3) NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    username varchar NOT NULL,
    channel varchar NOT NULL,
    what varchar NOT NULL,
    processes uuid[] NOT NULL,
    CONSTRAINT pk_read_log PRIMARY KEY (id)
);
CREATE INDEX ix_read_log_at ON read_log (at);
CREATE INDEX ix_read_log_processes ON read_log USING gin (processes);
CREATE TABLE draft (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    username varchar NOT NULL,
    kind varchar NOT NULL,
    answers jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id)
);
CREATE INDEX ix_draft_username ON draft (username);
"""

CASEWORK = """
CREATE TABLE contact_note (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    process_id uuid NOT NULL,
    day date NOT NULL,
    way varchar NOT NULL,
    with_whom varchar NOT NULL,
    text text NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by varchar NOT NULL,
    CONSTRAINT pk_contact_note PRIMARY KEY (id),
    CONSTRAINT fk_contact_note_process_id FOREIGN KEY(process_id) REFERENCES process (id)
);
CREATE INDEX ix_contact_note_process ON contact_note (process_id, day);
CREATE TABLE assignment (
    authority char(3) NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    process_id uuid NOT NULL,
    was_officer varchar,
    officer varchar,
    team varchar,
    at timestamptz NOT NULL,
    given_by varchar NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (id),
    CONSTRAINT fk_assignment_process_id FOREIGN KEY(process_id) REFERENCES process (id)
);
CREATE INDEX ix_assignment_process ON assignment (process_id);
CREATE TABLE cover (
    authority char(3) NOT NULL,
    id uuid NOT NULL,
    kind varchar NOT NULL,
    who varchar NOT NULL,
    stand_in varchar NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by varchar NOT NULL,
    ended_on date,
    CONSTRAINT pk_cover PRIMARY KEY (id)
);
CREATE INDEX ix_cover_stand_in ON cover (stand_in, last);
CREATE INDEX ix_cover_who ON cover (kind, who, last);
"""

# In place of the index of open limits by what they are: pages also ask for those that are met, late or lifted.
BY_LIMIT = """
DROP INDEX ix_deadline_open_limit;
CREATE INDEX ix_deadline_limit ON deadline (limit_id, standing, legal_due, id) WHERE to_day IS NULL;
"""
OPEN_LIMIT = """
DROP INDEX ix_deadline_limit;
CREATE INDEX ix_deadline_open_limit ON deadline (limit_id, legal_due, id) WHERE to_day IS NULL AND standing = 'open';
"""

UNDO = "DROP TABLE web_session, login_code, sign_in_attempt, api_token, kept_answer, read_log, draft, contact_note, assignment, cover"


def upgrade() -> None:
    for subject in (SIGNING_IN, CASEWORK, BY_LIMIT):
        op.get_bind().exec_driver_sql(subject)


def downgrade() -> None:
    for subject in (OPEN_LIMIT, UNDO):
        op.get_bind().exec_driver_sql(subject)
