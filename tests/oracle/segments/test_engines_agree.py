"""The same job on DuckDB and on a real cluster of several processes: the same rows, costs to the penny."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pyspark
import pytest
from tests.oracle.segments.clusters import TWO_WORKERS
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.random_records import PERIOD
from tests.oracle.segments.slow import slow_people, slow_segment
from tests.oracle.segments.tables import POLARS

from placeplan.app.segments.definitions import read_contract, read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.spark_engine import SparkEngine
from placeplan.kernel.errors import InputError
from placeplan.segments.checking import QualityReport, quality_of
from placeplan.segments.concentration import spend_bins
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.practice_variation import MIX, event_sums
from placeplan.segments.results import Dimension, matrix, outside, placed
from placeplan.segments.segmenting import segmented
from placeplan.segments.transitions import moves_between
from placeplan.segments.variance_explained import cost_sums

pytestmark = pytest.mark.xdist_group("spark")
PEOPLE, SEED, EVENTS_OF_ONE = 300, 3, 10_000
BY = [Dimension.SEGMENT, Dimension.AGE_BAND, Dimension.SEX]
DATES = [
    "2017-03-01", "2017-3-1", "17-03-01", "12017-03-01", "2017-02-30", "1/2/2017", "31/02/2017", "20170301", "2017031",
    "2017-03", "201703", "2017", "2017-03-01 10:00:00", "2017-03-01  1:2:3", "2017-03-01T10:00:00", "00/01/2017",
    "2017-03-01 24:00:00", " 2017-03-01\u00a0", "\t2017-03-01", "9999-12-31", "2016-02-29", "20170229", "n/a", "",
]  # fmt: skip
NUMBERS = [
    "5", "5.0", "+5", "-3", " 7 ", "\u00a07", "5.5", "nan", "inf", "1e5", "1_000", "1d", ".5", "5.", "1,5", "007",
    "9007199254740993.0", "99999999999999999999", "１", "--1", "5\t", "",
]  # fmt: skip
TOLD = ("practice", "sex", "small_area", "age", "events", "bed_days", "spend_pence")
Engine = DuckDBEngine | SparkEngine


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkEngine]:
    with SparkEngine(TWO_WORKERS) as engine:
        logs = Path(pyspark.__file__).parent / "work" / engine.session.sparkContext.applicationId
        yield engine
    shutil.rmtree(logs, ignore_errors=True)


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDBEngine]:
    with DuckDBEngine(threads=1) as engine:
        yield engine


def records_of_people() -> dict[str, list[dict[str, Any]]]:
    tables = large_records(read_definitions(), people=PEOPLE, seed=SEED)
    often = [{**tables["activity"][0], "event": str(number), "cost_pence": number} for number in range(EVENTS_OF_ONE)]
    return tables | {"activity": [*tables["activity"], *often], "care_packages": []}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundred people as Parquet, one of them with ten thousand events, and nobody with a care package."""
    found = tmp_path_factory.mktemp("records of people")
    for name, rows in records_of_people().items():
        columns = read_contract()[name].columns
        lists = {column.name: [row[column.name] for row in rows] for column in columns}
        schema = {column.name: POLARS.get(column.kind, pl.String) for column in columns}
        frame = pl.DataFrame(lists, schema=schema)
        (found / name).mkdir()
        for number, part in enumerate((frame[: len(frame) // 3], frame[len(frame) // 3 :])):
            part.write_parquet(found / name / f"part {number}.parquet")
    return found


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CSV files with everything that is wrong in extracts."""
    found = tmp_path_factory.mktemp("untidy")
    rows = range(len(DATES) * 3)
    keys = [f"p{number % 20:05d}" for number in rows]
    days, wholes = [DATES[n % len(DATES)] for n in rows], [NUMBERS[n % len(NUMBERS)] for n in rows]
    costs = [NUMBERS[n * 7 % len(NUMBERS)] for n in rows]
    settings = [["primary-care", "  outpatient", "Out, patient", 'the "other"\none', ""][n % 5] for n in rows]
    tables = {
        "people": [(f"p{n:05d}", days[n], days[-n], ["male", "MALE", ""][n % 3], "E01") for n in range(20)],
        "registrations": [(k, "G1", day, days[-n]) for n, (k, day) in enumerate(zip(keys, days, strict=True))],
        "activity": [(keys[n], days[n], settings[n], "", "RWF", n % 30, wholes[n], costs[n]) for n in rows],
    }
    for name, lines in tables.items():
        with (found / f"{name}.csv").open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows([read_contract()[name].names, *lines])
    return found


def tables_of(engine: Engine, folder: Path, *, with_rows: bool = False) -> dict[str, Any]:
    every = {table.name: sorted([*folder.glob(f"{table.name}/*"), *folder.glob(f"{table.name}.*")]) for table in
             read_contract().tables}  # fmt: skip
    contract = read_contract()
    return {name: engine.scanned(files, contract[name], with_rows=with_rows) for name, files in every.items() if files}


def results_of(engine: Engine, folder: Path) -> dict[str, pl.DataFrame]:
    """Every person with everything that is known of them under each scheme, and tables of them."""
    tables, features = tables_of(engine, folder), Features(read_definitions())
    people = engine.kept(features.of_people(tables, PERIOD, engine=engine))
    found = {"outside": engine.fetched(outside(people, tables["activity"], period=PERIOD))}
    for scheme in read_schemes():
        told = engine.kept(placed(segmented(people, scheme, markers=features.markers), tables, period=PERIOD))
        found[f"people {scheme.id}"] = engine.fetched(told).sort(PERSON_KEY)
        found[f"table {scheme.id}"] = engine.fetched(matrix(told, BY))
    return found | what_follows(engine, told, tables)


def what_follows(engine: Engine, told: Any, tables: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """What else a run asks of people in segments; some of them stand for those of a later year."""
    later = told.filter(nw.col("sex") != "other")
    asked = {
        "admissions": event_sums(told, tables["activity"], period=PERIOD, setting="emergency-admission"),
        "squares": cost_sums(told, MIX[1:]),
        "bins": spend_bins(told),
        "moves": moves_between(told, later, people=tables["people"], earlier=PERIOD, later=PERIOD),
    }
    frames = {name: engine.fetched(frame) for name, frame in asked.items()}
    return {name: frame.sort(frame.columns) for name, frame in frames.items()}


@pytest.fixture(scope="module")
def on_duckdb(duckdb: DuckDBEngine, folder: Path) -> dict[str, pl.DataFrame]:
    return results_of(duckdb, folder)


@pytest.fixture(scope="module")
def on_spark(spark: SparkEngine, folder: Path) -> dict[str, pl.DataFrame]:
    return results_of(spark, folder)


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_every_person_is_where_somebody_with_the_papers_in_hand_would_put_them_under_every_scheme(
    engine: str, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(f"on_{engine}")
    wanted = slow_people(
        records_of_people(), definitions=read_definitions(), lists=(), period=PERIOD, membership=Membership.ON_ANY_DAY
    )
    for scheme in read_schemes():
        rows = {row[PERSON_KEY]: row for row in found[f"people {scheme.id}"].iter_rows(named=True)}
        assert rows.keys() == wanted.keys()
        for key, person in wanted.items():
            told = {name: person[name] for name in TOLD} | slow_segment(person, scheme)
            assert {name: rows[key][name] for name in told} == told, (scheme.id, key)


def test_every_person_and_every_table_is_the_same_under_every_scheme(
    on_duckdb: dict[str, pl.DataFrame], on_spark: dict[str, pl.DataFrame]
) -> None:
    wanted, found = on_duckdb, on_spark
    assert found.keys() == wanted.keys()
    for name, table in wanted.items():
        assert table.height, name
        assert found[name].rows() == table.rows(), name
        assert found[name].columns == table.columns


def test_every_cell_of_untidy_files_is_the_same(spark: SparkEngine, duckdb: DuckDBEngine, untidy: Path) -> None:
    wanted, found = tables_of(duckdb, untidy, with_rows=True), tables_of(spark, untidy, with_rows=True)
    for name, table in wanted.items():
        rows = duckdb.fetched(table).sort("row_number").rows()
        assert spark.fetched(found[name]).sort("row_number").rows() == rows, name


def test_every_problem_is_counted_and_placed_the_same(
    spark: SparkEngine, duckdb: DuckDBEngine, folder: Path, untidy: Path
) -> None:
    wanted, found = reported(duckdb, folder, untidy=untidy), reported(spark, folder, untidy=untidy)
    assert found.problems
    assert found == wanted


def reported(engine: Engine, folder: Path, *, untidy: Path) -> QualityReport:
    """The check of untidy registrations beside tidy people; each problem costs several jobs."""
    tidy, other = tables_of(engine, folder, with_rows=True), tables_of(engine, untidy, with_rows=True)
    tables = {"people": tidy["people"], "activity": tidy["activity"], "registrations": other["registrations"]}
    return quality_of(tables, read_contract(), extracted=date(2018, 3, 31), engine=engine)


def test_a_large_result_is_written_in_folders_and_read_again(spark: SparkEngine, folder: Path, tmp_path: Path) -> None:
    areas = read_contract()["people"]
    people = tables_of(spark, folder)["people"]
    spark.written(people, tmp_path / "out", by=["sex"])
    files = sorted((tmp_path / "out").rglob("*.parquet"))
    assert {file.parent.name for file in files} == {"sex=female", "sex=male", "sex=other", "sex=unknown"}
    again = spark.fetched(spark.scanned(files, areas)).sort(PERSON_KEY)
    assert again.rows() == spark.fetched(people).sort(PERSON_KEY).rows()
    with pytest.raises(InputError, match="there already"):
        spark.written(people, tmp_path / "out")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"person_key,measure,measured,value\np,smoker,2017-01-01\n", "short.csv: .*more or fewer cells"),
        (b"person_key,measure,measured,value\np,smoker,2017-01-01,1,2\n", "short.csv: .*more or fewer cells"),
        (b"person_key,measure,measured,value\np\xe9,smoker,2017-01-01,1\n", "'person_key' .* not written in UTF-8"),
        (b"person_key,measure,measured,worth\np,smoker,2017-01-01,1\n", "'value' is missing"),
    ],
)
def test_a_broken_file_is_refused(spark: SparkEngine, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "short.csv").write_bytes(content)
    with pytest.raises(InputError, match=told):
        spark.fetched(spark.scanned([tmp_path / "short.csv"], read_contract()["measures"]))


def test_a_later_file_without_a_column_is_refused(spark: SparkEngine, tmp_path: Path) -> None:
    whole = pl.DataFrame({"small_area": ["E1"], "area": ["A"], "deprivation_decile": [1]})
    whole.write_parquet(tmp_path / "1.parquet")
    whole.drop("area").write_parquet(tmp_path / "2.parquet")
    (tmp_path / "3.parquet").write_bytes(b"no Parquet")
    areas = read_contract()["areas"]
    with pytest.raises(InputError, match=r"2\.parquet.*'area' is missing"):
        spark.scanned([tmp_path / "1.parquet", tmp_path / "2.parquet"], areas)
    with pytest.raises(InputError, match=r"3\.parquet: an extract cannot be read"):
        spark.scanned([tmp_path / "1.parquet", tmp_path / "3.parquet"], areas)
    with pytest.raises(InputError, match=r"3\.parquet: an extract cannot be read"):
        spark.scanned([tmp_path / "3.parquet"], areas)
