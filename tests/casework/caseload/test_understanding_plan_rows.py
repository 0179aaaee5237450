"""A row of a plan is refused only when its clock cannot be computed; whatever else is doubtful is left out and told."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from casework.caseload.child_rows import RowRefused
from casework.caseload.plan_placing import place_new
from casework.caseload.plan_reading import read_plan_row
from casework.caseload.plan_rows import PlanRow, Transfer
from casework.caseload.reading import RawRow
from casework.caseload.wanted import Wanted
from statute.facts import Fact
from statute.notation import format_fact

AS_OF = date(2026, 11, 20)

PLAIN = {
    "plan_ref": "P-1",
    "upn": "J810392614088",
    "surname": "Jones",
    "forename": "Sam",
    "date_of_birth": "2012-06-28",
    "plan_made": "2024-03-04",
    "last_review_decision": "2026-03-02",
    "last_review_meeting": "2026-02-09",
}
MEETING = {"last_review_meeting": "2026-11-02"}


def row(**cells: str) -> PlanRow:
    return read_plan_row(RawRow(2, (), {**PLAIN, **cells}), AS_OF)


def facts(**cells: str) -> tuple[list[str], list[str]]:
    """What the row says of the first two cycles of a plan that is not on record, as it is typed."""
    first, second = place_new(row(**cells))
    return _typed(first), _typed(second)


def _typed(wanted: list[Wanted]) -> list[str]:
    return [format_fact(Fact(each.kind, each.day, each.subject, _filled(each.attributes))) for each in wanted]


def _filled(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"plan_ref": ""}, "plan_ref", "no plan reference"),
        ({"plan_made": ""}, "plan_made", "plan_made is missing"),
        ({"plan_made": "a while ago"}, "plan_made", "'a while ago' is not a date"),
        ({"plan_made": "31/02/2024"}, "plan_made", "31/02/2024 does not exist"),
        ({"plan_made": "2026-11-21"}, "plan_made", "in the future"),
        ({"plan_made": "2026-02-20"}, "last_review_meeting", "before the plan was made"),
        ({"last_review_decision": "2024-03-03"}, "last_review_decision", "before the plan was made"),
        ({"ceased": "01/03/2024"}, "ceased", "before the plan was made"),
        ({"transferred_in": "2023-09-01"}, "transferred_in", "before the plan was made"),
    ],
)
def test_a_row_whose_clock_cannot_be_computed_is_refused(cells: dict[str, str], column: str, says: str) -> None:
    with pytest.raises(RowRefused, match=says) as refused:
        row(**cells)
    assert refused.value.column == column


DOUBTFUL = [
    ({"plan_made": "2013-03-04"}, "before the law came into force"),
    ({"date_of_birth": "2024-03-05"}, "date of birth is after the plan: not stored"),
    ({"upn": "A810392614088"}, "the check letter of the UPN is wrong: kept as unverified"),
    ({"last_review_outcome": "keep"}, r"last_review_outcome 'keep' is not known \(maintain, amend, cease\)"),
    ({"last_review_decision": "", "last_review_outcome": "amend"}, "has no day of notifying it"),
    ({"last_review_decision": "2026-11-23"}, "last_review_decision 2026-11-23 is in the future"),
    ({"last_review_decision": "last spring"}, "of which review is not known without last_review_decision"),
    ({"previous_review_decision": "2026-03-02"}, "not before last_review_decision 2026-03-02; left out"),
    (
        {"previous_review_decision": "2026-02-09"},
        "last_review_meeting 2026-02-09: on or before previous_review_decision",
    ),
    ({"amendment_notice_sent": "2026-03-09"}, "is not said to have decided to amend; left out"),
    (
        {"last_review_outcome": "amend", "amended_plan_sent": "2026-02-27"},
        "before the decision of 2026-03-02; left out",
    ),
    ({**MEETING, "report_received": "2026-10-30"}, "report_received 2026-10-30 is before the meeting of 2026-11-02"),
    ({"report_received": "2026-02-06"}, "report_received 2026-02-06 is before the meeting of 2026-02-09"),
    ({**MEETING, "changed_needs": "yes"}, "changed_needs without the day of the report: left out"),
    ({"no_place": "perhaps"}, "no_place 'perhaps' is neither yes nor no: left out"),
    ({"arranged_by": "parents"}, r"arranged_by 'parents' is not known \(school, institution, authority\)"),
    ({"phase_transfer": "school"}, "phase_transfer school has no transfer_date that can be read: left out"),
    ({"phase_transfer": "school", "transfer_date": "2027"}, "'2027' is not a date"),
    ({"phase_transfer": "year 6", "transfer_date": "2027-09-01"}, "phase_transfer 'year_6' is not known"),
    ({"phase_transfer": "school", "transfer_date": "2020-09-01"}, "is before the plan was made: phase transfer left"),
    (
        {"phase_transfer": "school", "transfer_date": "2027-09-01", "receiving": "the big school"},
        "receiving is a number or a code, not words: left out",
    ),
    (
        {"transferred_in": "2026-06-01", "transferred_out": "2026-05-01"},
        "transferred_out 2026-05-01 is before transferred_in 2026-06-01: left out",
    ),
    ({"ceased_reason": "moved to =cmd"}, "ceased_reason is a number or a code, not words: left out"),
]


@pytest.mark.parametrize(("cells", "says"), DOUBTFUL)
def test_what_is_doubtful_is_left_out_with_a_warning(cells: dict[str, str], says: str) -> None:
    assert any(re.search(says, message) for _, message in row(**cells).warnings), row(**cells).warnings


def test_a_plain_row_has_nothing_to_warn_of() -> None:
    assert row().warnings == []


MADE = "plan_made=2024-03-04"
LAST = "last_review=2026-03-02;meeting=2026-02-09"
SAID = [
    ("a meeting on or before the last decision is that of the last review", {}, [MADE, LAST], []),
    ("a meeting on the day of the decision too", {"last_review_meeting": "2026-03-02"},
     [MADE, "last_review=2026-03-02;meeting=2026-03-02"], []),
    ("a later meeting is that of the review under way", MEETING,
     [MADE, "last_review=2026-03-02", "review_meeting=2026-11-02"], []),
    ("a meeting without any decision too", {"last_review_decision": "", **MEETING},
     [MADE, "review_meeting=2026-11-02"], []),
    ("a meeting whose decision is to come too", {"last_review_decision": "2026-12-01", **MEETING},
     [MADE, "review_meeting=2026-11-02"], []),
    ("of which review it is cannot be told without the decision", {"last_review_decision": "?"}, [MADE], []),
    ("never reviewed", {"last_review_decision": "", "last_review_meeting": ""}, [MADE], []),
    ("the report of the review under way", {**MEETING, "report_received": "2026-11-16", "recommends": "Amend",
     "changed_needs": "Y", "no_place": "no"},
     [MADE, "last_review=2026-03-02", "review_meeting=2026-11-02",
      "review_report_received=2026-11-16;recommends=amend;changed_needs=yes;no_place=no"], []),
    ("the report of a review that is not timed is nobody's clock", {"report_received": "2026-03-20"}, [MADE, LAST], []),
    ("a phase transfer is what the file says, and its day may lie ahead",
     {"phase_transfer": "post-16", "transfer_date": "", "receiving": ""}, [MADE, LAST], []),
    ("a phase transfer with its day", {"phase_transfer": "Post16 move", "transfer_date": "01/01/2027"},
     [MADE, "phase_transfer:post16_move=2027-01-01", LAST], []),
    ("where to, when it is known", {"phase_transfer": "school", "transfer_date": "2027-09-01", "receiving": "117244"},
     [MADE, "phase_transfer:school=2027-09-01;receiving=117244", LAST], []),
    ("a plan that moved in", {"transferred_in": "2026-10-01", "from_authority": "873"},
     [MADE, "transferred_in=2026-10-01;from_authority=873", LAST], []),
    ("a plan that moved out", {"transferred_out": "2026-10-01", "to_authority": "873"},
     [MADE, LAST, "transferred_out=2026-10-01;to_authority=873"], []),
    ("a plan that ceased", {"ceased": "2026-10-01", "ceased_reason": "7"},
     [MADE, LAST, "plan_ceased=2026-10-01;reason=7"], []),
    ("who arranges the review", {"arranged_by": "authority"},
     [MADE, LAST, "review_arranged_by=2026-03-02;by=authority"], []),
    ("a child under five when last reviewed", {"date_of_birth": "2021-03-03"}, [MADE, f"{LAST};early_years=yes"], []),
    ("a child who turned five on that day", {"date_of_birth": "2021-03-02"}, [MADE, LAST], []),
    ("a child under five when the plan was made, and not reviewed since",
     {"date_of_birth": "2021-03-03", "last_review_decision": "", "last_review_meeting": ""},
     [f"{MADE};early_years=yes"], []),
    ("an outcome alone changes nothing", {"last_review_outcome": "maintain"}, [MADE, LAST], []),
    ("with the review before it the last review is one of its own",
     {"last_review_outcome": "maintain", "previous_review_decision": "2025-03-03"},
     [MADE, "last_review=2025-03-03", "review_meeting=2026-02-09", "decision_maintain=2026-03-02"], []),
    ("with its report, however late it came", {"last_review_outcome": "maintain", "previous_review_decision": "",
     "report_received": "2026-03-20"},
     [MADE, "review_meeting=2026-02-09", "review_report_received=2026-03-20", "decision_maintain=2026-03-02"], []),
    ("without one before it too, where the file would say", {"last_review_outcome": "maintain",
     "previous_review_decision": ""}, [MADE, "review_meeting=2026-02-09", "decision_maintain=2026-03-02"], []),
    ("an amendment that is not finished", {"last_review_outcome": "amend", "amendment_notice_sent": "2026-03-03",
     "amended_plan_sent": ""},
     [MADE, "review_meeting=2026-02-09", "decision_amend=2026-03-02", "amendment_notice_sent=2026-03-03"], []),
    ("an amendment that is", {"last_review_outcome": "amend", "amended_plan_sent": "2026-04-10"}, [MADE, LAST], []),
    ("an amended plan that met a phase transfer",
     {"last_review_outcome": "amend", "amended_plan_sent": "2026-04-10", "names_setting": "117244",
      "phase_transfer": "school", "transfer_date": "2026-09-01", "receiving": "117244"},
     [MADE, "phase_transfer:school=2026-09-01;receiving=117244", "review_meeting=2026-02-09",
      "decision_amend=2026-03-02", "amended_plan_sent=2026-04-10;names_setting=117244"], []),
    ("a plan that is to cease is not reviewed again", {"last_review_outcome": "cease"},
     [MADE, "review_meeting=2026-02-09", "decision_cease=2026-03-02"], []),
    ("the review after one that was kept as it is", {"last_review_outcome": "maintain", **MEETING,
     "previous_review_decision": ""},
     [MADE, "decision_maintain=2026-03-02"], ["review_meeting=2026-11-02"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cells", "first", "second"), SAID, ids=[case[0] for case in SAID])
def test_a_row_becomes_the_facts_of_its_review(
    what: str, cells: dict[str, str], first: list[str], second: list[str]
) -> None:
    assert facts(**cells) == (first, second)


def test_a_transfer_that_cannot_be_timed_is_no_word_against_one_that_is_recorded() -> None:
    doubtful = row(phase_transfer="school", transfer_date="")
    assert (doubtful.transfer, "phase_transfer" in doubtful.present) == (None, False)
    assert row(phase_transfer="school", transfer_date="2027-09-01").transfer == Transfer("school", date(2027, 9, 1), "")
