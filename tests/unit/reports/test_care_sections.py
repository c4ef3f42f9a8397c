"""The care model in the plan document: what is shown, that it adds up, and that what is made up says so."""

from pathlib import Path

import pytest
from tests.checks.example_plans import TODAY
from tests.unit.app.care.small_care_plan import care_plan

from placeplan.app.checking import check_path
from placeplan.reports.assembling import document_of
from placeplan.reports.build import FORMATS, render
from placeplan.reports.document import Chart, Note, Quoted, Section, Table, Text, parts_of
from placeplan.reports.sections.care import care
from placeplan.reports.types import PlanResults


def results_of(folder: Path, changes: dict[str, tuple[str, str]] | None = None, **more: str) -> PlanResults:
    """The small plan with a care model, checked."""
    for name, text in {**care_plan(changes), **more}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return check_path(folder, today=TODAY)


@pytest.fixture
def section(tmp_path: Path) -> Section:
    return care(results_of(tmp_path))


def table(section: Section, table_id: str) -> list[list[str]]:
    """The texts of a table, row by row."""
    (found,) = (part for part in parts_of(section) if isinstance(part, Table) and part.id == table_id)
    return [
        [
            "".join(run.printed if isinstance(run, Quoted) else str(getattr(run, "text", "")) for run in cell.runs)
            for cell in row.cells
        ]
        for row in found.rows
    ]


def test_a_plan_without_a_care_model_has_no_such_section(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(care_plan()["plan.yaml"], encoding="utf-8")
    document = document_of(check_path(tmp_path, today=TODAY))
    assert "care" not in [one.id for one in document.sections]


def test_the_steps_of_the_waterfall_add_up_to_the_saving(section: Section) -> None:
    first, *steps, last = table(section, "care-saving-by-intervention-data")
    amounts = [float(amount.replace(",", "")) for _, amount in (first, *steps)]
    assert sum(amounts) == pytest.approx(float(last[1].replace(",", "")), abs=0.3)
    assert [name for name, _ in steps] == ["Rapid response", "Discharge and reablement", "Together, beyond each alone"]


def test_savings_by_point_and_by_segment_end_in_one_total(section: Section) -> None:
    assert table(section, "care-saving")[-1] == table(section, "care-saving-by-segment")[-1]


def test_the_three_ways_of_counting_are_never_added(section: Section) -> None:
    assert [row[0] for row in table(section, "care-stranded-cost")][-1] != "All"
    assert any(
        "never added" in run.text
        for part in parts_of(section)
        if isinstance(part, Note)
        for run in part.runs
        if isinstance(run, Text)
    )


def test_beds_needed_stand_beside_beds_there(section: Section) -> None:
    needed, there, gap = table(section, "care-beds-non-elective-bed-days")
    assert there[1:] == ["180", "180"]
    assert float(there[1]) - float(needed[1]) == pytest.approx(float(gap[1]), abs=0.05)


def test_staff_nobody_counted_are_not_known(section: Section) -> None:
    by_role = {row[0]: row for row in table(section, "care-staff")}
    assert by_role["Nurse"][-1] == "15.0"
    assert by_role["Therapist"][-1] == "not known"


def test_claims_stand_beside_what_evidence_allows(section: Section) -> None:
    claims = {row[0]: row for row in table(section, "care-claims")}
    assert claims["Rapid response"][1:] == ["Non-elective admissions", "20.0%", "0%", "10%", "25%", "2.0", "low"]


def test_what_is_made_up_says_so_on_page_and_picture(section: Section) -> None:
    notes = {part.title for part in parts_of(section) if isinstance(part, Note)}
    assert "Synthetic" in notes
    pictures = [part.picture for part in parts_of(section) if isinstance(part, Chart)]
    assert pictures
    assert all("Synthetic" in getattr(picture, "marks", ()) for picture in pictures)


def test_a_stated_saving_stands_beside_the_modelled_one_with_the_difference(tmp_path: Path) -> None:
    stated = "figure,value,sign,source\ndemand.total.2018-19.saving,900,,page 1\n"
    rows = table(care(results_of(tmp_path, **{"finance/stated.csv": stated})), "care-calibration-lines")
    names = [row[0] for row in rows]
    start = names.index("All interventions, saving: stated")
    assert names[start : start + 3] == ["All interventions, saving: stated", "modelled", "difference"]
    assert rows[start][1:] == ["not stated", "900"]


def test_the_document_is_made_in_every_format(tmp_path: Path) -> None:
    results = results_of(tmp_path)
    assert all(render(results, [form]) for form in FORMATS)


def test_a_plan_of_one_intervention_can_be_shown(tmp_path: Path) -> None:
    """Clusters, beds and staff are left out where there are none."""
    results = results_of(tmp_path)
    for name in ("beds", "staff", "clusters"):
        (tmp_path / "care" / f"{name}.csv").unlink()
    section = care(check_path(tmp_path, today=TODAY))
    assert care(results).sections[-1].blocks
    assert not section.sections[-1].blocks


def test_a_plan_that_intervenes_nowhere_can_be_shown(tmp_path: Path) -> None:
    kept = {"care/activity.csv", "care/prices.csv", "care/growth.csv"}
    for name, text in care_plan().items():
        if name == "plan.yaml" or name in kept:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    results = check_path(tmp_path, today=TODAY)
    assert table(care(results), "care-saving")[-1] == ["All", "0", "0"]
    assert all(render(results, [form]) for form in FORMATS)
