"""The picture of any case."""

from markupsafe import Markup

from casework.case_page import CasePage
from statute.kind import ASSESSMENT
from web.pictures.of_assessment import of_assessment
from web.pictures.of_review import of_review
from web.pictures.shapes import Picture
from web.pictures.svg import both


def picture_of(page: CasePage) -> Picture:
    """The picture of a case as its page has it; it holds no name."""
    if page.timeline.process == ASSESSMENT:
        return of_assessment(page.timeline, page.facts, page.advice, page.head.case_ref)
    return of_review(page.timeline, page.facts, page.head.case_ref)


def drawn(page: CasePage) -> Markup:
    """The same as SVG, once for a desk and once for a telephone."""
    return both(picture_of(page), "case")
