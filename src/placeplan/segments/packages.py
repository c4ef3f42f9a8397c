"""What care packages cost in a period, as events in a setting of their own.

A package costs its weekly cost for each seven days that it runs within the period, both ends included, and part weeks
in proportion: days times weekly cost over seven, rounded to the penny, halves up. It counts as one event on the last
day that it runs in the period. Where the activity has the same packages already (as social care), leave them out here.
"""

from collections.abc import Mapping
from datetime import date

import narwhals.stable.v2 as nw

from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.periods import Period

SETTING = "care-packages"
DAYS_A_WEEK = 7
COUNTED = (PERSON_KEY, "date", "setting", "bed_days", "cost_pence")


def with_packages(tables: Mapping[str, Frame], period: Period) -> dict[str, Frame]:
    """The tables, with the packages of a period among the activity. Columns that nobody counts are left out there."""
    if "care_packages" not in tables:
        return dict(tables)
    activity = tables["activity"].select(*COUNTED)
    return {**tables, "activity": nw.concat([activity, package_events(tables["care_packages"], period)])}


def package_events(packages: Frame, period: Period) -> Frame:
    """One event for each package that runs in the period: person, ``date``, ``setting``, no bed days, ``cost_pence``.

    A package whose dates or cost cannot be read, or that ends before it starts, is left aside.
    """
    start, end, weekly = nw.col("start"), nw.col("end"), nw.col("weekly_cost_pence")
    sound = ~start.is_null() & ~weekly.is_null() & (end.is_null() | (end >= start))
    running = packages.filter(sound & (start <= period.last) & (end.is_null() | (end >= period.first)))
    first = nw.when(start < period.first).then(nw.lit(period.first)).otherwise(start)
    last = nw.when(end.is_null() | (end > period.last)).then(nw.lit(period.last)).otherwise(end)
    dated = running.select(PERSON_KEY, "weekly_cost_pence", first.alias("first"), last.alias("date"))
    days = _number("date", period) - _number("first", period) + 1
    twice = 2 * DAYS_A_WEEK
    cost = ((weekly * days * 2 + DAYS_A_WEEK) // twice).cast(nw.Int64)
    return dated.select(
        PERSON_KEY,
        "date",
        nw.lit(SETTING).alias("setting"),
        nw.lit(None, dtype=nw.Int64).alias("bed_days"),
        cost.alias("cost_pence"),
    )


def _number(column: str, period: Period) -> nw.Expr:
    """The days of a column counted from the end of the year before the period; engines differ in taking days away."""
    day = nw.col(column)
    number = day.dt.ordinal_day().cast(nw.Int64)
    for year in range(period.first.year, period.last.year):
        whole = date(year, 12, 31).timetuple().tm_yday
        number = number + nw.when(day.dt.year() > year).then(whole).otherwise(0)
    return number
