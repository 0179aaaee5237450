"""The papers of a case, as a caseworker gathers them: added, put aside, said to be complete, and changed afterwards."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.people import restrict
from config.settings import Settings
from documents.checking import LARGEST
from documents.house import archive_of
from tests.documents.samples import docx, pdf, picture
from tests.support.database import Cluster
from tests.web.lists import ask
from tests.web.site import Browser, Site

OPEN = "SELECT id, mail_ref, case_ref FROM process WHERE kind = '{}' AND ended_on IS {} NULL ORDER BY case_ref"
COLUMN = re.compile(r'href="/documents/([0-9a-f-]{36})"')


@pytest.fixture(scope="module")
def house(cluster: Cluster, council_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = cluster.create(council_template)
    try:
        yield Site(made.engine, Settings(data_dir=tmp_path_factory.mktemp("data")))
    finally:
        made.engine.dispose()
        cluster.drop(made.name)


CASES = iter(range(1000))


@pytest.fixture
def case(house: Site) -> dict[str, Any]:
    """Another open assessment each time."""
    return ask(house, f"{OPEN.format('assessment', '')} LIMIT 1 OFFSET {next(CASES)}")[0]


@pytest.fixture
def desk(house: Site) -> Browser:
    return house.as_a("caseworker")


def word(text: str) -> bytes:
    """A Word document, which is looked through in no time; another text, another document."""
    return docx(**{"docProps/app.xml": f"<Properties>{text}</Properties>"})


def url(case: dict[str, Any], rest: str = "") -> str:
    return f"/cases/{case['mail_ref']}/papers{rest}"


def send(desk: Browser, case: dict[str, Any], *files: tuple[str, bytes], purpose: str = "evidence") -> Any:
    sent = [("documents", (name, content, "text/html")) for name, content in files]
    return desk.post(url(case), {"purpose": purpose} if purpose else {}, files=sent)


def added(desk: Browser, case: dict[str, Any], *files: tuple[str, bytes]) -> list[str]:
    """Documents added, and the ids of all that the page then shows."""
    page = desk.follow(send(desk, case, *files))
    return COLUMN.findall(page.text)


def test_the_papers_stand_among_the_pages_of_an_assessment(desk: Browser, case: dict[str, Any]) -> None:
    assert f'href="{url(case)}"' in desk.get(f"/cases/{case['mail_ref']}").text
    page = desk.get(url(case))
    assert page.status_code == 200
    assert "There are no papers yet" in page.text
    assert 'accept=".pdf,.docx,.odt,.jpg,.jpeg,.png"' in page.text


def test_several_documents_are_added_at_once_and_can_be_saved(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    answer = desk.follow(send(desk, case, ("Views.PDF", pdf("views")), ("school/Report.docx", docx())))
    assert "2 documents were added." in answer.text
    assert "<bdi>Views.PDF</bdi>" in answer.text
    assert "<bdi>Report.docx</bdi>" in answer.text
    assert "Evidence submitted" in answer.text
    for document in COLUMN.findall(answer.text):
        assert desk.get(f"/documents/{document}").status_code == 200
    rows = ask(house, f"SELECT kept_by, channel, media_type FROM document WHERE process_id = '{case['id']}'")
    assert {(row["kept_by"], row["channel"]) for row in rows} == {("a.marsh", "web")}
    assert "application/pdf" in {row["media_type"] for row in rows}, "not what the browser said of it"


def test_the_same_form_twice_adds_its_documents_once(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    assert len(added(desk, case, ("a.docx", word("twice")))) == 1
    again = desk.follow(send(desk, case, ("a.docx", word("twice"))))
    assert "The case had these documents already" in again.text
    on_record = {row["id"] for row in ask(house, "SELECT id FROM document")}
    assert {each for each, _ in archive_of(house.settings).ids()} <= on_record, "nothing is left lying about"


def test_what_is_refused_is_explained_and_the_others_are_kept(desk: Browser, case: dict[str, Any]) -> None:
    answer = send(desk, case, ("good.docx", word("good")), ("../bad.docx", b"MZ"), ("empty.pdf", b""))
    assert answer.status_code == 422
    assert "bad.docx is a program. Save it as PDF and try again." in answer.text
    assert "empty.pdf is empty." in answer.text
    assert "1 document was added" in answer.text
    assert len(COLUMN.findall(answer.text)) == 1


def test_a_name_made_to_harm_is_only_text(desk: Browser, case: dict[str, Any]) -> None:
    refused = send(desk, case, ("<script>alert(1)</script>.pdf", b"x"))
    assert "<script>alert" not in refused.text
    page = desk.follow(send(desk, case, ('"><img src=x onerror=alert(1)>.docx', word("harm"))))
    assert "<img src=x" not in page.text


@pytest.mark.parametrize(
    ("files", "purpose", "said"),
    [
        ([], "evidence", "Choose at least one document"),
        ([("a.docx", word(""))], "", "Say what the documents are"),
        ([("a.docx", word(""))], "advice", "Say what the documents are"),
        ([(f"{n}.docx", word("")) for n in range(6)], "evidence", "Choose at most 5 documents at once"),
        ([("big.pdf", b"%PDF-" + bytes(LARGEST))], "evidence", "big.pdf is larger than 20 MB"),
    ],
)
def test_too_little_or_too_much_is_said_beside_the_field(
    house: Site, desk: Browser, files: list[tuple[str, bytes]], purpose: str, said: str
) -> None:
    case = ask(house, f"{OPEN.format('assessment', '')} LIMIT 1 OFFSET 200")[0]
    answer = send(desk, case, *files, purpose=purpose)
    assert answer.status_code == 422
    assert said in answer.text
    assert not COLUMN.findall(answer.text)


@pytest.mark.parametrize("says", ["200000000", "nonsense"])
def test_what_is_far_too_large_is_not_read_and_a_page_says_so(desk: Browser, case: dict[str, Any], says: str) -> None:
    kind = "multipart/form-data; boundary=b"
    headers = {"content-type": kind, "content-length": says}
    answer = desk.client.post(url(case), content=b"--b--", headers=headers)
    assert answer.status_code == 413
    assert "That is too large</h1>" in answer.text.replace("\n", "")
    assert "send less at once" in answer.text
    assert "Nothing was recorded" in answer.text


def test_complete_is_said_by_a_person_and_wakes_the_clock(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    nothing = desk.post(url(case, "/complete"), {"what": "these"})
    assert "There are no papers yet. Add them first" in nothing.text
    assert desk.post(url(case, "/complete"), {}).status_code == 422
    added(desk, case, ("a.docx", word("complete")))
    page = desk.follow(desk.post(url(case, "/complete"), {"what": "these"}))
    assert "The papers are complete" in page.text
    (row,) = ask(house, f"SELECT * FROM case_papers WHERE process_id = '{case['id']}'")
    assert (row["ready_by"], row["ready_at"], row["nothing_submitted"]) == ("a.marsh", house.now, False)
    assert ask(house, "SELECT process_id FROM wake ORDER BY id DESC LIMIT 1")[0]["process_id"] == case["id"]
    late = desk.follow(desk.post(url(case, "/incomplete")))
    assert "Nobody has said yet that the papers are complete" in late.text


def test_nothing_submitted_is_an_answer_too(desk: Browser, case: dict[str, Any]) -> None:
    page = desk.follow(desk.post(url(case, "/complete"), {"what": "nothing"}))
    assert "The family submitted nothing." in page.text


def test_a_change_after_a_request_has_gone_out_warns(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    added(desk, case, ("a.docx", word("first")))
    desk.post(url(case, "/complete"), {"what": "these"})
    with house.db.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO advice_request (authority, id, process_id, category, subject, mode, created_at, "
                "papers_sent_at) VALUES ('000', gen_random_uuid(), :process, 'other', 'other/x', 'seek', now(), now())"
            ),
            {"process": case["id"]},
        )
    house.now += timedelta(minutes=5)
    page = desk.follow(send(desk, case, ("late.jpg", picture())))
    assert "tell them" in page.text
    assert "Added later" in page.text
    assert "gone out with these papers" in page.text
    assert desk.post(url(case, "/incomplete")).status_code == 422


def test_a_paper_is_put_aside_after_a_question(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    first, second = added(desk, case, ("mine.docx", word("mine")), ("another.docx", word("another child")))
    asked = desk.get(url(case, f"/{second}/aside"))
    assert "Put this paper aside?" in asked.text
    assert COLUMN.findall(desk.follow(desk.post(url(case, f"/{second}/aside"))).text) == [first]
    assert desk.get(f"/documents/{second}").status_code == 404
    assert desk.get(url(case, f"/{second}/aside")).status_code == 404
    assert desk.post(url(case, f"/{second}/aside")).status_code == 404


def test_a_paper_of_another_case_cannot_be_put_aside_from_here(
    house: Site, desk: Browser, case: dict[str, Any]
) -> None:
    other = ask(house, f"{OPEN.format('assessment', '')} LIMIT 1 OFFSET 201")[0]
    (theirs,) = added(desk, other, ("theirs.docx", word("theirs")))
    assert desk.post(url(case, f"/{theirs}/aside")).status_code == 404
    assert desk.get(f"/documents/{theirs}").status_code == 200


def test_an_auditor_sees_the_papers_and_changes_nothing(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    added(desk, case, ("a.docx", word("seen")))
    page = house.as_a("auditor").get(url(case))
    assert "a.docx" in page.text
    assert "<form" not in page.text.partition("<main")[2]


def test_reviews_and_closed_cases_take_none(house: Site, desk: Browser) -> None:
    review = ask(house, f"{OPEN.format('annual-review', '')} LIMIT 1")[0]
    closed = ask(house, f"{OPEN.format('assessment', 'NOT')} LIMIT 1")[0]
    page = desk.get(url(review))
    assert "Papers belong to an assessment" in page.text
    assert f'href="{url(review)}"' not in desk.get(f"/cases/{review['mail_ref']}").text
    for case in (review, closed):
        assert "<form" not in desk.get(url(case)).text.partition("<main")[2]
        assert send(desk, case, ("a.docx", word(""))).status_code == 422


def test_a_restricted_childs_papers_are_no_page(house: Site, desk: Browser, case: dict[str, Any]) -> None:
    restrict(house.db, case["case_ref"], ["v.costa"], Actor("m.east", "web"))
    assert desk.get(url(case)).status_code == 404
    assert send(desk, case, ("a.docx", word(""))).status_code == 404
    assert house.signed_in("v.costa").get(url(case)).status_code == 200
