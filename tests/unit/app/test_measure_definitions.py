"""The definitions that come with Placeplan, and how a broken one is told."""

import csv
from pathlib import Path

import pytest

from placeplan.app.disclosure_rules import read_rules
from placeplan.app.measure_definitions import FOLDER, SETS_FILE, read_measure_sets, read_measures, read_measures_in
from placeplan.datasets.catalogue import read_catalogue
from placeplan.indicators.measures import Measure, MeasureSet, Polarity
from placeplan.kernel.errors import InputError
from placeplan.rounds.reader import list_rounds, read_round
from placeplan.rounds.standards import Direction, Standard

STANDARDS = {one.id: one for name in list_rounds() for one in read_round(name).standards}
KENT_2014 = "plans/kent-medway-2014"
# The slope comes from the life expectancy of areas, with their deprivation.
WORKED_OUT_FROM = {("deaths-population-by-age-sex-lad", "life-expectancy-slope-index")}
GOOD_SIDE = {
    Direction.AT_LEAST: Polarity.HIGHER_IS_BETTER,
    Direction.AT_MOST: Polarity.LOWER_IS_BETTER,
    None: Polarity.NEITHER,
}
every_measure = pytest.mark.parametrize("measure", read_measures().measures, ids=lambda measure: measure.id)
with_standard = pytest.mark.parametrize(
    "measure", [one for one in read_measures().measures if one.standard], ids=lambda measure: measure.id
)


def _standard(measure: Measure) -> Standard:
    assert measure.standard is not None
    return STANDARDS[measure.standard]


def test_every_file_is_a_definition() -> None:
    files = [path for path in FOLDER.rglob("*.yaml") if path.name != SETS_FILE]
    assert len(read_measures().measures) == len(files)


@every_measure
def test_definition_stands_in_a_file_of_its_name_and_a_folder_of_its_set(measure: Measure) -> None:
    folder, name = measure.path.split("/")[1:]
    assert name == measure.id
    assert folder in measure.sets


@every_measure
def test_definition_is_checked_by_another_and_owned_by_a_role(measure: Measure) -> None:
    assert measure.author != measure.checker
    assert measure.owner not in {measure.author, measure.checker}


@every_measure
def test_what_is_unconfirmed_says_what_is_not_known(measure: Measure) -> None:
    assert measure.confirmed or measure.note


@every_measure
def test_share_is_in_per_cent_and_a_rate_says_of_how_many(measure: Measure) -> None:
    multiplier = f"{measure.multiplier:,}"
    expected = {"proportion": "per cent", "standardised-ratio": "per cent", "rate": "per"}
    assert measure.unit.startswith(expected.get(measure.method, ""))
    if measure.method == "rate":
        assert measure.unit.startswith(f"per {multiplier} ") or multiplier == "1"


@with_standard
def test_standard_is_one_of_the_rounds_in_the_same_unit_and_direction(measure: Measure) -> None:
    standard = _standard(measure)
    assert measure.unit == standard.unit
    assert measure.polarity is GOOD_SIDE[standard.direction]
    assert measure.title == standard.title
    assert measure.id == standard.id


def test_every_standard_of_every_round_has_a_definition() -> None:
    assert set(STANDARDS) <= {measure.standard for measure in read_measures().measures}


@pytest.mark.parametrize(
    ("table", "measure_set", "added"),
    [
        ("kpi_public_health_ef.csv", "kpi-2014-public-health", set()),
        ("kpi_primary_care_ed.csv", "kpi-2014-primary-care", set()),
        ("kpi_health_justice_eg.csv", "kpi-2014-health-and-justice", {"EG2"}),  # printed without its code
    ],
)
def test_sets_of_2014_are_those_of_the_plan(shared_data: Path, table: str, measure_set: str, added: set[str]) -> None:
    with (shared_data / KENT_2014 / table).open(encoding="utf-8", newline="") as file:
        printed = {row["code"] for row in csv.DictReader(file) if row["code"]}
    assert {measure.id for measure in read_measures().in_set(measure_set)} == printed | added


@pytest.mark.parametrize("measure_set", [one for one in read_measure_sets() if one.id.startswith("kpi-2014")])
def test_numbers_that_the_plan_skips_are_named_as_left_out(measure_set: MeasureSet) -> None:
    numbers = [int(one[2:]) for one in _ids(measure_set.id)]
    left_out = [int(one.code[2:]) for one in measure_set.left_out]
    assert sorted(numbers + left_out) == list(range(1, max(numbers) + 1))


def _ids(measure_set: str) -> list[str]:
    return [measure.id for measure in read_measures().in_set(measure_set)]


def test_every_condition_of_the_registers_has_a_recorded_prevalence(shared_data: Path) -> None:
    with (shared_data / "qof/qof_ccg_prevalence_2014_2020.csv").open(encoding="utf-8", newline="") as file:
        conditions = {row["condition"].lower() for row in csv.DictReader(file)}
    assert {one for one in _ids("qof-prevalence") if one.startswith("qof-")} == {
        f"qof-prevalence-{condition}" for condition in conditions
    }


def test_data_set_is_named_where_it_gives_the_measure() -> None:
    catalogue = read_catalogue()
    named = {(one.dataset, each.id) for each in read_measures().measures for one in each.sources if one.dataset}
    given = {(name, measure) for name in catalogue.ids for measure in catalogue[name].measures}
    assert named - WORKED_OUT_FROM == given


def test_rule_of_disclosure_is_one_that_there_is() -> None:
    rules = {measure.disclosure for measure in read_measures().measures if measure.disclosure}
    assert rules <= set(read_rules().ids)


def test_every_set_is_described_once() -> None:
    described = [each.id for each in read_measure_sets()]
    assert sorted(described) == sorted(read_measures().sets)


GOOD = (FOLDER / "nhs-constitution" / "ae-4-hours.yaml").read_text(encoding="utf-8")


def _written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_problem_of_every_file_is_told_with_its_place(tmp_path: Path) -> None:
    broken = GOOD.replace("polarity: higher-is-better", "polarity: upwards").replace(
        "frequency: month", "freqency: month"
    )
    alone = GOOD.replace("checker: Placeplan reviewers", "checker: Placeplan contributors")
    folder = _written(tmp_path, broken=broken, alone=alone, misnamed=GOOD)
    with pytest.raises(InputError) as refused:
        read_measures_in(folder)
    told = {(one.location.file, one.location.field) for one in refused.value.problems}
    assert ("indicators/broken.yaml", "polarity") in told
    assert ("indicators/broken.yaml", "freqency") in told
    assert ("indicators/misnamed.yaml", "id") in told
    assert any(one.location.file == "indicators/alone.yaml" for one in refused.value.problems)
    assert all(one.location.line for one in refused.value.problems)


def test_one_identifier_in_two_folders_is_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        _written(tmp_path / name, **{"ae-4-hours": GOOD})
    with pytest.raises(InputError, match="'ae-4-hours' is used twice"):
        read_measures_in(tmp_path)


@pytest.mark.parametrize("text", ["", "- a list\n", "just words\n"])
def test_file_that_is_no_definition_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"indicators/empty\.yaml"):
        read_measures_in(_written(tmp_path, empty=text))
