"""A file of made-up observations, for those who have none at hand."""

from pathlib import Path

from placeplan.app.tidy_observations import write_observations
from placeplan.indicators.observed.synthetic_observations import synthetic_observations


def write_example(path: Path, *, seed: int = 1) -> None:
    """Write made-up observations in the tidy layout; every row says that it is synthetic.

    Raises:
        InputError: the file cannot be written, or its name ends neither in ``.csv`` nor in ``.parquet``.
    """
    write_observations(synthetic_observations(seed), path)
