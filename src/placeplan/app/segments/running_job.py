"""The whole job on a dataset: each year's people in segments, tables under the disclosure rule, pictures, papers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.dataset_engine import Address
from placeplan.app.segments.datasets import Dataset, open_dataset
from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.engine_choice import EngineRequest
from placeplan.app.segments.finishing_years import Years, checked_once, unfinished_run
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.app.segments.published import read_published_lists
from placeplan.app.segments.year_results import By, YearResults
from placeplan.disclosure.protecting import refuse_without_reason
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.segments.checking import QualityReport
from placeplan.segments.features import Features
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
        engine: which engine, with its settings.
        budget_pence: what is shared out over the practices by need; what they spend when left out.
        out: where the files will stand. Finished years are kept beside it until the run is whole, so that a run that
            was stopped can go on; nothing is kept when left out.
    """

    folder: Address
    scheme: str
    years: tuple[FinancialYear, ...]
    by: tuple[By, ...] = ()
    data: Path | None = None
    disclosure: str = "hes-2018"
    reason: str = ""
    engine: EngineRequest = field(default_factory=EngineRequest)
    budget_pence: int | None = None
    out: Path | None = None

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
    with request.engine.opened() as engine:
        step("opening the tables")
        dataset = open_dataset(request.folder, engine, today=today)
        options = (request.engine.told, *map(str, request.years), *(",".join(by) for by in request.tables))
        made_from = (*options, repr((scheme, definitions, lists)))
        work = unfinished_run(request.out, engine.folder(request.folder), made_from=made_from)
        step("checking every row")
        quality = checked_once(dataset, engine, work=work)
        step("putting people in segments")
        tables = without_repeats(dataset.tables, read_contract(), repeated=rows_set_aside(quality))
        years = Years(tables, scheme, Features(definitions, lists), engine, work)
        with_settings = bool(dataset.description.accounts)
        found = [
            years.worked(year, request.tables, with_settings=with_settings, after=before, step=step)
            for before, year in zip((None, *request.years), request.years, strict=False)
        ]
    return Worked(
        request,
        dataset,
        scheme,
        rule,
        tuple(one.id for one in lists),
        tuple(one.results for one in found),
        tuple(one.moves for one in found if one.moves is not None),
        quality,
        request.engine.told,
    )


def _problems_of(request: RunRequest) -> Iterator[Problem]:
    if not request.years:
        yield Problem(Location("year"), "no year is named", "one or more financial years such as 2015-16")
    for first, second in pairwise(request.years):
        if second != first.next:
            message = f"{second} does not follow {first}"
            yield Problem(Location("year"), message, "years that follow one another, each once")
