"""What interventions save and cost, from small tables: activity, people, and the interventions that a plan chooses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from placeplan.app.care.capacity_files import Row, known_or_problem, marks_of, rows_of
from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.intervention_library import (
    read_interventions,
    read_interventions_in,
    read_unit_prices,
    unit_prices_in,
)
from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.axes import Axes
from placeplan.demand.combining import Combined, combine
from placeplan.demand.economics import CashFlow, Worth, worth
from placeplan.demand.errors import DemandError
from placeplan.demand.intervention_definitions import InterventionLibrary
from placeplan.demand.interventions import Intervention
from placeplan.demand.investment import Investment, investment
from placeplan.demand.overlaps import Overclaim, Overlap, overclaims, overlaps
from placeplan.demand.savings import Savings, savings
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.rounds.appraisal import read_appraisal

ACTIVITY, PEOPLE, CHOSEN = "interventions-activity", "interventions-people", "interventions-chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsRequest:
    """The tables that are asked about; where none are given, the whole library of Placeplan, and its prices."""

    activity: Path
    people: Path
    chosen: Path | None = None
    library: Path | None = None
    prices: Path | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class SavingsFound:
    """Everything that is worked out, and the words that must be seen with it.

    Attributes:
        combined: activity before and after.
        savings: its worth.
        costs: what the interventions cost.
        payer: cash flow at tariff, discounted.
        system: cash flow at marginal cost, discounted.
        overlaps: pairs that would claim the same activity.
        overclaims: cells whose claims add up to more than there is.
        price_year: of all amounts.
        marks: such as ``Synthetic``.
    """

    combined: Combined
    savings: Savings
    costs: Investment
    payer: Worth
    system: Worth
    overlaps: tuple[Overlap, ...]
    overclaims: tuple[Overclaim, ...]
    price_year: str
    marks: tuple[str, ...]


def savings_of(request: SavingsRequest) -> SavingsFound:
    """What interventions save and cost.

    Raises:
        InputError: with every problem of every table.
    """
    library = read_interventions_in(request.library) if request.library else read_interventions()
    points = read_points()
    path, people, marks = _tables(request, points.ids)
    made = _interventions(request, path.axes, library=library)
    book = unit_prices_in(request.prices) if request.prices else read_unit_prices()
    with _refusals_located(request.chosen or request.activity):
        combined = combine(path, made, bed_days=points.bed_days)
        worths = savings(combined.saved, path.axes, prices=book.unit_prices())
        costs = investment(made, path.axes, costs=library.costs(), people=people)
        found = overlaps(path, made, bed_days=points.bed_days).found
        over = overclaims(path, made, bed_days=points.bed_days)
    return SavingsFound(
        combined=combined,
        savings=worths,
        costs=costs,
        payer=_worth(worths.at_tariff.total, costs),
        system=_worth(worths.at_marginal_cost.total, costs),
        overlaps=found,
        overclaims=over,
        price_year=book.price_year,
        marks=(*marks, *_unconfirmed(made)),
    )


def _tables(request: SavingsRequest, points: Sequence[str]) -> tuple[Activity, FloatArray, tuple[str, ...]]:
    """Activity and people on the axes that the table of activity spans."""
    rows = rows_of(request.activity, ACTIVITY, check=lambda row: known_or_problem(row, "point", known=points))
    order = [point for point in points if point in {row.text("point") for row in rows}]
    axes = _axes(rows, order, file=request.activity)
    names = ("point", "segment", "area", "year")
    values = _filled(rows, names, axes=axes, value="activity", file=request.activity)
    counted = rows_of(request.people, PEOPLE, check=lambda row: _on_axes(row, axes))
    people = _filled(counted, names[1:], axes=axes, value="people", file=request.people)
    marks = tuple(dict.fromkeys((*marks_of(rows), *marks_of(counted))))
    return Activity(axes, values), people, marks


def _axes(rows: Sequence[Row], points: Sequence[str], *, file: Path) -> Axes:
    along = {name: tuple(dict.fromkeys(row.text(name) for row in rows)) for name in ("segment", "area", "year")}
    with _refusals_located(file):
        return Axes(tuple(points), along["segment"], along["area"], tuple(sorted(along["year"])))


def _filled(rows: Sequence[Row], names: Sequence[str], *, axes: Axes, value: str, file: Path) -> FloatArray:
    """The numbers of a table on its axes.

    Raises:
        InputError: a combination has no row.
    """
    along = [getattr(axes, f"{name}s") for name in names]
    places = [{name: place for place, name in enumerate(axis)} for axis in along]
    found = np.full([len(axis) for axis in along], np.nan)
    for row in rows:
        found[tuple(place[row.text(name)] for place, name in zip(places, names, strict=True))] = row.number(value)
    missing = np.argwhere(np.isnan(found))
    if len(missing):
        first = ", ".join(axis[place] for axis, place in zip(along, missing[0], strict=True))
        more = f", and {len(missing) - 1:,} others" if len(missing) > 1 else ""
        mend = "Add the rows; a number of 0 is a number too."
        expected = f"one for each {', '.join(names)}"
        raise InputError([Problem(Location(file.name), f"there is no row for {first}{more}", expected, mend)])
    return found


def _on_axes(row: Row, axes: Axes) -> Iterator[Problem]:
    for heading, known in (("segment", axes.segments), ("area", axes.areas), ("year", axes.years)):
        yield from known_or_problem(row, heading, known=known)


def _interventions(request: SavingsRequest, axes: Axes, *, library: InterventionLibrary) -> tuple[Intervention, ...]:
    if request.chosen is None:
        return tuple(library.intervention(name, start=axes.years[0]) for name in library.ids)
    rows = rows_of(request.chosen, CHOSEN, check=lambda row: _choice_problems(row, axes, library=library))
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row.text("intervention"), []).append(row)
    with _refusals_located(request.chosen):
        return tuple(
            library.intervention(
                name,
                start=own[0].text("start", axes.years[0]),
                reach={row.text("segment"): row.number("reach") for row in own},
            )
            for name, own in by_name.items()
        )


def _choice_problems(row: Row, axes: Axes, *, library: InterventionLibrary) -> Iterator[Problem]:
    yield from known_or_problem(row, "intervention", known=library.ids)
    yield from known_or_problem(row, "segment", known=axes.segments)
    yield from known_or_problem(row, "start", known=axes.years)


def _worth(saved: FloatArray, costs: Investment) -> Worth:
    parts = (costs.recurrent, costs.non_recurrent, costs.double_running)
    flow = CashFlow(saved.sum(axis=0), *(part.sum(axis=(0, 1)) for part in parts))
    return worth(flow, rates=read_appraisal().rates(len(costs.years)))


def _unconfirmed(made: Iterable[Intervention]) -> Iterator[str]:
    if not all(one.confidence == "confirmed" for one in made):
        yield "Unconfirmed effects, costs and prices"


@contextmanager
def _refusals_located(path: Path) -> Iterator[None]:
    """Say of which file it is what the engine refuses though each row can be read by itself."""
    try:
        yield
    except DemandError as error:
        raise InputError(Problem(Location(path.name), message) for message in error.messages) from error


def by_intervention(found: SavingsFound) -> Mapping[str, tuple[float, float, float]]:
    """Of the last year, by identifier: own saving at tariff, own saving at marginal cost, and cost."""
    last = {name: float(found.costs.of(name)[:, -1].sum()) for name in found.costs.names}
    return {
        name: (
            float(found.savings.at_tariff.own(name)[:, -1].sum()),
            float(found.savings.at_marginal_cost.own(name)[:, -1].sum()),
            cost,
        )
        for name, cost in last.items()
    }
