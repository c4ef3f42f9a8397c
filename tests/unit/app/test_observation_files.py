"""From public and tidy files to observations."""

from datetime import date
from pathlib import Path

from placeplan.app.observation_files import read_observations

AE = (
    "org_code,org_name,month,total_attendances,attendances_over_4hours,total_emergency_admissions,"
    "emergency_admissions_over_4hours\n"
)


def written(folder: Path, text: str, *, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_attendances_within_four_hours_are_those_that_are_not_over(tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,12000,3000,2500,40\n")
    read = read_observations(path, measure_id="ae-4-hours")
    row = read.observations.frame.row(0, named=True)
    assert (row["measure"], row["area"], row["area_name"], row["period"]) == ("ae-4-hours", "RPA", "Medway", "2021-04")
    assert (row["starts"], row["ends"], row["frequency"]) == (date(2021, 4, 1), date(2021, 4, 30), "month")
    assert (row["numerator"], row["denominator"], row["status"]) == (9000, 12000, "final")
    assert (row["file"], row["line"]) == ("file.csv", 2)
    assert read.dataset.id == "ae-monthly-trust"


def test_every_measure_of_a_file_is_read_where_none_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,12000,3000,2500,40\n")
    read = read_observations(path)
    assert read.observations.frame["measure"].to_list() == ["ae-4-hours", "emergency-admission-4-hours-bed-wait"]


def test_a_cell_that_cannot_be_read_hides_no_other_row(tmp_path: Path) -> None:
    path = written(tmp_path, AE + "RPA,Medway,2021-04,many,3000,2500,40\nRPA,Medway,2021-05,12000,3000,2500,40\n")
    read = read_observations(path, measure_id="ae-4-hours")
    assert read.observations.frame["period"].to_list() == ["2021-05"]
    (remark,) = read.remarks
    assert str(remark) == (
        "file.csv:2:4 (total_attendances): 'many' cannot be read here. Expected a whole number that is not negative."
    )


def test_trusts_of_the_data_folder(shared_data: Path) -> None:
    read = read_observations(shared_data / "performance" / "ae_monthly_trust_2021_2025.csv", measure_id="ae-4-hours")
    assert len(read.observations) == 352
    assert read.remarks == ()
