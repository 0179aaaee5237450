"""Many cases at once, put straight into the tables: only benchmarks do that, and only into a database of their own."""

from benchmarks.place import Town
from config.clock import london_day, utc_now

PEOPLE = """
INSERT INTO person (id, authority, surname, forename, upn_verified, sensitivity, restricted_to, looked_after,
                    text_key)
SELECT gen_random_uuid(), '000', 'S' || n, 'F' || n, false, 'ordinary', '{}', false, '\\x00'
FROM generate_series(1, :count) n
"""
PROCESSES = """
INSERT INTO process (id, authority, person_id, kind, case_ref, mail_ref, officer, team, opened_at, armed_from, run,
                     version, head_hash, imported)
SELECT gen_random_uuid(), p.authority, p.id, 'assessment', 'CASE-' || p.surname, 'M-' || p.surname,
       'officer' || (substr(p.surname, 2)::int % 60), 'team' || (substr(p.surname, 2)::int % 8), now(), now(), 1, 1,
       '\\x00', false
FROM person p
"""
FACTS = """
INSERT INTO fact (id, authority, process_id, sequence, kind, subject, day, recorded_at, recorded_by, channel,
                  attributes, schema_version, previous_hash, hash)
SELECT gen_random_uuid(), authority, id, 1, 'request_received', '', CAST(:today AS date) - 3, now(), 'bench', 'cli',
       '{"source": "1"}', 1, '\\x00', '\\x01' FROM process
"""


def people_and_processes(place: Town, count: int) -> None:
    """So many children with one open assessment each, received three days ago."""
    place.fill(PEOPLE, count=count)
    place.fill(PROCESSES)
    place.fill(FACTS, today=london_day(utc_now()))
