"""The pages, one subject a file, each with its `router`."""

from fastapi import APIRouter

from web.pages import start

PAGES: tuple[APIRouter, ...] = (start.router,)
