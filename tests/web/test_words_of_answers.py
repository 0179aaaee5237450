"""What an answer is called: to whoever gave it, and on the case that it stands in."""

import pytest

from tests.web.answering import Visiting, visiting
from tests.web.linked import Linked
from tests.web.pages import page, words


@pytest.fixture
def her(here_of_the_file: Linked) -> Visiting:
    """A paediatrician who was asked on 8 October 2026."""
    return visiting(here_of_the_file)


def test_whoever_answered_reads_in_one_sentence_what_came_and_when(her: Visiting) -> None:
    done = her.send("nothing", {"reason": "not_known"})
    said = words(page(her.browser.get(done.headers["location"])))
    assert "Your answer that you have nothing to say came on " in said


def test_the_case_says_by_their_link_and_holds_no_code_for_a_person(her: Visiting) -> None:
    her.send("nothing", {"reason": "not_known"})
    officer = her.here.site.signed_in("a.marsh")
    for address in ("", "/chronology"):
        said = words(page(officer.get(f"/cases/{her.case.mail_ref}{address}")))
        assert "by whoever was asked, by their link" in said
        assert "by professional" not in said
