"""The pages, one subject a file, each with its `router`."""

from fastapi import APIRouter

from web.pages import about, assets, start

PAGES: tuple[APIRouter, ...] = (start.router, about.router, assets.router)
