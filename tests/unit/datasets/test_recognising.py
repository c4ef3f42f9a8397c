"""Which data set a file is, by its headings and its name."""

import pytest
from tests.unit.datasets.tables import column, dataset

from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.recognising import is_named_as, recognised
from placeplan.datasets.types import Catalogue, Column, Dataset, Kind, Licence
from placeplan.kernel.errors import InputError

LICENCE = Licence(id="ogl-3", title="Open", attribution="Say so.")
ONE = dataset(column("area", Kind.AREA), column("count", Kind.COUNT), grain=("area",))
SAME = ONE.model_copy(update={"id": "same", "files": ("tests/same_*.csv",)})
YEARS = Column(pattern=r"20\d\d", kind=Kind.COUNT, words="A year.")
BY_YEAR = dataset(column("area", Kind.AREA), YEARS, grain=("area",)).model_copy(update={"id": "by-year"})


def among(*datasets: Dataset) -> Catalogue:
    return Catalogue(datasets=datasets, licences=(LICENCE,))


def test_the_headings_tell() -> None:
    catalogue = among(ONE, BY_YEAR)
    assert recognised(["count", "area", "note"], "x.csv", file="x.csv", catalogue=catalogue).id == "small"
    assert recognised(["area", "2014", "2015"], "x.csv", file="x.csv", catalogue=catalogue).id == "by-year"


def test_the_data_set_that_describes_most_is_taken() -> None:
    wider = dataset(column("area", Kind.AREA), column("count", Kind.COUNT), column("note"), grain=("area",))
    catalogue = among(ONE, wider.model_copy(update={"id": "wider"}))
    assert recognised(["area", "count", "note"], "x.csv", file="x.csv", catalogue=catalogue).id == "wider"
    assert recognised(["area", "count"], "x.csv", file="x.csv", catalogue=catalogue).id == "small"


def test_the_name_decides_between_data_sets_of_the_same_headings() -> None:
    catalogue = among(ONE, SAME)
    assert recognised(["area", "count"], "same_2014.csv", file="x.csv", catalogue=catalogue).id == "same"
    with pytest.raises(InputError, match=r"the headings fit small, same\. Say which data set it is\."):
        recognised(["area", "count"], "x.csv", file="x.csv", catalogue=catalogue)


def test_headings_that_fit_nothing_are_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="Nearest: small lacks 'count'"):
        recognised(["area", "counts"], "x.csv", file="x.csv", catalogue=among(ONE))


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("tests/small_2014.csv", True),
        ("tests/small_2014.parquet", True),
        ("small_2014.csv", True),
        ("other/small_2014.csv", False),
        ("tests/deeper/small_2014.csv", False),
        ("tests/small.csv", False),
    ],
)
def test_a_name_fits_below_the_folder_or_bare(name: str, fits: bool) -> None:
    assert is_named_as(ONE, name) is fits


def test_a_data_set_that_is_a_folder_holds_everything_below_it_and_nothing_else() -> None:
    bundles = read_catalogue()["fhir-r4-bundles"]
    assert is_named_as(bundles, "synthetic/fhir_r4_bundles/one/two.json")
    assert not is_named_as(bundles, "two.json")


def test_two_data_sets_never_fit_one_file_of_the_catalogue() -> None:
    every = read_catalogue().datasets
    for each in every:
        name = each.files[0].replace("**", "x").replace("*", "2014")
        assert [other.id for other in every if is_named_as(other, name)] == [each.id]
