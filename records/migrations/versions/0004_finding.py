"""Finding a child by the beginning of a name, as it is typed: without accents, capitals, hyphens or apostrophes."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Letters that no normal form takes apart are laid on those that a British keyboard has; then whatever is left of
# accents, and what is no letter, is dropped. Immutable, so that it can be indexed: nothing in it asks the locale.
FOLDED = """
CREATE FUNCTION folded(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(
        lower(translate(
            replace(replace(replace(replace(replace(
                normalize(name, NFKD), 'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'),
            'øØłŁđĐðÐıħĦŧŦ', 'oOlLdDdDihHtT')),
        '[\u0300-\u036F[:space:][:punct:]\u2018\u2019\u02BC\u00B4\u2010-\u2015]', '', 'g');
CREATE INDEX ix_person_surname ON person ((folded(surname) COLLATE "C"), (folded(forename) COLLATE "C"));
CREATE INDEX ix_person_forename ON person ((folded(forename) COLLATE "C"));
"""

UNDO = """
DROP INDEX ix_person_surname, ix_person_forename;
DROP FUNCTION folded(text);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(FOLDED)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(UNDO)
