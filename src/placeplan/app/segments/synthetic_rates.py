"""Published rates of hospital activity by age and sex, for the people of a synthetic place to keep to."""

from collections.abc import Mapping

import polars as pl

from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.kernel.errors import InputError
from placeplan.segments.synthetic.use import PublishedRates

RATES = "hospital-activity-rates-by-age-sex"
# Which area of the file: the board that the eight groups of Kent and Medway became.
AREA = "Kent and Medway ICB"


def published_rates(folder: DataFolder) -> Mapping[str, PublishedRates]:
    """Events a person a year by group, from the last file of the data folder; none where it has no such file.

    Raises:
        InputError: the file has rows that cannot be read.
    """
    if RATES not in folder.files:
        return {}
    read = read_table(folder.find(RATES)[-1], folder.catalogue[RATES])
    if read.problems:
        raise InputError(read.problems)
    of_area = read.frame.filter(pl.col("area_name") == AREA).sort("age")
    return {
        group: PublishedRates(tuple(rows["age"]), tuple(rows["rate_f"]), tuple(rows["rate_m"]))
        for (group,), rows in of_area.drop_nulls(["rate_f", "rate_m"]).group_by("group", maintain_order=True)
        if isinstance(group, str)
    }
