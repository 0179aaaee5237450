"""Between the pages about services: requests, figures by month, giving requests to a colleague, cover."""

from collections.abc import Mapping, Sequence

from web.place import Desk
from web.roles import ADVICE, COVER_SERVICES, PASS_ON

REQUESTS = (("/services", "Open"), ("/services?show=answered", "Given in the last year"))
FIGURES = ("/services/figures", "Figures by month")
WRITING = (
    ("/services/reassign", "Give to a colleague", PASS_ON),
    ("/services/cover", "Cover", COVER_SERVICES),
)


def tabs(at: Desk, *, requests: bool = True) -> Sequence[Mapping[str, object]]:
    """The sub-navigation, as its component takes it; without `requests` what stands beside the lists of requests."""
    writing = tuple((url, text) for url, text, access in WRITING if at.me.role in access.roles)
    reading = (*(REQUESTS if requests else ()), FIGURES) if at.me.role in ADVICE.roles else ()
    here, shown = at.request.url.path, (*reading, *writing)
    return [{"href": url, "text": text, "current": here == url or here.startswith(f"{url}/")} for url, text in shown]
