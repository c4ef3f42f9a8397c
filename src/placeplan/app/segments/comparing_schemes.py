"""Compares schemes: how much of the variance of cost between people each explains."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from placeplan.app.segments.datasets import open_dataset
from placeplan.app.segments.definitions import read_definitions
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.app.segments.published import read_published_lists
from placeplan.app.segments.running import segment
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension
from placeplan.segments.schemes import needed_for
from placeplan.segments.variance_explained import Compared, CostSums, Explained, compared, cost_sums, cost_sums_of

BY = (Dimension.SEGMENT, Dimension.AGE_BAND)
NOT_KNOWN = "not known"


def compare_schemes(
    folder: Path,
    names: Sequence[str],
    *,
    year: FinancialYear,
    data: Path | None,
    memory: str,
    temporary: Path | None,
    seed: int,
    today: date,
    step: Callable[[str], None],
) -> tuple[Compared, ...]:
    """What segment and age band of each scheme explain of the cost of a year, the scheme that foretells best first.

    Raises:
        InputError: there is no such scheme, the dataset does not load, or a person cost less than nothing.
    """
    schemes = [scheme_named(name) for name in dict.fromkeys(names)]
    definitions = needed_for(schemes, read_definitions())
    lists = read_published_lists(data, read_definitions()) if data else ()
    features, period = Features(definitions, lists), Period(str(year), year.first_day, year.last_day)
    sums: dict[str, CostSums] = {}
    with DuckDBEngine(memory=memory, temporary=temporary) as engine:
        dataset = open_dataset(folder, engine, today=today)
        for scheme in schemes:
            step(scheme.id)
            found = segment(dataset.tables, period, scheme=scheme, features=features, engine=engine)
            sums[scheme.id] = cost_sums_of(engine.fetched_rows(cost_sums(found.people, BY)))
    found_nobody = not any(sums[scheme.id].cost for scheme in schemes)
    if found_nobody:
        raise InputError([Problem(Location("registrations"), f"nobody is on a list of a practice in {year}")])
    return compared(sums, seed=seed)


def comparison_sentences(found: Sequence[Compared]) -> Iterator[str]:
    """A line for each scheme, under a heading."""
    yield f"{'scheme':<24}{'groups':>8}{'of cost':>12}{'other half':>12}{'of log cost':>13}"
    for one in found:
        yield (
            f"{one.scheme:<24}{one.cost.groups:>8}{_share(one.cost):>12}{_per_cent(one.cost.cross_validated):>12}"
            f"{_share(one.log_cost):>13}"
        )
    yield "Shares of the variance between people that segment and age band explain, adjusted for the number of groups."
    yield "Other half: means of one half of the practices, tried on the other. The first scheme foretells cost best."


def _share(one: Explained) -> str:
    return _per_cent(one.adjusted)


def _per_cent(share: float | None) -> str:
    return NOT_KNOWN if share is None else f"{share:.1%}"
