"""Extracts as they come: damaged, mixed, renamed, repeated. One clear message, or the right answer; nothing between."""

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.unit.segments.test_dataset_folder import FILES, PAPERS, TODAY, run

from placeplan.app.segments.datasets import check_dataset, open_dataset
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.kernel.errors import InputError
from placeplan.segments.results import Dimension

WANTED = [("dementia", 1, 1, 3, 100_001), ("mostly-healthy", 1, 0, 0, 0), ("one-to-three-conditions", 1, 1, 0, 5_000)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dataset.yaml").write_text(PAPERS, encoding="utf-8")
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def answer(folder: Path, **settings: Any) -> list[tuple[Any, ...]]:
    with DuckDBEngine(threads=1, **settings) as engine:
        return run(folder, engine).table([Dimension.SEGMENT]).rows()


def said(folder: Path, **settings: Any) -> str:
    with pytest.raises(InputError) as caught:
        answer(folder, **settings)
    words = str(caught.value)
    assert str(folder) not in words, "a path of this machine is in the message"
    return words


def added(folder: Path, name: str, rows: str) -> None:
    path = folder / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b"\xe9,1950-01,,male,E01\n", "people.csv:5: some bytes are not UTF-8 text"),
        (b"x,1950-01\n", "people.csv:5: 2 cells"),
        (b"x,1950-01,,male,E01,more\n", "people.csv:5: 6 cells"),
        (b'x,"1950-01,,male,E01\n', "people.csv:5: a quotation mark is opened and never closed"),
    ],
)
def test_a_row_that_breaks_the_file_is_named_by_its_line(folder: Path, row: bytes, words: str) -> None:
    people = folder / "people.csv"
    people.write_bytes(people.read_bytes() + row)
    assert words in said(folder)


def test_a_wide_encoding_is_told_by_its_name(folder: Path) -> None:
    (folder / "people.csv").write_bytes(FILES["people"].encode("utf-16"))
    assert "people.csv:1: this file is written in UTF-16" in said(folder)


def test_a_mark_of_byte_order_and_windows_lines_do_not_matter(folder: Path) -> None:
    (folder / "people.csv").write_bytes(b"\xef\xbb\xbf" + FILES["people"].replace("\n", "\r\n").encode())
    assert answer(folder) == WANTED


def test_parts_may_have_their_columns_in_another_order(folder: Path) -> None:
    (folder / "people").mkdir()
    heading, *rows = FILES["people"].splitlines()
    (folder / "people" / "1.csv").write_text("\n".join([heading, rows[0]]), encoding="utf-8")
    turned = [
        "small_area,extra,sex,death_month,birth_month,person_key",
        ",x,male,,17/06/1980,b",
        "E02,x,other,,20200101,c",
    ]
    with gzip.open(folder / "people" / "2.csv.gz", "wt", encoding="utf-8") as part:
        part.write("\n".join(turned))
    (folder / "people.csv").unlink()
    assert answer(folder) == WANTED


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_part_must_have_every_column(folder: Path, kind: str) -> None:
    (folder / "people").mkdir()
    frame = pl.read_csv(folder / "people.csv", infer_schema=False)
    (folder / "people.csv").unlink()
    for name, part in (("1", frame), ("2", frame.rename({"sex": "sex_code"}))):
        path = folder / "people" / f"{name}.{kind}"
        part.write_csv(path) if kind == "csv" else part.write_parquet(path)
    assert f"2.{kind}:1 (sex): the column 'sex' is missing. Is it called 'sex_code' here?" in said(folder)


@pytest.mark.parametrize("damage", ["cut", "inside"])
def test_damaged_parquet_is_named(folder: Path, damage: str) -> None:
    pl.concat([pl.read_csv(folder / "diagnoses.csv", infer_schema=False)] * 5_000).write_parquet(folder / "d.parquet")
    whole = bytearray((folder / "d.parquet").read_bytes())
    if damage == "inside":
        whole[4:400] = b"\xff" * 396
    (folder / "d.parquet").unlink()
    (folder / "diagnoses.csv").unlink()
    (folder / "diagnoses.parquet").write_bytes(whole if damage == "inside" else whole[: len(whole) // 2])
    words = said(folder)
    assert "Write this file afresh" in words
    assert damage == "inside" or "diagnoses.parquet" in words


def test_codes_and_dates_may_be_written_in_several_ways(folder: Path) -> None:
    written = [" f00.1 ", "F00", "f001", "F00.1"]
    days = ["2015-02-03", "03/02/2015", "20150203", "2015-02-03"]
    for code, day in zip(written, days, strict=True):
        rows = FILES["diagnoses"].splitlines()
        rows[1] = f"a,icd10,{code},{day},gp"
        (folder / "diagnoses.csv").write_text("\n".join(rows), encoding="utf-8")
        assert answer(folder) == WANTED


def test_rows_that_cannot_be_read_change_nothing_about_the_others(folder: Path) -> None:
    added(folder, "people", "x,rubbish,,?,\n")
    added(folder, "registrations", "b,G9,rubbish,\nx,,,\n")
    added(folder, "diagnoses", "c,icd10,F00,31/02/2015,gp\nc,icd10,F00,,gp\n")
    added(folder, "activity", "a,rubbish,outpatient,,RWF,9,,100\n,2025-05-01,outpatient,,RWF,9,,100\n")
    assert answer(folder) == WANTED
    with DuckDBEngine(threads=1) as engine:
        found = {(one.table, str(one.kind)) for one in check_dataset(folder, engine, today=TODAY).problems}
    assert {("people", "unreadable"), ("diagnoses", "unreadable"), ("activity", "unreadable")} <= found


def test_a_person_with_ten_thousand_events_counts_once(folder: Path) -> None:
    rows = (f"a,{date(2025, 4, 1 + n % 28)},outpatient,,RWF,n{n},,7" for n in range(10_000))
    added(folder, "activity", "\n".join(rows) + "\n")
    added(folder, "diagnoses", "a,icd10,F00,2015-02-03,gp\n" * 10_000)
    assert answer(folder)[0] == ("dementia", 1, 10_001, 3, 100_001 + 70_000)


def test_no_room_for_what_does_not_fit_is_one_clear_message(folder: Path, tmp_path: Path) -> None:
    keys = pl.select(pl.format("{}-{}", pl.int_range(300_000), pl.lit("x" * 60)).alias("person_key"))
    people = keys.with_columns(
        birth_month=pl.lit("1950-01"), death_month=pl.lit(""), sex=pl.lit("male"), small_area=pl.lit("")
    )
    spells = keys.with_columns(practice=pl.lit("G1"), start=pl.lit("2001-01-01"), end=pl.lit(""))
    people.write_csv(folder / "people.csv")
    spells.write_csv(folder / "registrations.csv")
    (tmp_path / "full").mkdir()
    before = sorted(folder.rglob("*"))
    words = said(folder, memory="20MB", temporary=tmp_path / "full", most_temporary="1MB")
    assert words.startswith(("temporary folder: there is no room left", "memory: the engine ran out of memory"))
    assert sorted(folder.rglob("*")) == before, "something half written was left"


def test_nothing_is_read_before_the_columns_are_known(folder: Path) -> None:
    (folder / "people.csv").write_text("", encoding="utf-8")
    with DuckDBEngine(threads=1) as engine, pytest.raises(InputError) as caught:
        open_dataset(folder, engine, today=TODAY)
    assert "people.csv: the file is empty" in str(caught.value)
