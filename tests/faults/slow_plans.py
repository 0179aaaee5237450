"""Plans in a database so slow that there is a middle of the work on their reviews to be killed in."""

from datetime import date, timedelta

from sqlalchemy import create_engine
from sqlmodel import Session

from casework.opening_form import Opening
from casework.people import add_person
from casework.plans import NewPlan, open_plans
from config.clock import london_day, utc_now
from records.tables import Person
from statute.facts import Fact
from tests.casework.chasing.council import ACTOR
from tests.support.database import Database

SLOWLY = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$;
CREATE TRIGGER slowly BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION slowly();
"""


def slow_plans(database: Database, number: int, days_ago: int, seconds: float) -> None:
    """So many plans that were made so many days ago; to change a review takes so many seconds from now on."""
    now = utc_now()
    made = Fact("plan_made", london_day(now) - timedelta(days=days_ago))
    with Session(database.engine) as session, session.begin():
        plans = [NewPlan(_person(session, made.day, each), f"P-{each}", [made]) for each in range(number)]
        open_plans(session, plans, ACTOR, now)
    owner = create_engine(database.owner_url)
    with owner.begin() as connection:
        connection.exec_driver_sql(SLOWLY.format(seconds=seconds))
    owner.dispose()


def _person(session: Session, received: date, number: int) -> Person:
    return add_person(session, Opening(received=received, surname=f"S{number}", forename="F"), ACTOR)
