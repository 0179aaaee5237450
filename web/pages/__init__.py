"""The pages, one subject a file, each with its `router`."""

from fastapi import APIRouter

from web.pages import (
    about,
    api,
    assets,
    calendar,
    checks,
    family,
    find,
    opening,
    people,
    recording,
    service_cover,
    start,
)

PAGES: tuple[APIRouter, ...] = (
    start.router,
    about.router,
    api.router,
    assets.router,
    calendar.router,
    checks.router,
    family.router,
    find.router,
    opening.router,
    people.router,
    recording.router,
    service_cover.router,
)
