"""Observations that are written and read again are the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from placeplan.app.observation_files import read_observations
from placeplan.app.tidy_observations import COLUMNS, write_observations
from placeplan.indicators.observed.observations import Status, observations_from

TEXTS = st.text(alphabet='abcÉ ,"\n-–', max_size=8).map(lambda text: " ".join(text.split(" ")).strip())
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
PERIODS = st.sampled_from(
    [("2014-04", "month"), ("2014-15 Q1", "quarter"), ("2014-15", "financial-year"), ("2014", "calendar-year")]
)
ROWS = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["ae-4-hours", "EF1", "ours"]),
        "area": TEXTS.filter(bool),
        "area_name": TEXTS,
        "of": PERIODS,
        "sex": st.sampled_from(["", "female", "male"]),
        "age": st.sampled_from(["", "0", "65-69", "90+"]),
        "category": TEXTS,
        **dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), NUMBERS),
        "status": st.sampled_from([status.value for status in Status]),
        "source": TEXTS,
    }
)


@given(st.lists(ROWS, min_size=1, max_size=5), st.sampled_from(["out.csv", "out.parquet"]))
def test_round_trip(rows: list[dict[str, object]], name: str) -> None:
    flat = [{**row, "period": row["of"][0], "frequency": row["of"][1]} for row in rows]  # type: ignore[index]
    frame = pl.DataFrame(flat, infer_schema_length=None).drop("of")
    observations = observations_from(frame)
    with TemporaryDirectory() as folder:
        write_observations(observations, Path(folder) / name)
        again = read_observations(Path(folder) / name)
    assert again.remarks == ()
    assert again.observations.frame.select(COLUMNS).equals(observations.frame.select(COLUMNS))
