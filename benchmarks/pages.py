"""Every page over real HTTP, with 20 users at work on 20,000 plans and 3,000 open assessments.

The worker's counting runs beside them, for it takes its share of the database every few minutes.
"""

import asyncio
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter

from sqlalchemy import text

from benchmarks.addresses import Page, pages
from benchmarks.caseload import council
from benchmarks.counting import counting
from benchmarks.measure import Figure, percentile
from benchmarks.place import Town, town
from benchmarks.served import Line, served
from casework.actor import ENGINE
from casework.sessions import begin_session
from config.clock import utc_now
from config.settings import Settings
from web.app import create_app
from web.cookies import session_name
from web.place import Place

PLANS, ASSESSMENTS = 20_000, 3_000
USERS, EVERY = 20, 5.0
ANSWERS, AT_MOST = 40, 900.0
"""Answers wanted of each page, lest one slow answer be its 95th percentile; but no longer than so many seconds."""
PEOPLE = {"caseworker": "officer1", "manager": "m.east", "admin": "h.service", "service_lead": "d.officer"}
REFS = text("SELECT mail_ref FROM process WHERE ended_on IS NULL AND kind = :kind ORDER BY mail_ref LIMIT 40")
KINDS = ("assessment", "annual-review")
FIRST_PAGE = "/work"

Cookies = Mapping[str, str]


def cookies(place: Town) -> Cookies:
    """Somebody of each role, signed in."""
    now, settings = utc_now(), Settings()
    secrets = {role: begin_session(place.db, who, "code", now, settings) for role, who in PEOPLE.items()}
    return {role: f"{session_name(settings)}={secret}" for role, secret in secrets.items()}


def references(place: Town) -> Sequence[str]:
    """Open cases of both kinds."""
    with place.db.connect() as connection:
        return [ref for kind in KINDS for ref in connection.execute(REFS, {"kind": kind}).scalars()]


async def shown(port: int, found: Sequence[Page], who: Cookies, refs: Sequence[str]) -> list[Page]:
    """Those that are pages, asked for once (which also warms them up); what is none is named."""
    line, are = await Line.to(port), list[Page]()
    for page in found:
        answer = await line.ask("GET", page.of(refs[0]), {"cookie": who[page.role]})
        if answer.status == 200 and b"text/html" in answer.head:
            are.append(page)
        else:
            print(f"   not measured: {page.path} answers {answer.status}")
    line.close()
    return are


def seconds_for(pages: int) -> float:
    """How long all users together take to ask for each of so many pages often enough."""
    return min(AT_MOST, ANSWERS * pages * EVERY / USERS)


def rounds(found: Sequence[Page]) -> Iterator[Page]:
    """Every page again and again, in another order each time: none always comes behind the same heavy one."""
    while True:
        yield from random.sample(found, len(found))


async def at_work(port: int, found: Sequence[Page], who: Cookies, refs: Sequence[str]) -> Mapping[str, list[float]]:
    """Twenty users, each of whom asks for a page every five seconds; the seconds of each, by page."""
    seconds = seconds_for(len(found))
    times: dict[str, list[float]] = defaultdict(list)
    order = rounds(found)

    async def user(number: int) -> None:
        await asyncio.sleep(number * EVERY / USERS)
        line, begin = await Line.to(port), perf_counter()
        while perf_counter() - begin < seconds:
            page = next(order)
            asked = perf_counter()
            answer = await line.ask("GET", page.of(random.choice(refs)), {"cookie": who[page.role]})
            if answer.status == 200:  # a page of an assessment may not be one of a review
                times[page.path].append(answer.seconds)
            await asyncio.sleep(max(0.0, asked + EVERY - perf_counter()))
        line.close()

    await asyncio.gather(*(user(number) for number in range(USERS)))
    return times


async def first_page(port: int, who: Cookies) -> int:
    """Bytes of a first page with everything that it needs but pictures, as a browser gets them."""
    line = await Line.to(port)
    browser = {"cookie": who["caseworker"], "accept-encoding": "gzip, br"}
    page = await line.ask("GET", FIRST_PAGE, {"cookie": who["caseworker"]})
    got = len((await line.ask("GET", FIRST_PAGE, browser)).body)
    wanted = set(re.findall(rb'(?:href|src)="(/assets/[^"]+\.(?:css|js)[^"]*)"', page.body))
    while wanted:
        path = wanted.pop().decode()
        plain = await line.ask("GET", path, {})
        got += len((await line.ask("GET", path, browser)).body)
        # The script of the pages takes in another one.
        wanted |= {b"/assets/" + each for each in re.findall(rb'from ?"\./([^"]+\.js[^"]*)"', plain.body)}
    line.close()
    return got


async def _measured(place: Town, port: int) -> Iterator[Figure]:
    who, refs = cookies(place), references(place)
    app = create_app(Place(Settings(), place.db))
    found = await shown(port, list(pages(app, place.db, PEOPLE, refs, utc_now())), who, refs)
    with counting(place):
        times = await at_work(port, found, who, refs)
    every = [each for of_page in times.values() for each in of_page]
    by_page = {path: percentile(of_page, 0.95) * 1000 for path, of_page in times.items()}
    for path, slow in sorted(by_page.items(), key=lambda each: -each[1]):
        print(f"   {slow:7.1f} ms  {path} ({len(times[path])} times)")
    slowest = max(by_page, key=lambda path: by_page[path])
    return iter(
        (
            Figure(f"any page, 20 users, {len(found)} pages, p95", percentile(every, 0.95) * 1000, 150, "ms"),
            Figure(f"the slowest page, {slowest}, p95", by_page[slowest], 150, "ms"),
            Figure("a first page with what it needs", await first_page(port, who) / 1000, 150, "kB"),
        )
    )


def measure() -> Iterator[Figure]:
    """95th percentiles in milliseconds, and kilobytes."""
    with town() as place:
        council(place, PLANS, ASSESSMENTS, ENGINE, utc_now())
        with served(place) as port:
            yield from asyncio.run(_measured(place, port))
