"""Templates: ours, on the macros of the GOV.UK Design System, with the words and dates that people read."""

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from web import words
from web.built import address_of
from web.csrf import csrf_of
from web.navigation import navigation
from web.said import take_said
from web.wellness import alerts

if TYPE_CHECKING:
    from web.place import Desk

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The one environment. The Design System's macros ask for things that need not be there: no StrictUndefined."""
    ours = FileSystemLoader(TEMPLATES)
    theirs = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([ours, theirs]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(words.FILTERS)
    cast("dict[str, Any]", made.globals).update(asset=address_of, release=version("ehcp-clock"))
    return made


def render(at: "Desk", template: str, **context: Any) -> str:
    """A template with what every page has: who is signed in, where one can go, the day, the proof of our forms."""
    request = at.request
    common = {
        "at": at,
        "me": at.signed_in,
        "today": at.today,
        "csrf": csrf_of(request),
        "cspNonce": request.state.nonce,
        "navigation": navigation(at),
        "said": take_said(at),
        "house": at.place.settings.authority_name,
        "demo": at.place.demo,
        "alerts": alerts(at),
    }
    return environment().get_template(template).render({**common, **context})
