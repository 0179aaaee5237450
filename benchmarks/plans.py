"""Many plans at once, each with the review that comes next, put straight into the tables of a benchmark's database."""

from datetime import date

from benchmarks.cases import PEOPLE
from benchmarks.place import Town

PLANS = """
INSERT INTO plan (id, authority, person_id, plan_ref, made_on, ended_by, officer, team, imported)
SELECT gen_random_uuid(), authority, id, 'PLAN-' || surname, CAST(:today AS date) - 1000, '',
       'officer' || (substr(surname, 2)::int % 60), 'team' || (substr(surname, 2)::int % 8), false
FROM person
"""
PROCESSES = """
INSERT INTO process (id, authority, person_id, kind, case_ref, mail_ref, officer, team, opened_at, armed_from, run,
                     version, head_hash, imported)
SELECT gen_random_uuid(), authority, person_id, 'annual-review', plan_ref || '/R1', 'M-' || plan_ref, officer, team,
       now(), now(), 1, 1, '\\x00', false
FROM plan
"""
# Spread evenly over a year from tomorrow; `due` of them are to be opened today.
REVIEWS = """
INSERT INTO review (process_id, authority, plan_id, cycle, opens_on)
SELECT p.id, p.authority, l.id, 1,
       CAST(:today AS date) + CASE WHEN row_number() OVER (ORDER BY p.id) <= :due THEN 0
                                   ELSE 1 + abs(hashtext(p.case_ref)) % 365 END
FROM process p JOIN plan l ON l.person_id = p.person_id
"""


def plans_with_reviews(place: Town, count: int, due: int, today: date) -> None:
    """So many plans, each with its first review to come; `due` of them are to be opened on `today`."""
    place.fill(PEOPLE, count=count)
    place.fill(PLANS, today=today)
    place.fill(PROCESSES)
    place.fill(REVIEWS, today=today, due=due)
    with place.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
