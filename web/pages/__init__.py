"""The pages, one subject a file, each with its `router`."""

from fastapi import APIRouter

from web.pages import (
    about,
    account,
    api,
    assets,
    calendar,
    checks,
    family,
    find,
    health,
    opening,
    people,
    recording,
    service_cover,
    sign_in,
    sign_in_demo,
    sign_in_link,
    sign_in_provider,
    sign_out,
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
    health.router,
    opening.router,
    people.router,
    recording.router,
    service_cover.router,
    account.router,
    sign_in.router,
    sign_in_demo.router,
    sign_in_link.router,
    sign_in_provider.router,
    sign_out.router,
)
