"""People, activity, spend and spend per head by segment and whatever else was asked for."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import narwhals.stable.v2 as nw

from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame
from placeplan.segments.features import ACTIVITY_COLUMNS, BED_DAYS, EVENTS, SPEND
from placeplan.segments.periods import Period

PEOPLE = "people"
PERIOD = "period"
UNKNOWN = "unknown"
COUNTED = (PEOPLE, *ACTIVITY_COLUMNS)


class Dimension(StrEnum):
    """What a table of results may be broken down by."""

    PERIOD = "period"
    SEGMENT = "segment"
    AGE_BAND = "age_band"
    SEX = "sex"
    DEPRIVATION = "deprivation_decile"
    PRACTICE = "practice"
    CLUSTER = "cluster"
    AREA = "area"
    SETTING = "setting"


def placed(people: Frame, tables: Mapping[str, Frame], *, period: Period) -> Frame:
    """Segmented people with ``period``, ``area``, ``deprivation_decile`` and ``cluster``.

    A place that is not known, or that the reference tables do not have, is ``unknown``: nobody is left out.
    """
    found = people.with_columns(nw.lit(period.name).alias(PERIOD))
    for table, key, names in (
        ("areas", "small_area", ["area", "deprivation_decile"]),
        ("practices", "practice", ["cluster"]),
    ):
        if table in tables:
            found = found.join(tables[table].select(key, *names), on=key, how="left")
        else:
            found = found.with_columns(*(nw.lit(None, dtype=nw.String).alias(name) for name in names))
        found = found.with_columns(*(nw.col(name).cast(nw.String).fill_null(UNKNOWN) for name in names))
    return found


def matrix(people: Frame, by: Sequence[Dimension]) -> Frame:
    """Whole numbers of people, events, bed days and pence for each combination that occurs.

    Args:
        people: one row a person, from ``placed``.
        by: what to break down by; not ``SETTING``, which is of events and not of people: see ``by_setting``.
    """
    if Dimension.SETTING in by:
        message = "a person has no one setting; use by_setting"
        raise ValueError(message)
    keys = [str(one) for one in by]
    sums = [nw.col(name).sum() for name in ACTIVITY_COLUMNS]
    found = people.group_by(keys).agg(nw.len().alias(PEOPLE), *sums)
    return found.with_columns(nw.col(*COUNTED).cast(nw.Int64)).select(*keys, *COUNTED).sort(keys)


def by_setting(people: Frame, activity: Frame, *, period: Period, by: Sequence[Dimension]) -> Frame:
    """Events, bed days and pence of segmented people for each combination, one of which is the setting."""
    keys = [str(one) for one in by]
    of_people = [key for key in keys if key != Dimension.SETTING]
    of_period = activity.filter(nw.col("date") >= period.first, nw.col("date") <= period.last)
    joined = of_period.join(people.select(PERSON_KEY, *of_people), on=PERSON_KEY, how="inner")
    counted = joined.select(*keys, nw.col("bed_days").fill_null(0).alias(BED_DAYS), nw.col("cost_pence").alias(SPEND))
    found = counted.group_by(keys).agg(nw.len().alias(EVENTS), nw.col(BED_DAYS, SPEND).sum())
    return found.with_columns(nw.col(*ACTIVITY_COLUMNS).cast(nw.Int64)).select(*keys, *ACTIVITY_COLUMNS).sort(keys)


def outside(people: Frame, activity: Frame, *, period: Period) -> Frame:
    """Events, bed days and pence of the period that belong to nobody in the population: one row.

    What the tables show and this add up to everything in the extract.
    """
    of_period = activity.filter(nw.col("date") >= period.first, nw.col("date") <= period.last)
    strangers = of_period.join(people.select(PERSON_KEY), on=PERSON_KEY, how="anti")
    found = strangers.select(
        nw.len().alias(EVENTS),
        nw.col("bed_days").fill_null(0).sum().alias(BED_DAYS),
        nw.col("cost_pence").sum().alias(SPEND),
    )
    return found.with_columns(nw.col(*ACTIVITY_COLUMNS).fill_null(0).cast(nw.Int64))
