"""What the engine hands over of each year: whole numbers by segment, small enough to hold. It stays inside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from placeplan.app.segments.running import Segmented
from placeplan.segments.concentration import SpendConcentration, concentration_of, spend_bins
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.features import ACTIVITY_COLUMNS, BED_DAYS, EVENTS, SPEND
from placeplan.segments.periods import Period
from placeplan.segments.practice_variation import MIX, event_groups, event_sums
from placeplan.segments.results import PEOPLE, Dimension
from placeplan.segments.segmenting import SEGMENT
from placeplan.segments.transitions import ENTERING, LEAVING, moves_between
from placeplan.segments.variance_explained import Groups, cost_sums, cost_sums_of

By = tuple[Dimension, ...]
ON_NO_LIST = "on no list"
EMERGENCY = "emergency-admission"
FROM, TO = "before", "after"


@dataclass(frozen=True, eq=False)
class YearResults:
    """Numbers of one year, nothing held back.

    ``tables`` by their dimensions; ``settings`` the same with the setting; ``use`` counts the people with an event in
    each segment and setting; ``outside`` is what belongs to nobody on a list; ``spread`` says how spend is spread over
    people, and is none where somebody cost less than nothing; ``spend`` and ``admissions`` are sums of each practice by
    segment, age band and sex.
    """

    period: Period
    tables: Mapping[By, pl.DataFrame]
    settings: Mapping[By, pl.DataFrame]
    use: pl.DataFrame
    outside: Mapping[str, int]
    spread: SpendConcentration | None
    spend: Mapping[str, Groups]
    admissions: Mapping[str, Groups]

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
    engine = found.engine
    admissions = event_sums(found.people, found.activity, period=found.period, setting=EMERGENCY)
    return YearResults(
        found.period,
        tables,
        settings,
        use=engine.fetched(_use(found)),
        outside=found.outside().row(0, named=True),
        spread=spend_spread(engine.fetched_rows(spend_bins(found.people))),
        spend=cost_sums_of(engine.fetched_rows(cost_sums(found.people, MIX[1:]))).cost,
        admissions=event_groups(engine.fetched_rows(admissions)),
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


def spend_spread(people: Iterable[tuple[int, int, int]]) -> SpendConcentration | None:
    """How spend is spread over people, from the bins that an engine counted; none where somebody cost less than 0."""
    bins = sorted(people)
    return None if bins and bins[0][0] < 0 else concentration_of(bins)


def moves(first: Segmented, second: Segmented, *, people: Frame) -> pl.DataFrame:
    """People by the segment of one year and that of the next; who is on no list in one of them stands there as such.

    Args:
        first: the earlier year.
        second: the later one.
        people: the table of people.
    """
    told = moves_between(first.people, second.people, people=people, earlier=first.period, later=second.period)
    ways = [*ENTERING, *LEAVING]
    named = first.engine.fetched(told).select(
        *(
            pl.when(pl.col(column).is_in(ways)).then(pl.lit(ON_NO_LIST)).otherwise(pl.col(column)).alias(name)
            for column, name in (("from_segment", FROM), ("to_segment", TO))
        ),
        PEOPLE,
    )
    return named.group_by(FROM, TO).agg(pl.col(PEOPLE).sum()).sort(FROM, TO)
