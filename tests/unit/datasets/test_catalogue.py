"""The catalogue: whole, in order, and true to the files that stand in the data folder."""

import csv
from pathlib import Path

import pytest

from placeplan.datasets.catalogue import FOLDER, LICENCES, read_catalogue, read_catalogue_in
from placeplan.datasets.folder import open_folder
from placeplan.datasets.geojson_reading import read_boundaries
from placeplan.datasets.reading import read_table
from placeplan.datasets.recognising import recognise
from placeplan.datasets.types import Dataset, Form
from placeplan.kernel.errors import InputError

DATASETS = read_catalogue().datasets
TABLES = [each for each in DATASETS if each.form is Form.TABLE and each.group != "own"]
BOUNDARIES = [each for each in DATASETS if each.form is Form.GEOJSON and each.group != "own"]
# Rows that share their key as published: the file does not say what tells them apart.
SHARED_KEYS = {"comorbidity-icd10-map": 4, "ccg-core-allocations": 2, "practice-smoking-prevalence-qof": 84}


def files_of(dataset: Dataset, folder: Path) -> list[Path]:
    return sorted(path for pattern in dataset.files for path in folder.glob(pattern))


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda each: each.id)
def test_a_data_set_of_made_up_people_says_so(dataset: Dataset) -> None:
    assert dataset.synthetic == (dataset.group == "synthetic")


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda each: each.id)
def test_addresses_are_those_of_publishers(dataset: Dataset) -> None:
    address = dataset.publication.address or "https://"
    assert address.startswith("https://")
    assert not any(place in address for place in ("github", "pypi", "cran", "raw."))


@pytest.mark.parametrize("dataset", TABLES, ids=lambda each: each.id)
def test_every_table_of_the_folder_is_read_without_a_problem(dataset: Dataset, shared_data: Path) -> None:
    files = files_of(dataset, shared_data)
    assert files
    for path in files:
        read = read_table(path, dataset)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
        assert (read.rows, read.frame.height, read.problems, read.unknown) == (rows, rows, (), ())
        assert recognise(path).id == dataset.id


@pytest.mark.parametrize("dataset", TABLES, ids=lambda each: each.id)
def test_the_key_names_one_row(dataset: Dataset, shared_data: Path) -> None:
    for path in files_of(dataset, shared_data):
        frame = read_table(path, dataset).frame
        shared = frame.select(dataset.grain).is_duplicated().sum() if dataset.grain else 0
        assert shared == SHARED_KEYS.get(dataset.id, 0)


@pytest.mark.parametrize("dataset", BOUNDARIES, ids=lambda each: each.id)
def test_every_boundary_of_the_folder_can_be_drawn(dataset: Dataset, shared_data: Path) -> None:
    (path,) = files_of(dataset, shared_data)
    read = read_boundaries(path, dataset)
    assert read.problems == ()
    keys = [tuple(feature["properties"][name] for name in dataset.grain) for feature in read.features]
    assert len(set(keys)) == read.rows


def test_every_file_of_the_folder_but_the_plans_is_known(shared_data: Path) -> None:
    folder = open_folder(shared_data, read_catalogue())
    assert [name for name in folder.unknown if not name.startswith("plans/")] == []
    assert set(folder.files) == {each.id for each in DATASETS if each.group != "own"}


def test_a_catalogue_that_contradicts_itself_is_refused_with_its_place(tmp_path: Path) -> None:
    text = (FOLDER / "catalogue" / "ae-monthly-trust.yaml").read_text(encoding="utf-8")
    (tmp_path / "other.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "ae-monthly-trust.yaml").write_text(text.replace("grain: [org_code", "grain: [trust"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_catalogue_in(tmp_path, licences=FOLDER / LICENCES)
    first, second = map(str, caught.value.problems)
    assert "speaks of columns that it does not describe: trust" in first
    assert second.startswith("datasets/catalogue/other.yaml:1:5 (id): 'ae-monthly-trust' stands in a file called other")


def test_a_licence_that_is_not_there_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "catalogue" / "ae-monthly-trust.yaml").read_text(encoding="utf-8")
    (tmp_path / "ae-monthly-trust.yaml").write_text(text.replace("ogl-3", "secret"), encoding="utf-8")
    with pytest.raises(InputError, match="there is no licence called secret"):
        read_catalogue_in(tmp_path, licences=FOLDER / LICENCES)
