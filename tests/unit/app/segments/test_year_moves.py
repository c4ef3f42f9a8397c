"""Where people of each segment were a year later: counted person by person, everybody of both years once."""

from collections import Counter
from datetime import date

import pytest
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.running import segment
from placeplan.app.segments.year_results import FROM, ON_NO_LIST, TO, moves
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period

YEARS = (
    Period("2015-16", date(2015, 4, 1), date(2016, 3, 31)),
    Period("2016-17", date(2016, 4, 1), date(2017, 3, 31)),
)
DEFINITIONS = read_definitions()


@pytest.mark.parametrize("membership", Membership)
@pytest.mark.parametrize("scheme", read_schemes(), ids=lambda scheme: scheme.id)
def test_moves_are_those_of_each_person(scheme, membership: Membership) -> None:
    features = Features(DEFINITIONS, (), membership)
    with DuckDBEngine(threads=1) as engine:
        tables = frames_of(large_records(DEFINITIONS, people=400, seed=8), engine)
        first, second = (segment(tables, period, scheme=scheme, features=features, engine=engine) for period in YEARS)
        found = {
            (row[FROM], row[TO]): row["people"]
            for row in moves(first, second, people=tables["people"]).iter_rows(named=True)
        }
        where = [dict(engine.fetched_rows(year.people.select("person_key", "segment"))) for year in (first, second)]
    everybody = where[0].keys() | where[1].keys()
    wanted = Counter(tuple(year.get(key, ON_NO_LIST) for year in where) for key in everybody)
    assert found == dict(wanted)
    assert sum(found.values()) == len(everybody)
