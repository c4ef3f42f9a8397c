"""What the engine hands over of each year: whole numbers by segment, small enough to hold. It stays inside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from placeplan.app.segments.running import Segmented
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.features import ACTIVITY_COLUMNS, BED_DAYS, EVENTS, SPEND
from placeplan.segments.periods import Period
from placeplan.segments.results import PEOPLE, Dimension
from placeplan.segments.segmenting import SEGMENT

By = tuple[Dimension, ...]
ON_NO_LIST = "on no list"
STEPS_OF_TEN = 20
MOST_DIGITS = 9
FROM, TO = "before", "after"


@dataclass(frozen=True, eq=False)
class YearResults:
    """Numbers of one year, nothing held back.

    ``tables`` by their dimensions; ``settings`` the same with the setting; ``use`` counts the people with an event in
    each segment and setting; ``outside`` is what belongs to nobody on a list; ``by_cost`` has people and spend of
    classes of cost, the costliest first.
    """

    period: Period
    tables: Mapping[By, pl.DataFrame]
    settings: Mapping[By, pl.DataFrame]
    use: pl.DataFrame
    outside: Mapping[str, int]
    by_cost: pl.DataFrame

    @property
    def people(self) -> int:
        """Everybody on a list."""
        return int(next(iter(self.tables.values()))[PEOPLE].sum())


def year_results(
    found: Segmented, asked: Sequence[By], *, with_settings: bool, step: Callable[[str], None]
) -> YearResults:
    """Everything that is made of the people of one year.

    Args:
        found: the segmented people.
        asked: dimensions of each table.
        with_settings: whether the tables are needed by setting too, for scaling.
        step: told after each table.
    """
    tables: dict[By, pl.DataFrame] = {}
    settings: dict[By, pl.DataFrame] = {}
    for by in asked:
        tables[by] = found.table(by)
        if with_settings:
            settings[by] = found.table_by_setting((*by, Dimension.SETTING))
        step(f"{found.period.name}: by {' and '.join(by)}")
    fetched = found.engine.fetched
    outside = found.outside().row(0, named=True)
    return YearResults(
        found.period, tables, settings, fetched(_use(found)), outside, fetched(_by_cost(found.people)).sort("class")
    )


def _use(found: Segmented) -> Frame:
    """People with an event, events, bed days and pence by segment and setting, in one pass."""
    days = nw.col("date")
    of_period = found.activity.filter(days >= found.period.first, days <= found.period.last)
    each = of_period.group_by(PERSON_KEY, "setting").agg(
        nw.len().alias(EVENTS),
        nw.col("bed_days").sum().alias(BED_DAYS),
        nw.col("cost_pence").sum().alias(SPEND),
    )
    joined = each.join(found.people.select(PERSON_KEY, SEGMENT), on=PERSON_KEY, how="inner")
    sums = [nw.col(name).fill_null(0).sum() for name in ACTIVITY_COLUMNS]
    counted = joined.group_by(SEGMENT, "setting").agg(nw.len().alias(PEOPLE), *sums)
    return counted.with_columns(nw.col(PEOPLE, *ACTIVITY_COLUMNS).cast(nw.Int64)).sort(SEGMENT, "setting")


def _by_cost(people: Frame) -> Frame:
    """People and pence of classes of cost, twenty to each tenfold; class 0 is the costliest."""
    steps = [round(10 ** (place / STEPS_OF_TEN)) for place in range(MOST_DIGITS * STEPS_OF_TEN)]
    above = nw.lit(0)
    for limit in sorted(set(steps), reverse=True):
        above = above + nw.when(nw.col(SPEND) < limit).then(1).otherwise(0)
    counted = people.select(above.alias("class"), nw.col(SPEND)).group_by("class")
    found = counted.agg(nw.len().alias(PEOPLE), nw.col(SPEND).sum())
    return found.with_columns(nw.col(PEOPLE, SPEND).cast(nw.Int64))


def moves(first: Segmented, second: Segmented) -> pl.DataFrame:
    """People by the segment of one year and that of the next; who is on no list in one of them stands there as such."""
    blank = nw.lit(None, dtype=nw.String)
    before = first.people.select(PERSON_KEY, nw.col(SEGMENT).alias(FROM), blank.alias(TO))
    after = second.people.select(PERSON_KEY, blank.alias(FROM), nw.col(SEGMENT).alias(TO))
    both = nw.concat([before, after]).group_by(PERSON_KEY).agg(nw.col(FROM).max(), nw.col(TO).max())
    named = both.with_columns(nw.col(FROM, TO).fill_null(ON_NO_LIST))
    counted = named.group_by(FROM, TO).agg(nw.len().alias(PEOPLE)).with_columns(nw.col(PEOPLE).cast(nw.Int64))
    return first.engine.fetched(counted).sort(FROM, TO)
