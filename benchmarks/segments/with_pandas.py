"""The same tables as a straightforward pandas program would make them: tables in memory, merged and grouped."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.segments.by_hand import GROUPS
from placeplan.app.segments.definitions import read_definitions
from placeplan.segments.conditions import Condition
from placeplan.segments.periods import Period, months_before

FLAGS = ("needs-daily-help", "excluded")
LOOK_BACK = 24


def tables(folder: Path, period: Period, *, ways: Sequence[Sequence[str]]) -> list[list[tuple[object, ...]]]:
    """People, events, bed days and pence by the segments of the scheme of 2017 and more, in each of several ways."""
    people = _people(folder, period)
    for found in (_conditions(folder, period), _activity(folder, period), _flags(folder, period)):
        people = people.merge(found, on="person_key", how="left")
    counted = [*people.columns.drop(["person_key", "birth_month", "sex", "small_area", "practice", "death_month"])]
    people[counted] = people[counted].fillna(0)
    people["segment"], people["age_band"] = _segment(people), _age_band(people, period)
    sums = {"people": ("person_key", "size")} | {name: (name, "sum") for name in ("events", "bed_days", "pence")}
    found = [people.groupby(list(map(str, way)), as_index=False).agg(**sums) for way in ways]
    return [[tuple(_plain(cell) for cell in row) for row in table.itertuples(index=False)] for table in found]


def _plain(cell: object) -> object:
    return cell if isinstance(cell, str) else int(cell)  # type: ignore[call-overload]


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{name}.parquet")


def _days(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)


def _people(folder: Path, period: Period) -> pd.DataFrame:
    lists = _read(folder, "registrations")
    start, end = pd.to_datetime(lists["start"]), pd.to_datetime(lists["end"])
    lists = lists[(start <= _days(period.last)) & (end.isna() | (end >= _days(period.first)))]
    latest = lists.sort_values(["start", "practice"]).drop_duplicates("person_key", keep="last")
    people = _read(folder, "people").merge(latest[["person_key", "practice"]], on="person_key")
    died = pd.to_datetime(people["death_month"])
    return people[died.isna() | (died >= _days(period.first))]


def _conditions(folder: Path, period: Period) -> pd.DataFrame:
    diagnoses = _read(folder, "diagnoses")
    recorded = pd.to_datetime(diagnoses["recorded"])
    inside = (diagnoses["code_system"] == "icd10") & (recorded <= _days(period.last))
    diagnoses, recorded = diagnoses[inside], recorded[inside]
    codes = pd.Series(diagnoses["code"].unique())
    plain = codes.str.upper().str.replace("[^A-Z0-9]", "", regex=True)
    columns = {}
    for one in read_definitions().conditions:
        has = diagnoses["code"].isin(set(codes[plain.str.startswith(one.prefixes)]))
        if one.look_back_months:
            has &= recorded > _days(months_before(period.last, one.look_back_months))
        columns[one.id] = has
    return pd.DataFrame(columns).groupby(diagnoses["person_key"]).any().astype(int).reset_index()


def _activity(folder: Path, period: Period) -> pd.DataFrame:
    activity = _read(folder, "activity")
    day = pd.to_datetime(activity["date"])
    inside = activity[(day >= _days(period.first)) & (day <= _days(period.last))]
    sums = {"events": ("event", "size"), "bed_days": ("bed_days", "sum"), "pence": ("cost_pence", "sum")}
    return inside.groupby("person_key", as_index=False).agg(**sums)


def _flags(folder: Path, period: Period) -> pd.DataFrame:
    measures = _read(folder, "measures")
    measures["measured"] = pd.to_datetime(measures["measured"])
    used = measures[measures["measure"].isin(FLAGS) & (measures["measured"] <= _days(period.last))]
    latest = used.sort_values(["measured", "value"]).drop_duplicates(["person_key", "measure"], keep="last")
    since = _days(months_before(period.last, LOOK_BACK))
    latest = latest.assign(holds=((latest["value"] >= 1) & (latest["measured"] > since)).astype(int))
    wide = latest.pivot_table(index="person_key", columns="measure", values="holds", fill_value=0)
    return wide.reindex(columns=FLAGS, fill_value=0).reset_index()


def _segment(people: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    conditions: tuple[Condition, ...] = read_definitions().conditions
    long_term = people[[one.id for one in conditions if one.long_term]].sum(axis=1)
    dementia, cancer, mental, learning, physical, homeless, drugs = (people[name] > 0 for name in GROUPS)
    rules = [
        (dementia, "dementia"),
        (cancer, "cancer"),
        (mental, "serious-mental-illness"),
        (learning, "learning-disability"),
        (physical | (people["needs-daily-help"] > 0), "physical-disability"),
        (long_term >= 4, "four-or-more-conditions"),
        (long_term >= 1, "one-to-three-conditions"),
        (homeless | drugs | (people["excluded"] > 0), "socially-excluded"),
    ]
    return np.select([holds for holds, _ in rules], [name for _, name in rules], default="mostly-healthy")


def _age_band(people: pd.DataFrame, period: Period) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    born = pd.to_datetime(people["birth_month"])
    age = (period.months - (born.dt.year * 12 + born.dt.month)) // 12
    return np.select([age >= 70, age >= 16, age >= 0], ["70+", "16-69", "0-15"], default="unknown")
