"""`ehcp scorecard`: what it counts, lists, freezes and takes down, and what it refuses."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from scorecard.published.tables import DATA
from tests.cli.conftest import Council, Ehcp, opened

MONTH = ("--month", "2026-10")


def measures(said: Any) -> Mapping[str, Any]:
    return {each["id"]: each for each in said["measures"]}


def test_the_measures_of_a_month_are_told_with_all_that_they_mean(council: Council) -> None:
    said = council.ehcp("scorecard", *MONTH, "--json").json
    assert (said["month"], said["over"], said["frozen_at"]) == ("2026-10", True, None)
    plans = measures(said)["plans_twenty_weeks"]
    assert plans["denominator"] > plans["numerator"] > 0
    assert plans["value"] == pytest.approx(100 * plans["numerator"] / plans["denominator"], abs=0.05)
    assert (plans["unit"], plans["verified"], plans["told"], plans["restated"]) == ("%", True, None, False)
    assert measures(said)["decisions_six_weeks"]["reading"]
    assert len({each["definition_id"] for each in said["measures"]}) == len(said["measures"])


def test_a_month_or_year_before_the_data_or_to_come_is_said_to_be(council: Council) -> None:
    said = council.ehcp("scorecard", "--month", "2015-01", "--json").json
    counted = [each for each in said["measures"] if each["shape"] != "fed"]
    assert {(each["numerator"], each["value"], each["no_figure"]) for each in counted} == {
        (None, None, "No data: no case of its kind had begun by then")
    }
    assert "No data: no case of its kind had begun by then" in council.ehcp("scorecard", "--month", "2015-01").out
    for year, says in (("2014", "there are no data of 2014"), ("2099", "2099 is still to come")):
        done = council.ehcp("scorecard", "--year", year, "--as-published", "--json").json
        assert done["notes"][0].startswith(says)
        assert {each for row in done["tables"].values() if row for each in row.values()} == {None}
        assert says in council.ehcp("scorecard", "--year", year, "--as-published").err


def test_a_person_sees_a_table_under_each_heading(council: Council) -> None:
    done = council.ehcp("scorecard", *MONTH)
    assert done.code == 0, done.err
    assert "Plans in twenty weeks: October 2026" in done.out
    assert "Plans within twenty weeks" in done.out


def test_the_year_in_the_columns_of_the_department(council: Council) -> None:
    said = council.ehcp("scorecard", "--year", "2024", "--as-published", "--json").json
    assert list(said) == ["authority", "year", "tables", "notes"]
    assert list(said["tables"]) == ["requests", "assessments", "timeliness_20_week", "annual_reviews"]
    assert council.ehcp("scorecard", "--year", "2024", "--as-published", "--json", EHCP_AUTHORITY="000").json == said
    named = council.ehcp("scorecard", "--year", "2024", "--as-published", "--json", EHCP_COUNCIL="york").json
    assert named["authority"] == "York"
    own = {"EHCP_COUNCIL": "Hartlepool", "EHCP_AUTHORITY_NAME": "Exampleshire Council"}  # as the demonstration
    said = council.ehcp("scorecard", "--year", "2024", "--as-published", "--json", **own).json
    assert said["authority"] == "Exampleshire Council"


def test_the_cases_behind_a_figure_are_as_many_as_it_says_and_their_reading_is_put_down(council: Council) -> None:
    figure = measures(council.ehcp("scorecard", *MONTH, "--json").json)["plans_twenty_weeks"]
    said = council.ehcp("scorecard", "cases", "plans_twenty_weeks", *MONTH, "--side", "counted", "--json").json
    assert len(said["items"]) + said["hidden"] == figure["numerator"]
    late = council.ehcp("scorecard", "cases", "plans_twenty_weeks", *MONTH, "--side", "not_counted", "--csv")
    rows = list(csv.DictReader(io.StringIO(late.out)))
    assert len(rows) == figure["denominator"] - figure["numerator"]
    assert all(int(row["days"]) > 140 for row in rows)
    engine = create_engine(council.settings["EHCP_DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        read = connection.execute(text("SELECT cardinality(processes), channel FROM read_log ORDER BY id")).all()
    engine.dispose()
    assert [(len(said["items"]), "cli"), (len(rows), "cli")] == [tuple(row) for row in read[-2:]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--month", "October"), "is not a month"),
        (("--month", "2099-01"), "still to come"),
        (("--year", "2024"), "go together"),
        (("--as-published", "--year", "2024", "--frozen"), "choose a month, or a year"),
        (("--frozen",), "Nothing was frozen"),
        (("cases", "plans_twenty"), "did you mean plans_twenty_weeks"),
        (("cases", "plans_issued", "--side", "all"), "is none of counted, not_counted"),
        (("cases", "plans_issued", "--part", "health"), "has no parts"),
        (("cases", "plans_issued", "--month", "2099-01"), "still to come"),
        (("freeze", "--month", "2099-01"), "is not over"),
        (("note", "plans_issued", *MONTH), "say something"),
        (("note", "plans_issued", *MONTH, "--target", "many"), "is not a number"),
        (("note", "plans_issued", *MONTH, "--action", "soon"), "is none of not_started"),
        (("note", "plans_issued", *MONTH, "--narrative", "Bad."), "takes - alone"),
        (("compare",), "set EHCP_COUNCIL"),
        (("compare", "--with", "Yrok"), "no figures of an authority 'Yrok'"),
        (("published", "show", "--area", "Yrok"), "Did you mean 'York'"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(council: Council, words: tuple[str, ...], says: str) -> None:
    done = council.ehcp("scorecard", *words)
    assert done.code in (1, 2, 4)
    assert done.out == ""
    assert says in " ".join(done.err.replace("│", " ").split())


def test_what_was_frozen_is_told_again_and_what_was_noted_stands_beside_it(ehcp: Ehcp) -> None:
    opened(ehcp)
    noted = ehcp("scorecard", "note", "plans_issued", *MONTH, "--target", "50", "--owner", "Head of SEND",
                 "--action", "advanced", "--narrative", "-", stdin="Two posts filled.\n")  # fmt: skip
    assert noted.code == 0, noted.err
    assert ehcp("scorecard", "note", "plans_issued", *MONTH, "--action", "outcome_reached").code == 0
    line = measures(ehcp("scorecard", *MONTH, "--json").json)["plans_issued"]
    said = {name: line[name] for name in ("target", "owner", "action", "narrative")}
    assert said == {
        "target": 50,
        "owner": "Head of SEND",
        "action": "outcome_reached",
        "narrative": "Two posts filled.",
    }
    assert ehcp("scorecard", "freeze", *MONTH, "--json").json["frozen"] is True
    assert ehcp("scorecard", "freeze", *MONTH, "--json").json["frozen"] is False
    assert ehcp("scorecard", "months", "--json").json == {"months": ["2026-10"]}
    frozen = ehcp("scorecard", "--frozen", "--json").json
    assert (frozen["month"], frozen["intact"], frozen["restated"]) == ("2026-10", True, [])
    assert next(each for each in frozen["figures"] if each["id"] == "plans_issued")["target"] == 50
    assert "As it was told: October 2026" in ehcp("scorecard", "--frozen", *MONTH).out


def test_the_figures_here_stand_beside_those_that_were_published(council: Council) -> None:
    said = measures(council.ehcp("scorecard", "compare", "--json", EHCP_COUNCIL="York").json)
    plans = said["plans_twenty_weeks"]
    assert [each["year"] for each in plans["years"]] == [2019, 2020, 2021, 2022, 2023, 2024]
    assert [each["whole"] for each in plans["here"]] == [True, False]
    table = council.ehcp("scorecard", "compare", "--year", "2024", "--with", "york", EHCP_COUNCIL="Hartlepool")
    assert "Yorkshire and The Humber and England as published of 2024" in table.out


def test_a_new_release_is_loaded_and_a_council_like_it_is_made(ehcp: Ehcp, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    for path in DATA.glob("*.csv"):
        if path.name != "authorities.csv":
            (folder / path.name).write_text(path.read_text("utf-8-sig").replace(",York,", ",Newtown,"))
    files = [str(path) for path in sorted(folder.iterdir())]
    broken = tmp_path / "broken.csv"
    broken.write_text(Path(files[0]).read_text().replace("Newtown,1556", "Newtown,many"))
    refused = ehcp("scorecard", "published", "load", str(broken), files[1])
    assert refused.code == 1
    assert "total_ehc_plans 'many' is neither a number nor one of x, z, c" in refused.err
    assert "Nothing was loaded" in refused.err
    assert ehcp("scorecard", "published", "show", "--area", "Newtown").code == 2
    loaded = ehcp("scorecard", "published", "load", *files, "--json")
    assert len(loaded.json["tables"]) == 19, loaded.err
    shown = ehcp("scorecard", "published", "show", "--area", "newtown", "--year", "2024", "--json").json["items"]
    assert {each["table"]: each["figures"]["total_ehc_plans"] for each in shown if "reviews" in each["table"]}
    made = ehcp("synth", "--like", "Newtown", "--year", "2024", "--loaded", "--out", str(tmp_path / "made"))
    assert made.code == 0, made.err


def test_a_pack_is_written_to_files_that_only_their_owner_reads(council: Council, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"pack.{kind}" for kind in ("xlsx", "html", "pdf")}
    named = [each for kind, path in files.items() for each in (f"--{kind}", str(path))]
    done = council.ehcp("scorecard", *MONTH, "--pack", "six-monthly", "--public", *named)
    assert done.code == 0, done.err
    assert "Six-monthly pack, May to October 2026, public version" in done.err
    assert "Marked DRAFT" in done.err
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o600}
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert "DRAFT: Six-monthly pack" in files["html"].read_text()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--pack", "board"), "say where the pack goes"),
        (("--public",), "say where the pack goes"),
        (("--pdf", "x.pdf", "--json"), "a pack is a file of its own"),
        (("--pdf", "x.pdf", "--month", "2031-01"), "still to come"),
    ],
)
def test_what_does_not_go_together_in_a_pack_is_said(council: Council, asked: tuple[str, ...], says: str) -> None:
    done = council.ehcp("scorecard", *asked)
    assert (done.code, says in done.err) == (2, True)


def test_a_target_of_a_share_is_at_most_a_hundred(council: Council) -> None:
    done = council.ehcp("scorecard", "note", "plans_twenty_weeks", *MONTH, "--target", "101")
    assert (done.code, "--target must be a number from 0 to 100," in done.err) == (2, True)


def test_a_measure_outside_its_years_is_refused_and_the_one_in_force_named(council: Council) -> None:
    done = council.ehcp("scorecard", "cases", "reviews_met_2025", *MONTH)
    assert (done.code, done.out) == (2, "")
    assert "reviews_met_2025 is not in force in 2026: look at reviews_completed" in done.err
    said = council.ehcp("scorecard", "note", "reviews_completed", "--month", "2024-10", "--owner", "Head of SEND")
    assert "reviews_completed is not in force in 2024: look at reviews_met_2025" in said.err
