"""The whole job on a dataset: each year's people in segments, tables under the disclosure rule, pictures, papers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import cast

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.datasets import Dataset, open_dataset
from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.engine_choice import EngineName, engine_named
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.app.segments.published import read_published_lists
from placeplan.app.segments.quality import quality_of_folder
from placeplan.app.segments.running import Segmented, segment
from placeplan.app.segments.year_results import By, YearResults, moves, year_results
from placeplan.disclosure.protecting import refuse_without_reason
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.segments.checking import QualityReport
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.repeats import rows_set_aside, without_repeats
from placeplan.segments.results import Dimension
from placeplan.segments.schemes import Scheme, needed_for

MATRIX: By = (Dimension.SEGMENT, Dimension.AGE_BAND)
NOT_OF_PEOPLE = (Dimension.SETTING, Dimension.PERIOD)
STEPS_BEFORE, STEPS_OF_A_YEAR, STEPS_AFTER = 3, 2, 2
Step = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What to work out.

    Args:
        folder: the dataset.
        scheme: a scheme that comes with Placeplan, or a file.
        years: financial years, in order.
        by: further tables, each by some dimensions; segment by age band is always made.
        data: a data folder with published lists of codes, which give frailty and scores.
        disclosure: the rule for small numbers; ``none`` needs a reason.
        reason: why nothing is withheld.
        engine: ``duckdb`` or ``spark``.
        master: of Spark, as ``spark-submit`` takes it.
        memory: the most that the engine may take.
        temporary: where it writes what does not fit.
        budget_pence: what is shared out over the practices by need; what they spend when left out.
    """

    folder: Path
    scheme: str
    years: tuple[FinancialYear, ...]
    by: tuple[By, ...] = ()
    data: Path | None = None
    disclosure: str = "hes-2018"
    reason: str = ""
    engine: str = "duckdb"
    master: str | None = None
    memory: str = "4GB"
    temporary: Path | None = None
    budget_pence: int | None = None

    @property
    def tables(self) -> tuple[By, ...]:
        """The tables to make, each once."""
        return tuple(dict.fromkeys((MATRIX, *self.by)))

    @property
    def steps(self) -> int:
        """How many steps of progress there are."""
        return STEPS_BEFORE + len(self.years) * (STEPS_OF_A_YEAR + len(self.tables)) + STEPS_AFTER


@dataclass(frozen=True, eq=False)
class Worked:
    """What was worked out, nothing held back yet. It stays inside; ``reporting`` makes what may leave of it."""

    request: RunRequest
    dataset: Dataset
    scheme: Scheme
    rule: DisclosureRule
    lists: tuple[str, ...]
    years: tuple[YearResults, ...]
    moves: tuple[pl.DataFrame, ...]
    quality: QualityReport
    engine: str


def dimensions_of(texts: Sequence[str]) -> tuple[By, ...]:
    """The dimensions of each text such as ``segment,practice``.

    Raises:
        InputError: a name that is none; the message names those that there are.
    """
    known = {str(one): one for one in Dimension if one not in NOT_OF_PEOPLE}
    names = [tuple(part.strip().replace("-", "_") for part in text.split(",")) for text in texts]
    problems = [
        Problem(Location("by"), f"people cannot be broken down by '{name}' here", f"some of {', '.join(known)}", mend)
        for name in dict.fromkeys(name for some in names for name in some if name not in known)
        for mend in ("A table by setting and numbers of each year are made in any case.",)
    ]
    problems += [
        Problem(Location("by"), f"'{','.join(some)}' names something twice")
        for some in names
        if len({*some}) < len(some)
    ]
    if problems:
        raise InputError(problems)
    return tuple(tuple(known[name] for name in some) for some in names)


def run_segments(request: RunRequest, *, today: date, step: Step) -> Worked:
    """Put everybody in a segment in each year, and count.

    Args:
        request: what to work out.
        today: a day that the agreement must cover.
        step: told what comes next; ``request.steps`` times in all, with the writing.

    Raises:
        InputError: the request cannot be met, the dataset does not load, or nobody is on a list in a year.
    """
    scheme, rule = scheme_named(request.scheme), rule_named(request.disclosure)
    refuse_without_reason(rule, request.reason)
    problems = list(_problems_of(request))
    if problems:
        raise InputError(problems)
    definitions = needed_for([scheme], read_definitions())
    lists = read_published_lists(request.data, read_definitions()) if request.data else ()
    _, quality = quality_of_folder(
        request.folder, memory=request.memory, temporary=request.temporary, today=today, step=step
    )
    with ExitStack() as stack:
        chosen = engine_named(request.engine, master=request.master, memory=request.memory, temporary=request.temporary)
        engine = cast("DuckDBEngine", stack.enter_context(chosen))  # Spark's has the same verbs
        step("opening the tables")
        dataset = open_dataset(request.folder, engine, today=today)
        tables = without_repeats(dataset.tables, read_contract(), repeated=rows_set_aside(quality))
        features = Features(definitions, lists)
        found = [
            segment(tables, _period(year), scheme=scheme, features=features, engine=engine)
            for year in _told(request.years, step)
        ]
        with_settings = bool(dataset.description.accounts)
        years = tuple(_year(one, request, with_settings=with_settings, step=step) for one in found)
        flows = tuple(moves(first, second, people=tables["people"]) for first, second in pairwise(found))
    return Worked(
        request,
        dataset,
        scheme,
        rule,
        tuple(one.id for one in lists),
        years,
        flows,
        quality,
        _engine(request),
    )


def _engine(request: RunRequest) -> str:
    """The engine and its version."""
    package = "pyspark" if request.engine == EngineName.SPARK else "duckdb"
    return f"{request.engine} {version(package)}"


def _told(years: Sequence[FinancialYear], step: Step) -> Iterator[FinancialYear]:
    for year in years:
        step(f"{year}: putting everybody in a segment")
        yield year


def _year(found: Segmented, request: RunRequest, *, with_settings: bool, step: Step) -> YearResults:
    results = year_results(found, request.tables, with_settings=with_settings, step=step)
    step(f"{found.period.name}: spend")
    if not results.people:
        message = f"nobody is on a list of a practice in {found.period.name}"
        mend = "See which years the registrations cover, and that their table is not empty."
        raise InputError([Problem(Location("registrations"), message, mend=mend)])
    return results


def _period(year: FinancialYear) -> Period:
    return Period(str(year), year.first_day, year.last_day)


def _problems_of(request: RunRequest) -> Iterator[Problem]:
    if not request.years:
        yield Problem(Location("year"), "no year is named", "one or more financial years such as 2015-16")
    for first, second in pairwise(request.years):
        if second != first.next:
            message = f"{second} does not follow {first}"
            yield Problem(Location("year"), message, "years that follow one another, each once")
