"""My work: where a caseworker begins the day."""

from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from casework.answering.waiting import Waiting
from casework.mailing import posts_paper
from casework.my_work import FAMILIES, REPORTS, SETTINGS, News, my_work
from casework.unfiled import mail_for
from web import family_words
from web.advice.words import KIND_WORDS
from web.desks import Worker
from web.names import service_words
from web.roles import MANAGE

router = APIRouter()

WHOM = {
    FAMILIES: "Families, who have 15 days to answer",
    SETTINGS: "Schools and settings that were consulted",
    REPORTS: "Schools and settings, for annual reviews",
}


@router.get("/work")
def work(at: Worker) -> Response:
    """Due today, due this week, overdue, newly answered, waiting for others, and what is odd."""
    manages = at.me.role in MANAGE.roles
    found = my_work(at.db, at.actor, at.today, by_hand=not posts_paper(at.place.settings), manages=manages)
    at.saw("my work", found.processes)
    return at.page(
        "work/work.html",
        title="My work",
        work=found,
        to_file=mail_for(at.db, at.actor, at.today, manages=manages),
        week=_week(at.today),
        whom=_whom,
        odd=_odd,
        answer_words=_answer,
        letter_words=family_words,
    )


def _week(today: date) -> date:
    return today + timedelta(days=7)


def _whom(group: str) -> str:
    """Who is waited for, as a heading."""
    return WHOM.get(group) or service_words(group)


def _answer(answer: Waiting) -> str:
    """What was answered, or that it is not complete."""
    return KIND_WORDS[answer.kind] if answer.waits else "Advice that is not complete"


def _odd(news: News) -> str:
    """What is odd, and what to do about it."""
    about = f" to {service_words(news.subject)}" if news.subject else ""
    if news.kind == "failed":
        return f"A letter{about} could not be delivered. Correct the address, or ask in another way."
    if "there is no address" in news.reason:
        return f"There is nobody to write{about}: no address is known. Add it, or ask in another way."
    if "on hold" in news.reason:
        return "Mail is on hold for this case, and letters wait. See whether the hold is still needed."
    return f"A letter{about} is held back: {news.reason}."
