"""What is kept for a while only: thrown away every night."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from casework.drafts import throw_away_old
from casework.once import forget_answers
from casework.secure_links.keeping import tidy_links
from casework.sign_in.upkeep import tidy
from casework.unfiled_filing import SET_ASIDE_FOR, forget_mail

DRAFTS = timedelta(days=7)
"""What was typed on Friday is there on Monday, and after a week's leave."""

ANSWERS = timedelta(hours=48)
"""A program that repeats itself later than that is answered anew."""


def throw_away(db: Engine, now: datetime) -> int:
    """Forms nobody finished, what the API has answered, tries to sign in, codes of links, mail that was set aside.

    Returns how many rows.
    """
    unused = throw_away_old(db, now - DRAFTS) + forget_answers(db, now - ANSWERS)
    return unused + tidy(db, now) + tidy_links(db, now) + forget_mail(db, now - SET_ASIDE_FOR)
