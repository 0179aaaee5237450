"""Finding many cases at once means what finding each means."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from casework.actor import Actor
from casework.cases import Case, find
from casework.errors import CaseworkError, NeedsConfirmation, Refused
from casework.finding_many import find_many
from casework.people import restrict
from casework.recording import Line, record_many
from casework.weighing import weigh_many
from statute.facts import Fact
from statute.notation import parse_fact
from tests.casework.support import COLLEAGUE, NOW, OFFICER, Council

KINDS = (
    "decision_to_assess",
    "review_meeting",
    "decision_maintain",
    "amended_plan_sent",
    "died",
    "retracted:decision_to_assess",
)


def meant(council: Council, reference: str, fact: Fact, actor: Actor = OFFICER) -> str:
    """What a reference means by itself."""
    with Session(council.db) as session:
        try:
            return str(find(session, reference, actor, facts=[fact]).process.id)
        except CaseworkError as error:
            return f"{type(error).__name__}: {error}"


def meant_at_once(council: Council, asked: list[tuple[str, Fact]], actor: Actor = OFFICER) -> list[str]:
    with Session(council.db) as session:
        found = find_many(session, asked, actor)
        return [str(one.process.id) if isinstance(one, Case) else f"{type(one).__name__}: {one}" for one in found]


def caseload(council: Council) -> list[str]:
    """References of every sort: own, mail, of plans, in other capitals, two that read alike, none."""
    running = council.opens()
    assessed = council.opens(case_ref="abc/1")
    council.records(assessed, "decision_to_assess=2026-10-01")
    planned = council.opens("2026-02-02", case_ref="Planned-1")
    council.records(planned, "decision_to_assess=2026-03-01", "draft_plan_sent=2026-05-01;served=2026-05-01")
    council.records(planned, "final_plan_sent=2026-06-01;to=family", confirm=True)
    council.opens(case_ref="Twice")
    with pytest.raises(Refused):
        council.opens(case_ref="TWICE")
    refused = council.opens("2026-06-01")
    council.records(refused, "decision_not_to_assess=2026-07-01")
    plans = [row["plan_ref"] for row in council.rows("SELECT plan_ref FROM plan")]
    reviews = [row["case_ref"] for row in council.rows("SELECT case_ref FROM process WHERE kind = 'annual-review'")]
    assert plans
    assert reviews
    cases = [
        running.case_ref,
        running.mail_ref,
        running.mail_ref.replace("-", " ").lower(),
        " ABC/1 ",
        refused.case_ref,
    ]
    return [
        *cases,
        "planned-1",
        planned.mail_ref,
        *plans,
        *(plan.lower() for plan in plans),
        *reviews,
        "twice",
        "",
        "no",
        "%",
    ]


def test_each_reference_means_what_it_means_alone(council: Council) -> None:
    references = caseload(council)
    asked = [(ref, parse_fact(f"{kind}=2026-11-19")) for ref in references for kind in KINDS]
    assert meant_at_once(council, asked) == [meant(council, *each) for each in asked]


def test_two_that_read_alike_are_not_told_apart(council: Council) -> None:
    first, second = council.opens(case_ref="One"), council.opens()
    with council.db.begin() as connection:
        connection.exec_driver_sql("UPDATE process SET case_ref = 'ONE' WHERE id = %s", (second.process_id,))
    fact = parse_fact("decision_to_assess=2026-11-19")
    asked = [("one", fact), ("One", fact), ("ONE", fact)]
    assert meant_at_once(council, asked) == [meant(council, *each) for each in asked]
    assert meant_at_once(council, asked)[1:] == [str(first.process_id), str(second.process_id)]


def test_a_restricted_case_is_found_by_those_named_alone(council: Council) -> None:
    case = council.opens()
    restrict(council.db, case.case_ref, ["a.marsh"], OFFICER)
    fact = parse_fact("decision_to_assess=2026-11-19")
    assert meant_at_once(council, [(case.case_ref, fact)]) == [str(case.process_id)]
    assert meant_at_once(council, [(case.case_ref, fact)], COLLEAGUE) == [
        meant(council, case.case_ref, fact, COLLEAGUE)
    ]


@pytest.mark.parametrize(
    "facts",
    [
        ["decision_to_assess=2026-11-19"],
        ["decision_to_assess=2026-11-30"],
        ["draft_plan_sent=2026-11-18;served=2026-11-18", "final_plan_sent=2026-11-19;to=family"],
        ["decision_to_assess=2026-11-19", "decision_to_assess=2026-11-19"],
        ["decision_to_assess=2026-11-19", "advice_requested:health=2026-11-19", "advice_received:health=2026-11-19"],
        ["nonsense=2026-11-19"],
        ["no fact at all"],
    ],
)
def test_what_is_weighed_is_what_is_then_said(council: Council, facts: list[str]) -> None:
    case = council.opens()
    lines = [Line(number, case.case_ref, fact) for number, fact in enumerate(facts, start=1)]
    weighed = weigh_many(council.db, lines, OFFICER, NOW)
    assert council.count("fact") == 1
    done = record_many(council.db, lines, OFFICER, NOW, confirm=True)
    assert bool(done.refused) == any(each.refusals for each in weighed)
    assert done.unchanged == sum(each.stands for each in weighed) or done.refused
    said = {said["message"] for said in done.warnings}
    assert said >= {sentence for each in weighed for sentence in each.confirmations} or done.refused
    unconfirmed = any(each.confirmations for each in weighed)
    again = council.opens()
    lines = [replace(line, case_ref=again.case_ref) for line in lines]
    refused = record_many(council.db, lines, OFFICER, NOW).refused
    assert bool(refused) == (unconfirmed or any(each.refusals for each in weighed))


def test_another_child_of_the_same_names_is_not_asked_about(council: Council) -> None:
    child: dict[str, Any] = {"surname": "Doe", "forename": "Jo", "date_of_birth": "2015-05-05"}
    first = council.opens(**child)
    with pytest.raises(NeedsConfirmation):
        council.opens(**child)
    second = council.opens(**child, another=True)
    assert second.case_ref != first.case_ref
    assert council.count("person") == 2


def test_a_pupil_number_cannot_be_anothers(council: Council) -> None:
    upn = "J810392614088"
    council.opens(surname="Doe", forename="Jo", upn=upn)
    with pytest.raises(Refused, match="upn is that of the child on record"):
        council.opens(surname="Roe", forename="Al", upn=upn, another=True)
