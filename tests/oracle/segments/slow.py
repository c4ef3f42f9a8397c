"""People taken one by one, in plain Python, as a person with the papers in hand would do it."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from placeplan.segments.conditions import Definitions, Flag
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period
from placeplan.segments.published_lists import WeightedList
from placeplan.segments.schemes import Alternative, Scheme

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
LEVELS = {"fit": 0, "mild": 1, "moderate": 2, "severe": 3}


def slow_people(
    tables: Tables,
    *,
    definitions: Definitions,
    lists: Sequence[WeightedList],
    period: Period,
    membership: Membership,
) -> dict[str, dict[str, Any]]:
    """Everything about each person of the period but their segment, by key."""
    first = period.last if membership is Membership.ON_LAST_DAY else period.first
    answer = {}
    every = {name: _of_each_person(rows) for name, rows in tables.items()}
    for person in tables["people"]:
        key = person["person_key"]
        own = {name: rows.get(key, []) for name, rows in every.items()}
        practice = _practice(own["registrations"], first, period.last)
        if practice is None or _died_before(person["death_month"], first):
            continue
        age = _age(person["birth_month"], period.last)
        if age is not None and age < 0:
            continue
        found = {"practice": practice, "sex": person["sex"], "small_area": person["small_area"], "age": age}
        found |= _medical(own, definitions=definitions, lists=lists, period=period, age=age)
        found |= _activity(own["activity"], period)
        answer[key] = found
    return answer


def _of_each_person(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person_key"]].append(row)
    return found


def _practice(spells: Sequence[Row], first: date, last: date) -> str | None:
    there = [row for row in spells if row["start"] <= last and (row["end"] is None or row["end"] >= first)]
    if not there:
        return None
    newest = max(row["start"] for row in there)
    return max(row["practice"] for row in there if row["start"] == newest)


def _died_before(month: date | None, day: date) -> bool:
    return month is not None and (month.year, month.month) < (day.year, day.month)


def _age(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - born.year - (1 if day.month < born.month else 0)


def _back(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _medical(
    own: Tables, *, definitions: Definitions, lists: Sequence[WeightedList], period: Period, age: int | None
) -> dict[str, Any]:
    diagnoses = own["diagnoses"]
    conditions = {
        one.id for one in definitions.conditions if _has(diagnoses, one.prefixes, one.look_back_months, period.last)
    }
    scores = {one.id: _score(diagnoses, one, period.last) for one in lists}
    deficits = _latest(own.get("measures", []), definitions.frailty_index.measure, period.last)
    flags = {flag.id for flag in definitions.flags if _flag(flag, own, period)}
    return {
        "conditions": conditions,
        "long_term": len([one for one in definitions.conditions if one.long_term and one.id in conditions]),
        "scores": scores,
        "flags": flags,
        "frailty": _frailty(deficits, scores.get("hospital-frailty"), definitions, period.last, age),
    }


@cache
def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())


def _has(diagnoses: Sequence[Row], prefixes: Sequence[str], months: int | None, last: date) -> bool:
    if not diagnoses:
        return False
    for row in diagnoses:
        code = _plain(row["code"])
        inside = row["recorded"] <= last and (months is None or row["recorded"] > _back(last, months))
        if inside and row["code_system"] == "icd10" and code.startswith(tuple(prefixes)):
            return True
    return False


def _score(diagnoses: Sequence[Row], one: WeightedList, last: date) -> int:
    had = {
        marker.name
        for marker in one.markers
        if _has(diagnoses, [code.text for code in marker.codes], marker.look_back_months, last)
    }
    had -= {lesser for greater, lesser in one.outranks if greater in had}
    return sum(one.tenths[name] for name in had)


def _latest(measures: Iterable[Row], name: str, last: date) -> tuple[date, float] | None:
    found = [(row["measured"], row["value"]) for row in measures if row["measure"] == name and row["measured"] <= last]
    return max(found) if found else None


def _flag(flag: Flag, own: Tables, period: Period) -> bool:
    if flag.of == "measure":
        latest = _latest(own.get("measures", []), flag.among[0], period.last)
        return (
            latest is not None and latest[0] > _back(period.last, flag.look_back_months) and latest[1] >= flag.at_least
        )
    if flag.of == "care-package":
        running = [
            row
            for row in own.get("care_packages", [])
            if row["start"] <= period.last and (row["end"] is None or row["end"] >= period.last)
        ]
        return any(row["kind"] in flag.among for row in running)
    events = [row for row in own["activity"] if period.first <= row["date"] <= period.last]
    return len([row for row in events if row["setting"] in flag.among]) >= flag.at_least


def _frailty(
    deficits: tuple[date, float] | None,
    points: int | None,
    definitions: Definitions,
    last: date,
    age: int | None,
) -> int | None:
    index, hospital = definitions.frailty_index, definitions.hospital_frailty
    levels = []
    if deficits is not None and deficits[0] > _back(last, index.look_back_months):
        levels.append(_level(Decimal(str(deficits[1])) / index.out_of, index.bands))
    if points is not None and age is not None and age >= hospital.from_age:
        levels.append(_level(Decimal(points) / 10, hospital.bands))
    return max(levels) if levels else None


def _level(value: Decimal, bands: Sequence[Any]) -> int:
    reached = [band for band in bands if value > band.level or (value == band.level and not band.beyond)]
    return max((LEVELS[band.band] for band in reached), default=0)


def _activity(rows: Sequence[Row], period: Period) -> dict[str, int]:
    inside = [row for row in rows if period.first <= row["date"] <= period.last]
    return {
        "events": len(inside),
        "bed_days": sum(row["bed_days"] or 0 for row in inside),
        "spend_pence": sum(row["cost_pence"] for row in inside),
    }


def slow_segment(person: Mapping[str, Any], scheme: Scheme) -> dict[str, str]:
    holding = [rule for rule in scheme.rules if any(alternative_holds(one, person) for one in rule.when)]
    lowest = min(rule.priority for rule in holding)
    (winner,) = [rule for rule in holding if rule.priority == lowest]
    bands = [band for band in scheme.age_bands if person["age"] is not None and person["age"] >= band.from_]
    return {"segment": winner.segment, "rule": winner.id, "age_band": bands[-1].id if bands else "unknown"}


def alternative_holds(one: Alternative, person: Mapping[str, Any]) -> bool:
    if one.age is not None:
        if person["age"] is None:
            return False
        if one.age.from_ is not None and person["age"] < one.age.from_:
            return False
        if one.age.to is not None and person["age"] > one.age.to:
            return False
    if one.long_term_conditions is not None:
        at_least, at_most = one.long_term_conditions.at_least, one.long_term_conditions.at_most
        if at_least is not None and person["long_term"] < at_least:
            return False
        if at_most is not None and person["long_term"] > at_most:
            return False
    if one.frailty is not None and (person["frailty"] is None or person["frailty"] < LEVELS[one.frailty.at_least]):
        return False
    if one.any_condition and not person["conditions"] & set(one.any_condition):
        return False
    return not one.any_flag or bool(person["flags"] & set(one.any_flag))
