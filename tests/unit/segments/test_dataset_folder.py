"""A folder of extracts, from papers to the table of segments."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from placeplan.app.segments.datasets import check_dataset, open_dataset
from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.published import read_code_lists, read_published_lists
from placeplan.app.segments.running import Segmented, segment
from placeplan.kernel.errors import InputError
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension

TODAY = date(2026, 11, 22)
PERIOD = Period("2025-26", date(2025, 4, 1), date(2026, 3, 31))
PAPERS = """
title: Synthetic records
purpose: Planning of local care
lawful_basis: [Article 6(1)(e)]
agreement: {reference: DSA-1, signed: 2026-04-01, ends: 2027-03-31}
controller: Nobody
opt_outs: applied
extracted: 2026-10-01
synthetic: true
"""
FILES = {
    "people": "person_key,birth_month,death_month,sex,small_area\na,1940-05,,female,E01\nb,17/06/1980,,male,\n"
    "c,20200101,,other,E02\n",
    "registrations": "person_key,practice,start,end\na,G1,2001-01-01,\nb,G1,2001-01-01,2025-05-01\nc,G2,2020-02-01,\n",
    "diagnoses": "person_key,code_system,code,recorded,source\na,icd10,f00.1,2015-02-03,gp\n"
    "b,icd10, I10X ,03/02/2015,gp\n"
    "d,icd10,F20,2015-02-03,gp\n",
    "activity": "person_key,date,setting,point_of_delivery,provider,event,bed_days,cost_pence\n"
    "a,2025-05-01,emergency-admission,,RWF,1,3,100001\nb,2025-04-01,outpatient,,RWF,1,,5000\n"
    "d,2025-04-01,outpatient,,RWF,1,,7\na,2024-05-01,outpatient,,RWF,2,,99\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dataset.yaml").write_text(PAPERS, encoding="utf-8")
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def refused(folder: Path) -> str:
    with DuckDBEngine(threads=1) as engine, pytest.raises(InputError) as caught:
        open_dataset(folder, engine, today=TODAY)
    return str(caught.value)


def run(folder: Path, engine: DuckDBEngine) -> Segmented:
    scheme = next(one for one in read_schemes() if one.id == "kent-2017")
    tables = open_dataset(folder, engine, today=TODAY).tables
    return segment(tables, PERIOD, scheme=scheme, features=Features(read_definitions()), engine=engine)


def test_people_and_spend_by_segment_and_age_band(folder: Path) -> None:
    with DuckDBEngine(threads=1) as engine:
        found = run(folder, engine)
        table = found.table([Dimension.SEGMENT, Dimension.AGE_BAND]).rows()
        by_setting = found.table_by_setting([Dimension.SEGMENT, Dimension.SETTING]).rows()
        left_out = found.outside().rows()
    assert table == [
        ("dementia", "70+", 1, 1, 3, 100_001),
        ("mostly-healthy", "0-15", 1, 0, 0, 0),
        ("one-to-three-conditions", "16-69", 1, 1, 0, 5_000),
    ]
    assert by_setting == [
        ("dementia", "emergency-admission", 1, 3, 100_001),
        ("one-to-three-conditions", "outpatient", 1, 0, 5_000),
    ]
    assert left_out == [(1, 0, 7)]


def test_parquet_in_parts_gives_the_same(folder: Path) -> None:
    with DuckDBEngine(threads=1) as engine:
        wanted = run(folder, engine).table([Dimension.SEGMENT]).rows()
        for name in FILES:
            frame = engine.fetched(open_dataset(folder, engine, today=TODAY).tables[name])
            (folder / name / "part=1").mkdir(parents=True)
            frame.head(1).write_parquet(folder / name / "a.parquet")
            frame.slice(1).write_parquet(folder / name / "part=1" / "b.parquet")
            (folder / f"{name}.csv").unlink()
        assert run(folder, engine).table([Dimension.SEGMENT]).rows() == wanted


def test_check_counts_problems_and_names_no_person(folder: Path) -> None:
    people = folder / "people.csv"
    people.write_text(people.read_text(encoding="utf-8") + "e,rubbish,,?,E01\ne,1950-01,,male,E01\n", encoding="utf-8")
    with DuckDBEngine(threads=1) as engine:
        report = check_dataset(folder, engine, today=TODAY)
    found = {(one.table, str(one.kind), one.column): (one.count, one.rows) for one in report.problems}
    assert found == {
        ("people", "unreadable", "birth_month"): (1, (4,)),
        ("people", "not-allowed", "sex"): (1, (4,)),
        ("people", "repeated", "person_key"): (1, (5,)),
        ("diagnoses", "orphan", "person_key"): (1, (3,)),
        ("activity", "orphan", "person_key"): (1, (3,)),
    }
    assert (report.people, report.spend_pence) == (4, 105_107)
    orphans = next(one for one in report.problems if one.table == "activity")
    assert orphans.spend_pence == 7
    assert orphans.share_of_spend == pytest.approx(7 / 105_107)


def test_dataset_without_papers_does_not_load(folder: Path) -> None:
    (folder / "dataset.yaml").unlink()
    assert "the dataset has no dataset.yaml" in refused(folder)


def test_purpose_is_asked_for_by_name(folder: Path) -> None:
    (folder / "dataset.yaml").write_text(PAPERS.replace("purpose: Planning of local care\n", ""), encoding="utf-8")
    assert "purpose" in refused(folder)


def test_agreement_that_is_over_is_refused(folder: Path) -> None:
    (folder / "dataset.yaml").write_text(PAPERS.replace("ends: 2027-03-31", "ends: 2026-10-31"), encoding="utf-8")
    assert "does not cover 2026-11-22" in refused(folder)


def test_missing_table_and_renamed_columns_are_named(folder: Path) -> None:
    (folder / "activity.csv").unlink()
    assert "the table 'activity' is missing" in refused(folder)
    (folder / "activity.csv").write_text(FILES["activity"].replace("cost_pence", "cost"), encoding="utf-8")
    (folder / "people.csv").write_text(FILES["people"].replace("birth_month", "birthmonth"), encoding="utf-8")
    said = refused(folder)
    assert "activity.csv:1 (cost_pence): the column 'cost_pence' is missing. Is it called 'cost' here?" in said
    assert "people.csv:1 (birth_month): the column 'birth_month' is missing. Is it called 'birthmonth' here?" in said


def test_corrupt_parquet_is_named(folder: Path) -> None:
    (folder / "people.csv").unlink()
    (folder / "people.parquet").write_bytes(b"PAR1 and then nothing")
    assert "people.parquet: " in refused(folder)


def test_two_kinds_of_files_are_refused(folder: Path) -> None:
    pl.DataFrame({"person_key": ["a"]}).write_parquet(folder / "people.parquet")
    assert "has both Parquet and CSV files" in refused(folder)


def test_empty_tables_give_an_empty_answer(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    with DuckDBEngine(threads=1) as engine:
        assert run(folder, engine).table([Dimension.SEGMENT]).is_empty()
        assert check_dataset(folder, engine, today=TODAY).problems == ()


def test_published_lists_are_read_where_the_folder_has_them(shared_data: Path, tmp_path: Path) -> None:
    found = {one.id: one for one in read_published_lists(shared_data, read_definitions())}
    assert {name: len(one.markers) for name, one in found.items()} == {
        "charlson": 17,
        "elixhauser": 31,
        "hospital-frailty": 109,
    }
    assert found["hospital-frailty"].tenths["hospital-frailty/F00"] == 71
    assert read_published_lists(tmp_path, read_definitions()) == ()


def test_codes_of_the_users_own_count_too(folder: Path) -> None:
    rows = FILES["diagnoses"] + "c,snomed, 52448006 ,2025-02-03,gp\nb,read2,Eu20.,2015-02-03,gp\n"
    (folder / "diagnoses.csv").write_text(rows, encoding="utf-8")
    lists = folder / "lists.csv"
    lists.write_text(
        "condition,code_system,code,match\ndementia,snomed,52448006,whole\nserious-mental-illness,read2,Eu2..,beginning\n",
        encoding="utf-8",
    )
    codes = read_code_lists(lists, read_definitions())
    scheme = next(one for one in read_schemes() if one.id == "kent-2017")
    with DuckDBEngine(threads=1) as engine:
        tables = open_dataset(folder, engine, today=TODAY).tables
        features = Features(read_definitions(), code_lists=codes)
        found = segment(tables, PERIOD, scheme=scheme, features=features, engine=engine)
        assert found.table([Dimension.SEGMENT]).select("segment", "people").rows() == [
            ("dementia", 2),
            ("serious-mental-illness", 1),
        ]


def test_code_list_for_no_condition_is_refused(folder: Path) -> None:
    lists = folder / "lists.csv"
    lists.write_text("condition,code_system,code,match\ndementa,snomed,1,all\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_code_lists(lists, read_definitions())
    said = str(caught.value)
    assert "lists.csv:2 (condition): no condition is called 'dementa'" in said
    assert "lists.csv:2 (match): found 'all'" in said
