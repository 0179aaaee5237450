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
    here = _tab_at(at.request.url.path, at.request.query_params.get("show", ""))
    return [{"href": url, "text": text, "current": url == here} for url, text in (*reading, *writing)]


def _tab_at(path: str, show: str) -> str:
    """The tab that a page is under: the longest whose address begins its own, for `/services` begins them all."""
    (requests, _), (answered, _) = REQUESTS
    if path == requests:
        return answered if show == "answered" else requests
    under = (url for url, _ in (FIGURES, *((url, text) for url, text, _ in WRITING)))
    return next((url for url in under if path == url or path.startswith(f"{url}/")), "")
