"""People who are segmented already, as rows and as frames of each engine."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
from tests.oracle.segments.polars_engine import PolarsEngine

from placeplan.app.segments.engines import DuckDBEngine

AnyEngine = DuckDBEngine | PolarsEngine
Rows = Sequence[Mapping[str, Any]]
PRACTICES = ["G82001", "G82002", "G82003", "G82004", "unknown"]
SEGMENTS = ["mostly-healthy", "one-to-three-conditions", "four-or-more-conditions", "dementia"]
BANDS = ["0-15", "16-69", "70+", "unknown"]
WHOLE = frozenset({"age", "events", "bed_days", "spend_pence", "long_term_conditions", "frailty_level"})
SPENDS = [0, 0, 1, 99, 100, 999, 1_000, 1_009, 12_345, 99_999, 100_000, 1_234_567, 987_654_321, 10_000_000_000]


def random_people(people: int, *, seed: int) -> list[dict[str, Any]]:
    """So many people with what tables of results, scores and shares ask for."""
    chance = random.Random(seed)
    return [_person(f"p{number:05d}", chance) for number in range(people)]


def _person(key: str, chance: random.Random) -> dict[str, Any]:
    age = chance.choice([None, *range(96)])
    conditions = chance.choice((0, 0, 0, 1, 2, 5, 9))
    band = "unknown" if age is None else BANDS[(age > 15) + (age > 69)]
    return {
        "person_key": key,
        "practice": chance.choice(PRACTICES),
        "sex": chance.choice(("female", "male", "unknown")),
        "age": age,
        "age_band": band,
        "segment": chance.choice(SEGMENTS),
        "events": chance.choice((0, 0, 1, 4, 30)),
        "bed_days": chance.choice((0, 0, 0, 3, 40)),
        "spend_pence": chance.choice(SPENDS) if chance.random() < 0.5 else chance.randrange(3_000_000),
        "long_term_conditions": conditions,
        "frailty_level": chance.choice((None, 0, 1, 2, 3)),
        "flag_emergency_admission": chance.choice((0, 0, 1)),
        "flag_needs_daily_help": chance.choice((0, 0, 0, 0, 1)),
    }


def people_frame(rows: Rows, engine: AnyEngine) -> Any:
    """People as a lazy frame of the engine."""
    names = list(random_people(1, seed=0)[0])
    lists = {name: [row[name] for row in rows] for name in names}
    whole = {name for name in names if name in WHOLE or name.startswith("flag_")}
    if isinstance(engine, PolarsEngine):
        schema = {name: pl.Int64 if name in whole else pl.String for name in names}
        return nw.from_native(pl.LazyFrame(lists, schema=schema))
    parts = [f'unnest(?::{"BIGINT" if name in whole else "VARCHAR"}[]) AS "{name}"' for name in names]
    return nw.from_native(engine.connection.sql(f"SELECT {', '.join(parts)}", params=list(lists.values())))
