"""Runs the job: segments the people of each period once, holds them, and makes tables of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from placeplan.app.segments.dataset_engine import DatasetEngine
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.features import ACTIVITY_COLUMNS, LONG_TERM, Features
from placeplan.segments.membership import AGE
from placeplan.segments.packages import with_packages
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension, by_setting, matrix, outside, placed
from placeplan.segments.schemes import Scheme
from placeplan.segments.segmenting import AGE_BAND, RULE, SEGMENT, segmented

HELD = (
    PERSON_KEY, "practice", "sex", "small_area", AGE, LONG_TERM, *ACTIVITY_COLUMNS, RULE, SEGMENT, AGE_BAND,
    "period", "area", "deprivation_decile", "cluster",
)  # fmt: skip


@dataclass(frozen=True)
class Segmented:
    """The people of one period, one row each, held by the engine. Person level: it does not leave as it is."""

    period: Period
    scheme: Scheme
    features: Features
    people: Frame
    activity: Frame
    engine: DatasetEngine

    def table(self, by: Sequence[Dimension]) -> pl.DataFrame:
        """People, events, bed days and pence by a set of dimensions. No small number is held back here."""
        return self.engine.fetched(matrix(self.people, by))

    def table_by_setting(self, by: Sequence[Dimension]) -> pl.DataFrame:
        """Events, bed days and pence by a set of dimensions, the setting among them."""
        return self.engine.fetched(by_setting(self.people, self.activity, period=self.period, by=by))

    def outside(self) -> pl.DataFrame:
        """Events, bed days and pence that belong to nobody in the population: one row."""
        return self.engine.fetched(outside(self.people, self.activity, period=self.period))


def segment(
    tables: Mapping[str, Frame],
    period: Period,
    *,
    scheme: Scheme,
    features: Features,
    engine: DatasetEngine,
    also: Sequence[str] = (),
    packages: bool = False,
) -> Segmented:
    """Put every person of a period in one segment, and hold the answer.

    Only what tables are made of is held; the engine then leaves out whatever no rule asks for.

    Args:
        tables: frames as the contract has them.
        period: the days.
        scheme: the segments and their rules.
        features: what a person may have, and whom to count.
        engine: holds the frames.
        also: further columns of ``Features.of_people`` to hold, such as ``frailty_level`` or a score.
        packages: count care packages as activity in a setting of their own; see ``placeplan.segments.packages``.

    Raises:
        InputError: an extract cannot be read.
    """
    tables = with_packages(tables, period) if packages else tables
    people = features.of_people(tables, period, engine=engine)
    told = placed(segmented(people, scheme, markers=features.markers), tables, period=period)
    held = engine.kept(told.select(*HELD, *also))
    return Segmented(period, scheme, features, held, tables["activity"], engine)
