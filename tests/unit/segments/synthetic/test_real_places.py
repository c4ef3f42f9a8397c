"""People in real small areas with real practices, from the open data beside the checkout."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from placeplan.app.segments.datasets import check_dataset
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.margins import margins
from placeplan.app.segments.synthesising import SynthesisRequest, synthesise
from placeplan.kernel.errors import InputError

TODAY = date(2026, 11, 22)
PEOPLE = 20_000


@pytest.fixture(scope="module")
def west_kent(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "west-kent"
    synthesise(SynthesisRequest("west-kent", PEOPLE, 1, 1, folder, shared_data), step=lambda _words: None)
    return folder


@pytest.fixture(scope="module")
def found(west_kent: Path, shared_data: Path) -> pl.DataFrame:
    return margins(west_kent, data=shared_data, today=TODAY)


def test_the_contract_holds(west_kent: Path) -> None:
    with DuckDBEngine() as engine:
        assert check_dataset(west_kent, engine, today=TODAY).problems == ()


def test_areas_and_practices_are_real_and_say_so(west_kent: Path) -> None:
    areas = pl.read_parquet(west_kent / "areas" / "*.parquet")
    practices = pl.read_parquet(west_kent / "practices" / "*.parquet")
    assert areas.height == 278
    assert areas["small_area"].str.starts_with("E01").all()
    assert practices["practice"].str.contains(r"^[A-Z]\d{5}$").all()
    assert "278 real small areas" in (west_kent / "README.md").read_text(encoding="utf-8")


def test_people_are_where_and_as_old_as_the_real_ones(found: pl.DataFrame) -> None:
    areas = found.filter(pl.col("margin") == "people by small area and age")
    assert (areas["made_up"] - areas["set_beside"]).abs().max() < 4
    lists = found.filter(pl.col("margin") == "people by practice")
    assert lists["relative_difference"].abs().median() < 0.1


def test_what_the_document_prints_comes_out_within_a_fifth_for_few_people(found: pl.DataFrame) -> None:
    printed = found.filter(pl.col("margin") == "printed figures")
    assert printed.height == 6
    assert printed["relative_difference"].abs().max() < 0.2


def test_registers_stand_beside_what_came_out(found: pl.DataFrame) -> None:
    registers = found.filter(pl.col("margin") == "people with a condition")
    assert registers.height == 19
    assert registers["source"].str.contains("QOF register").all()


def test_margins_of_a_real_place_want_the_data_folder(west_kent: Path) -> None:
    with pytest.raises(InputError, match="Give it with --data DIR"):
        margins(west_kent, data=None, today=TODAY)
