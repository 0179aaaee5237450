"""How each outstanding review stands, kept beside its limit; open processes by whose they are; the restricted few."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE deadline
    ADD COLUMN pile varchar NOT NULL DEFAULT '',
    ADD COLUMN elsewhere boolean NOT NULL DEFAULT false;
"""

# Where something was said about the record, only the law can tell what stands: until the nightly check has asked it,
# which computes every process again after a release, such a review lies on top, where it is not missed.
FILL = """
UPDATE deadline d SET elsewhere = s.elsewhere, pile = CASE
    WHEN s.touched OR coalesce(s.report ->> 'changed_needs' = 'yes', false)
        OR coalesce(s.report ->> 'no_place' = 'yes', false)
        OR EXISTS (SELECT FROM deadline t WHERE t.process_id = d.process_id AND t.limit_id = 'reg18_phase_transfer'
                   AND t.standing = 'open' AND t.to_day IS NULL AND t.legal_due IS NOT NULL) THEN 'urgent'
    WHEN s.report ->> 'recommends' = 'maintain' AND NOT s.decided THEN 'maintain'
    ELSE 'to_decide' END
FROM (
    SELECT f.process_id,
        (array_agg(f.attributes ORDER BY f.day DESC, f.sequence DESC)
            FILTER (WHERE f.kind = 'review_report_received'))[1] AS report,
        bool_or(f.kind IN ('decision_maintain', 'decision_amend', 'decision_cease')) AS decided,
        coalesce(bool_or(f.subject = 'authority' OR f.attributes ->> 'by' = 'authority'), false) AS elsewhere,
        bool_or(f.kind IN ('corrected', 'retracted', 'reopened')) AS touched
    FROM fact f GROUP BY f.process_id
) s
WHERE s.process_id = d.process_id AND d.limit_id IN ('reg20_decision', 'reg22_final', 'devon_final')
    AND d.standing = 'open' AND d.to_day IS NULL;
"""

# Nobody looks for clocks by when they wake; whose an open process is, and of which kind, every page asks. And a clock
# that only goes to sleep again changes no index now.
RUNNING = """
DROP INDEX ix_process_running;
CREATE INDEX ix_process_running ON process (kind, officer, id) WHERE ended_on IS NULL;
"""

# Every list asks whether who looks may see a restricted child: there are few, and no other person need be read.
RESTRICTED = "CREATE INDEX ix_person_restricted ON person (id) WHERE sensitivity = 'restricted'"

UNDO = """
DROP INDEX ix_person_restricted;
DROP INDEX ix_process_running;
CREATE INDEX ix_process_running ON process (next_wake) WHERE ended_on IS NULL;
ALTER TABLE deadline DROP COLUMN pile, DROP COLUMN elsewhere;
"""


def upgrade() -> None:
    for subject in (COLUMNS, FILL, RUNNING, RESTRICTED):
        op.get_bind().exec_driver_sql(subject)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(UNDO)
