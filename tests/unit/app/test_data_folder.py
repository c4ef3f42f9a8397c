"""Which data folder is meant, what is in it, and whether it can be read."""

from pathlib import Path

import pytest

from placeplan.app.data_folder import (
    VARIABLE,
    CheckedFile,
    checked_files,
    data_folder,
    described_dataset,
    described_datasets,
    files_to_check,
)
from placeplan.kernel.errors import InputError

AREAS = "lsoa11_code,ltla21_code,ccg_ods,ccg_name\n"
KEPT = "geography/lsoa11_to_ccg_pre2020_kent_medway.csv"


def filled(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def checked(folder: Path) -> list[CheckedFile]:
    opened = data_folder(folder)
    return list(checked_files(opened, files_to_check(opened)))


def test_the_folder_that_is_given_comes_before_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, other = tmp_path / "given", tmp_path / "other"
    filled(given, {KEPT: AREAS})
    other.mkdir()
    monkeypatch.setenv(VARIABLE, str(other))
    assert data_folder(given).path == given
    assert data_folder(None).path == other


def test_without_a_folder_the_message_says_how_to_give_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(InputError, match="Give one with --data DIR, or set PLACEPLAN_DATA"):
        data_folder(None)


def test_a_folder_that_is_not_there_or_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        data_folder(tmp_path / "none")
    filled(tmp_path, {"file.csv": AREAS})
    with pytest.raises(InputError, match="this is a file"):
        data_folder(tmp_path / "file.csv")


def test_a_file_is_known_by_its_path_by_its_bare_name_and_by_its_headings(tmp_path: Path) -> None:
    rows = AREAS + "E01016016,E06000035,09W,NHS Medway CCG\n"
    names = (KEPT, "lsoa11_to_ccg_pre2020_kent_medway.csv", "mine/whatever.csv")
    folder = data_folder(filled(tmp_path, dict.fromkeys(names, rows)))
    assert folder.files == {"lsoa11-to-ccg-pre2020-kent-medway": tuple(sorted(names))}
    assert folder.find("lsoa11-to-ccg-pre2020-kent-medway")[0] == tmp_path / KEPT


def test_files_that_fit_nothing_are_named_and_notes_and_hidden_files_are_not(tmp_path: Path) -> None:
    files = {"strange.csv": "a,b\n1,2\n", "picture.dat": "x", "README.md": "notes", ".hidden/x.csv": "a\n1\n"}
    assert data_folder(filled(tmp_path, files)).unknown == ("picture.dat", "strange.csv")


def test_a_data_set_that_is_not_there_says_where_it_is_published(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"published by NHS England: A&E Attendances"):
        data_folder(tmp_path).find("ae-monthly-trust")
    with pytest.raises(InputError, match="Did you mean ae-monthly-trust"):
        data_folder(tmp_path).find("ae-monthly-trusts")


def test_a_clean_file(tmp_path: Path) -> None:
    (one,) = checked(filled(tmp_path, {KEPT: AREAS + "E01016016,E06000035,09W,NHS Medway CCG\n"}))
    assert (one.file, one.rows, one.columns, one.unreadable, one.kinds) == (KEPT, 1, 4, False, ())


def test_problems_are_counted_by_kind_and_the_first_located(tmp_path: Path) -> None:
    rows = "E01016016,E06000035,09W,Medway\nE01016016,E06000035,09W,Medway\n,E06000035,09W,Medway\n"
    (one,) = checked(filled(tmp_path, {KEPT: AREAS + rows}))
    assert one.kinds == (
        ("cells of 'lsoa11_code' cannot be read", 1),
        ("rows have the lsoa11_code of another row", 2),
    )
    assert [problem.location.line for problem in one.first] == [4, 2]


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    other = "geography/lsoa11_to_lsoa21.csv"
    found = checked(filled(tmp_path, {KEPT: AREAS + "E01016016,E06000035\n", other: ""}))
    assert [(one.file, one.unreadable) for one in found] == [(KEPT, True), (other, True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is not JSON"),
        ('{"type": "FeatureCollection", "features": []}', "there are no features"),
        ('{"features": [{"properties": {"ltla21_code": "E07000105"}}]}', "this feature has no area"),
    ],
)
def test_boundaries_that_cannot_be_drawn(text: str, said: str, tmp_path: Path) -> None:
    (one,) = checked(filled(tmp_path, {"geography/lad21_boundaries.geojson": text}))
    assert one.kinds
    assert said in one.first[0].message


def test_data_sets_that_are_folders_are_counted_and_not_looked_into(tmp_path: Path) -> None:
    files = {f"synthetic/fhir_r4_bundles/{name}.json": "{}" for name in "ab"}
    (one,) = checked(filled(tmp_path, files))
    assert (one.file, one.rows, one.columns) == ("synthetic/fhir_r4_bundles", 2, 0)


def test_every_data_set_says_what_it_unlocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    every = described_datasets()
    assert all(each.unlocks and each.publisher and each.licence for each in every)
    assert described_dataset("ae-monthly-trust").measures == ("ae-4-hours", "emergency-admission-4-hours-bed-wait")


def test_a_description_says_what_is_there(tmp_path: Path) -> None:
    filled(tmp_path, {KEPT: AREAS})
    assert described_dataset("lsoa11-to-ccg-pre2020-kent-medway", tmp_path).there == (KEPT,)
