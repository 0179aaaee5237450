"""What the application's role may do to each table. It owns none, and can never change the ledger."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from records.errors import DatabaseError

READ = "SELECT"
ADD = "SELECT, INSERT"
KEEP = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"

# Facts, the heads and signatures of the ledger, and what was tried by mail are only added to. Free text can
# be erased, derived rows can be rebuilt; nobody's process or person is deleted by the application.
GRANTS: Mapping[str, str] = {
    "fact": ADD,
    "ledger_head": ADD,
    "ledger_digest": ADD,
    "delivery_attempt": ADD,
    "policy_version": ADD,
    "fact_text": "SELECT, INSERT, DELETE",
    "person": KEEP,
    "process": KEEP,
    "plan": KEEP,
    "review": KEEP,
    "term_list": KEEP,
    "calendar_change": ADD,
    "moved_day": ADD,
    "calendar_day": ALL,
    "term": ALL,
    "advice_request": KEEP,
    "digest": KEEP,
    "message": KEEP,
    "round_log": KEEP,
    "recomputation": KEEP,
    "import_file": KEEP,
    "import_refusal": KEEP,
    "body": ALL,
    "setting": ALL,
    "officer": ALL,
    "contact": ALL,
    "deadline": ALL,
    "wake": ALL,
    "web_session": KEEP,
    "login_code": ALL,
    "sign_in_attempt": "SELECT, INSERT, DELETE",
    "api_token": KEEP,
    "kept_answer": ALL,
    "read_log": ADD,
    "draft": ALL,
    "contact_note": "SELECT, INSERT, DELETE",
    "assignment": ADD,
    "cover": KEEP,
    "secure_link": KEEP,
    "link_code": ALL,
    "link_visit": ALL,
    "document": KEEP,
    "case_papers": ALL,
    "answer": KEEP,
    "family_letter": KEEP,
    "inbound_mail": KEEP,
    "counted_assessment": ALL,
    "counted_review": ALL,
    "counted_relief": ALL,
    "kept_figures": ALL,
    "snapshot": ADD,
    "snapshot_figure": ADD,
    "snapshot_case": ADD,
    "fed_figure": ADD,
    "measure_note": ADD,
    "published": ALL,
    "alembic_version": READ,
}


def check_role(connection: Connection, role: str) -> None:
    """Raise DatabaseError unless `role` exists and is somebody other than the owner on `connection`."""
    found = connection.execute(
        text("SELECT rolname = current_user FROM pg_roles WHERE rolname = :role"), {"role": role}
    ).scalar()
    if found is None:
        raise DatabaseError(
            f"the application's role {role!r} does not exist; as an administrator of Postgres: "
            f"CREATE ROLE {role} LOGIN PASSWORD '...'"
        )
    if found:
        raise DatabaseError(
            f"the application's role {role!r} must not be the one that owns the tables; "
            "give the owner's address as EHCP_MIGRATION_URL"
        )


def apply(connection: Connection, role: str) -> None:
    """Take everything from `role` and give it exactly GRANTS, in the schema the tables are in."""
    quoted = connection.dialect.identifier_preparer.quote(role)
    statements = [f"GRANT USAGE ON SCHEMA public TO {quoted}"]
    for table, privileges in GRANTS.items():
        statements += [
            f"REVOKE ALL ON {table} FROM PUBLIC, {quoted}",
            f"GRANT {privileges} ON {table} TO {quoted}",
        ]
    connection.exec_driver_sql("; ".join(statements))
