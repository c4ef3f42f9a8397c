"""Many people at once from a seed, so that one run of an engine compares thousands of them."""

import random
from datetime import date, timedelta
from typing import Any

from tests.oracle.segments.random_records import EDGES, KINDS, PRACTICES, SETTINGS

from placeplan.segments.conditions import Definitions

AREAS = ["E01000001", "E01000002", "E01000003", None]
MEASURES = {
    "frailty-deficits": 20, "body-mass-index": 45, "smoker": 1, "housebound": 1, "has-a-carer": 1,
    "needs-daily-help": 1, "excluded": 1, "alcohol-risk": 1,
}  # fmt: skip


def large_records(definitions: Definitions, *, people: int, seed: int) -> dict[str, list[dict[str, Any]]]:
    """Tables of so many people; most conditions, flags and bands of frailty occur."""
    chance = random.Random(seed)
    prefixes = [chance.choice(one.prefixes) for one in definitions.conditions for _ in range(3)]
    keys = [f"p{number:05d}" for number in range(people)]
    return {
        "people": [_person(key, chance) for key in keys],
        "registrations": [_spell(key, chance) for key in keys for _ in range(chance.choice((0, 1, 1, 1, 2)))],
        "diagnoses": [
            _diagnosis(key, chance, chance.choice(prefixes))
            for key in keys
            for _ in range(chance.choice((0, 0, 1, 2, 5)))
        ],
        "activity": [_event(key, chance) for key in keys for _ in range(chance.choice((0, 1, 3)))],
        "measures": [
            {"person_key": key, "measure": name, "measured": _day(chance), "value": float(chance.randint(0, most))}
            for key in keys
            for name, most in MEASURES.items()
            if chance.random() < 0.1
        ],
        "care_packages": [_package(key, chance) for key in keys if chance.random() < 0.1],
    }


def _day(chance: random.Random) -> date:
    return chance.choice(EDGES) if chance.random() < 0.5 else date(2010, 1, 1) + timedelta(chance.randrange(3_000))


def _person(key: str, chance: random.Random) -> dict[str, Any]:
    born = date(chance.randint(1920, 2017), chance.randint(1, 12), 1)
    return {
        "person_key": key,
        "birth_month": born if chance.random() < 0.95 else None,
        "death_month": date(chance.randint(2015, 2017), chance.randint(1, 12), 1) if chance.random() < 0.05 else None,
        "sex": chance.choice(("female", "male", "other", "unknown")),
        "small_area": chance.choice(AREAS),
    }


def _spell(key: str, chance: random.Random) -> dict[str, Any]:
    end = _day(chance) if chance.random() < 0.2 else None
    return {"person_key": key, "practice": chance.choice(PRACTICES), "start": _day(chance), "end": end}


def _diagnosis(key: str, chance: random.Random, prefix: str) -> dict[str, Any]:
    code = chance.choice((prefix, prefix.lower(), f"{prefix[:3]}.{prefix[3:]}", f"{prefix} 1"))
    system = "icd10" if chance.random() < 0.95 else "snomed"
    return {"person_key": key, "code_system": system, "code": code, "recorded": _day(chance), "source": "gp"}


def _event(key: str, chance: random.Random) -> dict[str, Any]:
    return {
        "person_key": key, "date": _day(chance), "setting": chance.choice(SETTINGS), "point_of_delivery": None,
        "provider": None, "event": str(chance.random()), "bed_days": chance.choice((None, 0, 3)),
        "cost_pence": chance.randint(0, 10**6),
    }  # fmt: skip


def _package(key: str, chance: random.Random) -> dict[str, Any]:
    end = _day(chance) if chance.random() < 0.5 else None
    return {
        "person_key": key,
        "kind": chance.choice(KINDS),
        "start": _day(chance),
        "end": end,
        "weekly_cost_pence": 100,
    }
