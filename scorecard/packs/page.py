"""A pack as a page in one file: its own style, charts drawn in it, no script, nothing fetched."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorecard.packs.content import Pack
from scorecard.packs.view import view

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(pack: Pack) -> bytes:
    """The page, UTF-8. Drawings are our own; every word that somebody typed is escaped."""
    return _PAGES.get_template("pack.html").render(pack=view(pack), drawn=Markup).encode()
