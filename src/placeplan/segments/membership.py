"""Who belongs to the population of a period."""

from collections.abc import Mapping
from enum import StrEnum

import narwhals.stable.v2 as nw

from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.periods import Period

AGE = "age"
DIGITS_OF_A_DAY = 8


class Membership(StrEnum):
    """Whom a period counts: who was on a list on any of its days (so that people who died or left are there with
    their spend), or who was on one on its last day (a snapshot).
    """

    ON_ANY_DAY = "on-any-day"
    ON_LAST_DAY = "on-last-day"


def members(tables: Mapping[str, Frame], period: Period, *, membership: Membership) -> Frame:
    """One row a person: key, practice, sex, small area, and age in whole years on the last day.

    A person on several lists in the period counts with the list that they joined last, and on the same day with the
    last practice in order of its code. A person without a registration, or who died before the period, is not there.
    Age is blank where the month of birth is; it is counted in months, since the day of birth is not held.
    """
    first = period.last if membership is Membership.ON_LAST_DAY else period.first
    end = nw.col("end")
    spells = tables["registrations"].filter(nw.col("start") <= period.last, end.is_null() | (end >= first))
    return (
        tables["people"]
        .join(_latest_practice(spells), on=PERSON_KEY, how="inner")
        .filter(nw.col("death_month").is_null() | (nw.col("death_month") >= first.replace(day=1)))
        .with_columns(_age(period).alias(AGE))
        .filter(nw.col(AGE).is_null() | (nw.col(AGE) >= 0))
        .select(PERSON_KEY, "practice", "sex", "small_area", AGE)
    )


def _latest_practice(spells: Frame) -> Frame:
    """The practice that each person joined last: the greatest of eight digits of the day followed by the practice.

    One pass; looking for the last day first and joining back to it takes nearly twice as long.
    """
    start = nw.col("start")
    day = (
        start.dt.year().cast(nw.Int64) * 10_000 + start.dt.month().cast(nw.Int64) * 100 + start.dt.day().cast(nw.Int64)
    )
    joined = spells.select(PERSON_KEY, nw.concat_str(day.cast(nw.String), nw.col("practice")).alias("practice"))
    latest = joined.group_by(PERSON_KEY).agg(nw.col("practice").max())
    return latest.with_columns(nw.col("practice").str.slice(DIGITS_OF_A_DAY))


def _age(period: Period) -> nw.Expr:
    """Plain differences: whole division of whole numbers is slow on DuckDB, which narwhals guards against doubles."""
    born = nw.col("birth_month")
    years = nw.lit(period.last.year) - born.dt.year().cast(nw.Int64)
    return nw.when(born.dt.month() > period.last.month).then(years - 1).otherwise(years)
