"""A forecast of segments from a dataset: two snapshots say who went where, and the next years are taken to be alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.segments.datasets import open_dataset
from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.following import forecast_table, rates_between, transitions_between
from placeplan.app.segments.naming_schemes import scheme_named
from placeplan.app.segments.protected_tables import ALL, safe_table
from placeplan.app.segments.running import segment
from placeplan.disclosure.protecting import refuse_without_reason
from placeplan.disclosure.rule import DisclosureRule
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.reports.files import write_files
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period
from placeplan.segments.repeats import COUNTED_TWICE, without_repeats
from placeplan.segments.results import PEOPLE
from placeplan.segments.schemes import needed_for
from placeplan.segments.segmenting import SEGMENT
from placeplan.segments.transitions import ENTERING, LEAVING, Transitions

YEAR, STATUS = "year", "status"
STEPS = 3
MADE_UP = "Every figure is synthetic. It describes no real person and no real place."


@dataclass(frozen=True, kw_only=True)
class ForecastRequest:
    """What to forecast.

    Args:
        folder: the dataset.
        scheme: a scheme that comes with Placeplan, or a file.
        year: the later of the two years; people are those of its last day, and moves since the year before's.
        ahead: how many years.
        disclosure: the rule for small numbers; ``none`` needs a reason.
        reason: why nothing is withheld.
        memory: the most that the engine may take.
        temporary: where it writes what does not fit.
    """

    folder: Path
    scheme: str
    year: FinancialYear
    ahead: int
    disclosure: str = "hes-2018"
    reason: str = ""
    memory: str = "4GB"
    temporary: Path | None = None


@dataclass(frozen=True, eq=False)
class SegmentForecast:
    """People by year and segment as forecast: ``year``, ``segment`` or ``all``, ``people``, ``status``; and sentences.

    People are rounded as the rule rounds; those of a segment that the rule withholds in the first year are blank.
    """

    frame: pl.DataFrame
    says: tuple[str, ...]

    def write(self, file: Path) -> None:
        """Write it as a CSV file.

        Raises:
            InputError: it cannot be written.
        """
        write_files(file.parent, {file.name: self.frame.write_csv().encode()})


def forecast_of_dataset(request: ForecastRequest, *, today: date, step: Callable[[str], None]) -> SegmentForecast:
    """Forecast the people of each segment on the last day of the next years.

    Args:
        request: what to forecast.
        today: a day that the agreement must cover.
        step: told what comes next; ``STEPS`` times.

    Raises:
        InputError: the dataset does not load, or the request cannot be met.
    """
    scheme, rule = scheme_named(request.scheme), rule_named(request.disclosure)
    refuse_without_reason(rule, request.reason)
    features = Features(needed_for([scheme], read_definitions()), (), Membership.ON_LAST_DAY)
    before = FinancialYear(request.year.first_day.year - 1)
    with DuckDBEngine(memory=request.memory, temporary=request.temporary) as engine:
        step("opening the tables")
        dataset = open_dataset(request.folder, engine, today=today)
        tables = without_repeats(dataset.tables, read_contract(), repeated=COUNTED_TWICE)
        found = []
        for year in (before, request.year):
            step(f"{year}: putting everybody in a segment")
            period = Period(str(year), year.first_day, year.last_day)
            found.append(segment(tables, period, scheme=scheme, features=features, engine=engine))
        moves = transitions_between(found[0], found[1], tables=tables)
    _refuse_empty({before: moves.before, request.year: moves.after})
    rates = rates_between(moves)
    table = _shown(forecast_table(rates, request.ahead), scheme.segment_ids, request=request, rule=rule)
    synthetic = dataset.description.synthetic
    frame = table.with_columns(pl.lit("synthetic" if synthetic else "from records").alias(STATUS))
    says = _says(scheme.title, moves, pooled=len(rates.pooled), request=request, rule=rule)
    return SegmentForecast(frame, (*([MADE_UP] if synthetic else []), *says))


def _refuse_empty(people: Mapping[FinancialYear, int]) -> None:
    problems = [
        Problem(
            Location("registrations"),
            f"nobody is on a list on {year.last_day}",
            "two years that the records cover",
            "Name a later year, or extract the registrations of the year before too.",
        )
        for year, count in people.items()
        if not count
    ]
    if problems:
        raise InputError(problems)


def _says(
    title: str, moves: Transitions, *, pooled: int, request: ForecastRequest, rule: DisclosureRule
) -> Iterator[str]:
    yield f"{title}: people on a list on the last day of the year."
    yield f"Each year after {request.year} is taken to be like {request.year}."
    yield from _moved(moves, rule)
    if pooled:
        yield f"{pooled} rows of rates rest on few people and are pooled."
    yield rule.in_words()


def _shown(
    forecast: pl.DataFrame, segments: tuple[str, ...], *, request: ForecastRequest, rule: DisclosureRule
) -> pl.DataFrame:
    """Segments of the scheme in its order and their sum, for each year, rounded.

    What is withheld at the start is withheld in every year, and so is what is forecast to be a small number.
    """
    sums = forecast.group_by(YEAR, SEGMENT).agg(pl.col(PEOPLE).sum())
    start = sums.filter(pl.col(YEAR) == 0).select(SEGMENT, pl.col(PEOPLE).round().cast(pl.Int64))
    safe = safe_table(start, [SEGMENT], rule=rule, reason=request.reason, measures=()).frame
    hidden = safe.filter(pl.col(PEOPLE).is_null())[SEGMENT].to_list()
    whole = sums.group_by(YEAR).agg(pl.col(PEOPLE).sum()).with_columns(pl.lit(ALL).alias(SEGMENT))
    every = pl.concat([sums, whole.select(YEAR, SEGMENT, PEOPLE)])
    base = (rule.rounded_to or 1) if rule.withholds else 1
    rounded = ((pl.col(PEOPLE) / base).round() * base).cast(pl.Int64)
    few = pl.col(PEOPLE).is_between(0, rule.small[1], closed="right") if rule.withholds else pl.lit(value=False)
    names = [str(FinancialYear(request.year.first_day.year + number)) for number in range(request.ahead + 1)]
    order = {name: place for place, name in enumerate((*segments, ALL))}
    return (
        every.with_columns(pl.when(~pl.col(SEGMENT).is_in(hidden) & ~few).then(rounded).alias(PEOPLE))
        .sort(YEAR, pl.col(SEGMENT).replace_strict(order))
        .with_columns(pl.col(YEAR).replace_strict(dict(enumerate(names)), return_dtype=pl.String))
    )


def _moved(moves: Transitions, rule: DisclosureRule) -> tuple[str, ...]:
    """How many were born, came, died and left in the year that is observed; nothing where one is a small number."""
    counts = {way: moves.went(way) for way in (*ENTERING, *LEAVING)}
    lowest, highest = rule.small if rule.withholds else (0, -1)
    if any(lowest <= count <= highest for count in counts.values()):
        return ()
    base = (rule.rounded_to or 1) if rule.withholds else 1
    told = ", ".join(f"{round(count / base) * base:,} {way}" for way, count in counts.items())
    return (f"In the year observed: {told}.",)
