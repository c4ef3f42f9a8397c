"""One bad cell never hides another row, and never becomes a number that was not written."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from placeplan.app.observation_files import read_observations

HEAD = (
    "org_code,org_name,month,total_attendances,attendances_over_4hours,total_emergency_admissions,"
    "emergency_admissions_over_4hours"
)
GOOD = ["RPA", "Medway", "2021-04", "12000", "3000", "2500", "40"]
WRITABLE = st.characters(exclude_characters=',"\r\n', exclude_categories=("Cs", "Zl", "Zp"))
CELLS = st.text(WRITABLE, max_size=12) | st.sampled_from(["-1", "1e400", "nan", "1,2", "*", "2014-13", "٣"])


@given(st.integers(0, len(GOOD) - 1), CELLS)
def test_one_bad_cell_hides_no_other_row(position: int, cell: str) -> None:
    bad = [*GOOD[:position], f'"{cell}"', *GOOD[position + 1 :]]
    rows = [",".join(row) for row in (GOOD, bad, ["RN7", *GOOD[1:]])]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8", newline="")
        found = read_observations(path, measure_id="ae-4-hours")
    frame = found.observations.frame
    kept = frame["line"].to_list()
    assert [line for line in kept if line != 3] == [2, 4]
    assert (3 in kept) != any(remark.problem.location.line == 3 for remark in found.remarks)
    for line, numerator, denominator in frame.select("line", "numerator", "denominator").rows():
        if line != 3 or position not in {3, 4}:
            assert (numerator, denominator) == (9000, 12000)
