from dataclasses import replace

import pytest
from tests.unit.reports.small_plan import bundled_results, small_results

from placeplan.kernel.figures import FigureReference
from placeplan.plan.cells import parse_cell
from placeplan.reports.assembling import document_of, findings_document_of
from placeplan.reports.document import (
    Cell,
    Chart,
    Derivation,
    Document,
    FindingGroup,
    Note,
    Quoted,
    Section,
    Table,
    Text,
    parts_of,
    quoted_in,
)
from placeplan.reports.quoting import in_column, missing_notes, plan_cell, printed_value
from placeplan.reports.tabulating import Field, plain, tabulate
from placeplan.reports.types import PlanResults

BUNDLED = ("kent-medway-2014", "west-kent-2016", "swale-2016", "dgs-2016", "west-kent-2017")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> PlanResults:
    return small_results(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def document(results: PlanResults) -> Document:
    return document_of(results)


@pytest.fixture(scope="module", params=BUNDLED)
def bundled(request: pytest.FixtureRequest) -> tuple[PlanResults, Document]:
    found = bundled_results(request.param)
    return found, document_of(found)


def section(document: Document, section_id: str) -> Section:
    return next(part for part in parts_of(document.sections) if isinstance(part, Section) and part.id == section_id)


def words(part: object) -> str:
    return " ".join(each.text for each in parts_of(part) if isinstance(each, Text))


def test_every_quoted_figure_has_a_derivation(bundled: tuple[PlanResults, Document]) -> None:
    _, document = bundled
    derived = {part.figure for part in parts_of(document.sections) if isinstance(part, Derivation)}
    assert set(quoted_in(document.sections)) == derived


def test_derivations_reach_down_to_cells(bundled: tuple[PlanResults, Document]) -> None:
    results, document = bundled
    derived = {part.figure for part in parts_of(document.sections) if isinstance(part, Derivation)}
    origins = [given.origin for figure in derived for given in results.figures[figure].inputs]
    assert {origin.figure for origin in origins if isinstance(origin, FigureReference)} <= derived


def test_names_are_used_once_and_no_heading_is_empty(bundled: tuple[PlanResults, Document]) -> None:
    _, document = bundled
    parts = list(parts_of(document.sections))
    names = [part.id for part in parts if isinstance(part, Section | Table | Chart)]
    assert sorted(names) == sorted(set(names))
    assert not [part.id for part in parts if isinstance(part, Section) and part.is_empty]
    assert not [part.id for part in parts if isinstance(part, Table) and not part.rows]
    assert all(len(row.cells) == len(part.columns) for part in parts if isinstance(part, Table) for row in part.rows)


def test_every_finding_is_told(bundled: tuple[PlanResults, Document]) -> None:
    results, document = bundled
    groups = [part for part in parts_of(document.sections) if isinstance(part, FindingGroup)]
    told = sum(len(group.items) for group in groups)
    assert told == len(results.judgement.findings) + len(results.judgement.waived)


def test_synthetic_and_unconfirmed_plans_say_so(document: Document) -> None:
    assert document.synthetic
    assert [mark.title for mark in document.marks] == ["Synthetic", "Unconfirmed values"]


def test_positions_stand_side_by_side() -> None:
    document = document_of(bundled_results("kent-medway-2014"))
    money = section(document, "money")
    quoted = {part.figure: part.printed for part in parts_of(money) if isinstance(part, Quoted)}
    printed = [
        quoted[f"finance.{service}.{year}.in-year"]
        for service in ("primary-care", "secondary-dental", "public-health", "health-and-justice")
        for year in ("2014-15", "2015-16")
    ]
    assert printed == ["4,861", "8,903", "-1,096", "-670", "-2,652", "-3,689", "2,032", "609"]


def test_a_number_that_is_not_known_says_why(document: Document) -> None:
    (table,) = section(document, "money-care").blocks[:1]
    assert isinstance(table, Table)
    (note,) = table.notes
    assert words(note).startswith("Not known, for want of QIPP (tbc, finance/lines.csv:5:6 (2015-16)): Care & cure")


def test_no_waterfall_is_drawn_of_numbers_that_are_not_known(document: Document) -> None:
    charts = [part.id for part in parts_of(section(document, "money-care")) if isinstance(part, Chart)]
    assert charts == ["waterfall-care-2014-15"]


def test_risks_are_mapped_when_scored(document: Document) -> None:
    text = words(section(document, "risks"))
    assert "Extreme: staff" in text
    assert "Extreme (4 by 5)" in text
    assert "1 of 2 risks have a likelihood and an impact" in text


def test_risks_without_scores_are_listed_plainly(results: PlanResults) -> None:
    risks = tuple(replace(risk, likelihood=None, impact=None) for risk in results.plan.risks)
    case = replace(results.case, plan=replace(results.plan, risks=risks))
    found = section(document_of(replace(results, case=case)), "risks")
    note, table = found.blocks
    assert isinstance(note, Note)
    assert note.title == "Not scored"
    assert isinstance(table, Table)


def test_what_nobody_serves_is_said(document: Document) -> None:
    assert "no project" in words(section(document, "traceability"))


def test_waived_findings_name_who_accepts_them(document: Document) -> None:
    (group,) = section(document, "findings-waived").blocks
    assert isinstance(group, FindingGroup)
    assert group.items[0].waiver == "by A. Chair until 31 March 2015: Known and accepted"


def test_findings_alone(results: PlanResults) -> None:
    assert [part.id for part in findings_document_of(results).sections] == ["findings", "derivations"]


def test_an_amount_in_a_column_leaves_out_what_the_caption_says() -> None:
    assert [in_column(text) for text in ("£6,838k", "-£2.4m", "63.4%", "421", "not known")] == [
        "6,838", "-2.4", "63.4%", "421", "not known",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2900", "2,900"), ("2,900", "2,900"), ("(1234.50)", "-1,234.50"), ("0.0", "0.0"), ("2.70%", "2.70%"),
        ("tbc", "not known (tbc)"), ("@finance.nothing.2014-15.total", "not known (@finance.nothing.2014-15.total)"),
    ],
)  # fmt: skip
def test_a_cell_of_a_plan_has_its_thousands_apart_and_the_decimals_that_were_typed(
    results: PlanResults, typed: str, shown: str
) -> None:
    runs = plan_cell(parse_cell(typed), results.figures, year=results.header.years[0])
    assert "".join(run.text for run in runs if isinstance(run, Text)) == shown


def test_money_per_head_keeps_its_pound_sign(results: PlanResults) -> None:
    figure = results.figures["finance.care.2014-15.actual-per-head"]
    assert printed_value(figure.value, figure.unit) == "£1,133.33 per head"


def test_columns_that_no_row_fills_are_left_out() -> None:
    fields: list[Field[str]] = [Field("a", lambda row: Cell()), Field("b", lambda row: Cell()), Field("c", plain)]
    assert [column.heading for column in tabulate("t", "T", rows=["x"], fields=fields).columns] == ["a", "c"]


def test_causes_are_named_once() -> None:
    cells = [
        Cell((Quoted("a", "not known", "A", missing=("x (blank)",)),)),
        Cell((Quoted("b", "not known", "B", missing=("A is not known: x (blank)",)),)),
    ]
    assert missing_notes(cells) == ((Text("Not known, for want of x (blank): A; B."),),)
