"""Random linked records: few people, dates at the edges of look-backs, codes written as carelessly as they come."""

import itertools
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from placeplan.segments.conditions import Definitions
from placeplan.segments.periods import Period, months_before

PERIOD = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
SETTINGS = ["primary-care", "emergency-admission", "mental-health", "outpatient"]
MEASURES = ["frailty-deficits", "body-mass-index", "smoker", "housebound", "needs-daily-help", "excluded"]
KINDS = ["home-care", "residential", "nursing"]
PRACTICES = ["G82001", "G82002", "G82003"]
AREAS = ["E01000001", "E01000002", None]
MONTHS = st.dates(date(1920, 1, 1), date(2018, 12, 1)).map(lambda day: day.replace(day=1))
DEATHS = st.dates(date(2015, 1, 1), date(2017, 12, 1)).map(lambda day: day.replace(day=1))
Tables = dict[str, list[dict[str, Any]]]
EDGES = [
    day + timedelta(days=shift)
    for day in (PERIOD.first, PERIOD.last, *(months_before(PERIOD.last, months) for months in (12, 24, 60)))
    for shift in (-1, 0, 1)
]
DAYS = st.sampled_from(EDGES) | st.dates(date(2005, 1, 1), date(2018, 12, 31))


def codes(definitions: Definitions, extra: list[str]) -> st.SearchStrategy[str]:
    """Codes that mark somebody, and some that do not, with dots, blanks, small letters and further characters."""
    known = sorted({prefix for one in definitions.conditions for prefix in one.prefixes} | set(extra))
    tails = st.sampled_from(["", "", "0", "9", "X", "11"])
    return st.builds(_careless, st.sampled_from([*known, "Z00", "C44", "B99"]), tails, st.integers(0, 3))


def _careless(code: str, tail: str, way: int) -> str:
    written = f"{code[:3]}.{code[3:]}{tail}" if way % 2 else code + tail
    return f" {written.lower()}" if way > 1 else written


@st.composite
def records(draw: st.DrawFn, definitions: Definitions, extra: list[str], most: int = 8) -> Tables:
    """Tables of a contract, some rows of which belong to nobody."""
    keys = [f"p{number}" for number in range(draw(st.integers(1, most)))]
    anyone = st.sampled_from([*keys, *keys, "nobody"])
    events = itertools.count(1)
    people = st.fixed_dictionaries({
        "birth_month": MONTHS | st.none(),
        "death_month": st.none() | st.none() | DEATHS,
        "sex": st.sampled_from(["female", "male", "unknown"]),
        "small_area": st.sampled_from(AREAS),
    })  # fmt: skip
    spell = st.fixed_dictionaries({
        "person_key": anyone, "practice": st.sampled_from(PRACTICES), "start": DAYS, "end": DAYS | st.none(),
    })  # fmt: skip
    usual = {"practice": PRACTICES[0], "start": date(2001, 1, 1), "end": None}
    diagnosis = st.fixed_dictionaries({
        "person_key": anyone, "code_system": st.sampled_from(["icd10", "icd10", "icd10", "snomed"]),
        "code": codes(definitions, extra), "recorded": DAYS, "source": st.just("gp"),
    })  # fmt: skip
    event = st.fixed_dictionaries({
        "person_key": anyone, "date": DAYS, "setting": st.sampled_from(SETTINGS),
        "point_of_delivery": st.none(), "provider": st.none(), "event": st.builds(lambda: str(next(events))),
        "bed_days": st.integers(0, 40) | st.none(), "cost_pence": st.integers(0, 10**7),
    })  # fmt: skip
    measure = st.fixed_dictionaries({
        "person_key": anyone, "measure": st.sampled_from(MEASURES), "measured": DAYS,
        "value": st.integers(0, 40).map(float),
    })  # fmt: skip
    package = st.fixed_dictionaries({
        "person_key": anyone, "kind": st.sampled_from(KINDS), "start": DAYS, "end": DAYS | st.none(),
        "weekly_cost_pence": st.integers(0, 10**6),
    })  # fmt: skip
    registered = [{"person_key": key, **usual} for key in keys if draw(st.integers(0, 4))]
    grain = ("person_key", "measure", "measured")
    measures = st.lists(measure, max_size=2 * most, unique_by=lambda row: tuple(row[name] for name in grain))
    return {
        "people": [{"person_key": key, **draw(people)} for key in keys],
        "registrations": [*registered, *draw(st.lists(spell, max_size=most))],
        "diagnoses": draw(st.lists(diagnosis, max_size=4 * most)),
        "activity": draw(st.lists(event, max_size=2 * most)),
        "measures": draw(measures),
        "care_packages": draw(st.lists(package, max_size=most)),
    }
