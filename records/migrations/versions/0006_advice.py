"""Advice by link: links, codes and visits; documents, answers and letters to families; mail that comes back."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE secure_link (
    authority char(3) NOT NULL, id uuid NOT NULL,
    kind varchar NOT NULL,
    recipient varchar NOT NULL,
    process_id uuid,
    request_id uuid,
    subject varchar NOT NULL,
    token_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_why varchar NOT NULL,
    CONSTRAINT pk_secure_link PRIMARY KEY (id),
    CONSTRAINT uq_secure_link_token_hash UNIQUE (token_hash),
    CONSTRAINT fk_secure_link_process_id FOREIGN KEY (process_id) REFERENCES process (id),
    CONSTRAINT fk_secure_link_request_id FOREIGN KEY (request_id) REFERENCES advice_request (id)
);
CREATE INDEX ix_secure_link_process ON secure_link (process_id);
CREATE INDEX ix_secure_link_recipient ON secure_link (recipient, kind);
CREATE INDEX ix_secure_link_request ON secure_link (request_id);
CREATE UNIQUE INDEX uq_secure_link_good ON secure_link 
    (kind, recipient, coalesce(request_id, process_id, '00000000-0000-0000-0000-000000000000'::uuid), subject)
    WHERE revoked_at IS NULL;
CREATE TABLE link_code (
    authority char(3) NOT NULL, id uuid NOT NULL,
    link_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    tries integer NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT pk_link_code PRIMARY KEY (id),
    CONSTRAINT fk_link_code_link_id FOREIGN KEY (link_id) REFERENCES secure_link (id)
);
CREATE INDEX ix_link_code_link ON link_code (link_id, created_at);
CREATE TABLE link_visit (
    authority char(3) NOT NULL, id uuid NOT NULL,
    token_hash bytea NOT NULL,
    recipient varchar NOT NULL,
    links uuid[] NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT pk_link_visit PRIMARY KEY (id),
    CONSTRAINT uq_link_visit_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_link_visit_recipient ON link_visit (recipient);
CREATE TABLE inbound_mail (
    authority char(3) NOT NULL, id uuid NOT NULL,
    message_key varchar NOT NULL,
    received_at timestamptz NOT NULL,
    kind varchar NOT NULL,
    sender varchar NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    failed_recipient varchar,
    status_code varchar NOT NULL,
    digest_id uuid,
    process_id uuid,
    request_id uuid,
    status varchar NOT NULL,
    outcome varchar NOT NULL,
    handled_at timestamptz,
    handled_by varchar,
    CONSTRAINT pk_inbound_mail PRIMARY KEY (id),
    CONSTRAINT uq_inbound_mail_message_key UNIQUE (message_key),
    CONSTRAINT fk_inbound_mail_digest_id FOREIGN KEY (digest_id) REFERENCES digest (id),
    CONSTRAINT fk_inbound_mail_process_id FOREIGN KEY (process_id) REFERENCES process (id),
    CONSTRAINT fk_inbound_mail_request_id FOREIGN KEY (request_id) REFERENCES advice_request (id)
);
CREATE INDEX ix_inbound_mail_process ON inbound_mail (process_id);
CREATE INDEX ix_inbound_mail_status ON inbound_mail (status, received_at);
CREATE TABLE answer (
    authority char(3) NOT NULL, id uuid NOT NULL,
    submission uuid NOT NULL,
    request_id uuid NOT NULL,
    process_id uuid NOT NULL,
    link_id uuid,
    kind varchar NOT NULL,
    form jsonb NOT NULL,
    said jsonb NOT NULL,
    faults jsonb NOT NULL,
    waits varchar NOT NULL,
    given_at timestamptz NOT NULL,
    given_by varchar NOT NULL,
    sequence integer,
    settled_at timestamptz,
    settled_by varchar,
    CONSTRAINT pk_answer PRIMARY KEY (id),
    CONSTRAINT uq_answer_submission UNIQUE (submission),
    CONSTRAINT fk_answer_request_id FOREIGN KEY (request_id) REFERENCES advice_request (id),
    CONSTRAINT fk_answer_process_id FOREIGN KEY (process_id) REFERENCES process (id),
    CONSTRAINT fk_answer_link_id FOREIGN KEY (link_id) REFERENCES secure_link (id)
);
CREATE INDEX ix_answer_process ON answer (process_id);
CREATE INDEX ix_answer_request ON answer (request_id);
CREATE INDEX ix_answer_waiting ON answer (process_id) WHERE settled_at IS NULL AND (waits <> '' OR faults <> '[]');
CREATE TABLE document (
    authority char(3) NOT NULL, id uuid NOT NULL,
    process_id uuid,
    request_id uuid,
    answer_id uuid,
    inbound_id uuid,
    purpose varchar NOT NULL,
    name text NOT NULL,
    media_type varchar NOT NULL,
    size bigint NOT NULL,
    content_hash bytea NOT NULL,
    key_id varchar NOT NULL,
    kept_at timestamptz NOT NULL,
    kept_by varchar NOT NULL,
    channel varchar NOT NULL,
    withdrawn_at timestamptz,
    erased_at timestamptz,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT fk_document_process_id FOREIGN KEY (process_id) REFERENCES process (id),
    CONSTRAINT fk_document_request_id FOREIGN KEY (request_id) REFERENCES advice_request (id),
    CONSTRAINT fk_document_answer_id FOREIGN KEY (answer_id) REFERENCES answer (id),
    CONSTRAINT fk_document_inbound_id FOREIGN KEY (inbound_id) REFERENCES inbound_mail (id)
);
CREATE INDEX ix_document_answer ON document (answer_id);
CREATE INDEX ix_document_inbound ON document (inbound_id);
CREATE INDEX ix_document_process ON document (process_id);
CREATE TABLE case_papers (
    authority char(3) NOT NULL,
    process_id uuid NOT NULL,
    ready_at timestamptz NOT NULL,
    ready_by varchar NOT NULL,
    nothing_submitted boolean NOT NULL,
    CONSTRAINT pk_case_papers PRIMARY KEY (process_id),
    CONSTRAINT fk_case_papers_process_id FOREIGN KEY (process_id) REFERENCES process (id)
);
CREATE TABLE family_letter (
    authority char(3) NOT NULL, id uuid NOT NULL,
    step_key varchar NOT NULL,
    process_id uuid NOT NULL,
    contact_id uuid,
    kind varchar NOT NULL,
    limit_id varchar NOT NULL,
    due date,
    target date,
    way varchar NOT NULL,
    status varchar NOT NULL,
    reason varchar NOT NULL,
    about jsonb NOT NULL,
    words text NOT NULL,
    drafted_at timestamptz NOT NULL,
    approved_at timestamptz,
    approved_by varchar,
    digest_id uuid,
    sent_at timestamptz,
    CONSTRAINT pk_family_letter PRIMARY KEY (id),
    CONSTRAINT uq_family_letter_step_key UNIQUE (step_key),
    CONSTRAINT fk_family_letter_process_id FOREIGN KEY (process_id) REFERENCES process (id),
    CONSTRAINT fk_family_letter_digest_id FOREIGN KEY (digest_id) REFERENCES digest (id)
);
CREATE INDEX ix_family_letter_process ON family_letter (process_id);
CREATE INDEX ix_family_letter_status ON family_letter (status);
"""

CHANGES = """
ALTER TABLE advice_request ADD COLUMN papers_sent_at timestamptz, ADD COLUMN asked_of varchar;
ALTER TABLE digest
    ADD COLUMN carrier varchar NOT NULL DEFAULT 'smtp',
    ADD COLUMN carrier_id varchar,
    ADD COLUMN fate varchar NOT NULL DEFAULT '',
    ADD COLUMN fate_at timestamptz;
ALTER TABLE digest ALTER COLUMN carrier DROP DEFAULT, ALTER COLUMN fate DROP DEFAULT;
CREATE INDEX ix_digest_message_id_header ON digest (message_id_header);
CREATE INDEX ix_digest_pending ON digest (sent_at) WHERE fate = 'pending';
"""

UNDO = """
DROP TABLE family_letter, document, case_papers, answer, inbound_mail, link_visit, link_code, secure_link;
DROP INDEX ix_digest_message_id_header, ix_digest_pending;
ALTER TABLE digest DROP COLUMN carrier, DROP COLUMN carrier_id, DROP COLUMN fate, DROP COLUMN fate_at;
ALTER TABLE advice_request DROP COLUMN papers_sent_at, DROP COLUMN asked_of;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES + CHANGES)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(UNDO)
