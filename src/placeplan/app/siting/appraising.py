"""Options appraised: what each costs today and scores beside the do-minimum, and how far the order rests on weights."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import refusals_located
from placeplan.app.siting.option_tables import OptionTable, read_options
from placeplan.capacity.appraisal import Appraisal, AppraisedOption, DiscountStep, appraised
from placeplan.capacity.appraisal_sensitivity import MOST_CRITERIA, Flip, flips, shares_of_first
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.rounds.appraisal import PER_CENT, Discounted, DiscountRate, read_appraisal

DASH = "–"
UNCONFIRMED = "Unconfirmed discount rates"
NEAR_FLIP = 0.05


def answer_appraisal(path: Path, *, do_minimum: str | None) -> CapacityAnswer:
    """The options of a file, appraised.

    Args:
        path: a table of options.
        do_minimum: the option that the others are held against; the first of the file when left out.

    Raises:
        InputError: the table cannot be read, or there is no such option.
    """
    table = read_options(path)
    base = _base(table, do_minimum)
    rates = [rate for rate in read_appraisal().discount_rates if rate.kind is Discounted.STANDARD]
    with refusals_located(path):
        found = appraised(table.options, weights=table.weights, do_minimum=base, steps=_steps(rates))
        shares: Mapping[str, float] = (
            shares_of_first(table.options, criteria=list(table.weights)) if _few(table) else {}
        )
    changes = flips(found)
    return CapacityAnswer(
        title=f"{len(table.options)} options beside '{base}'",
        says=tuple(_says(found, changes, rates=rates)),
        tables=(_costs(found), _scores(found, shares), _sensitivity(changes)),
        document=_document(found, changes, shares=shares, rates=rates),
        marks=(*table.marks, *(() if all(rate.confirmed for rate in rates) else (UNCONFIRMED,))),
        findings=tuple(_findings(found, changes)),
    )


def _base(table: OptionTable, name: str | None) -> str:
    if name is None or name in table.names:
        return name or table.names[0]
    near = get_close_matches(name, table.names, n=1)
    mend = f"Did you mean '{near[0]}'?" if near else ""
    expected = f"one of {', '.join(table.names)}"
    raise InputError([Problem(Location("--do-minimum"), f"there is no option '{name}'", expected, mend)])


def _few(table: OptionTable) -> bool:
    return len(table.weights) <= MOST_CRITERIA


def _steps(rates: Sequence[DiscountRate]) -> tuple[DiscountStep, ...]:
    return tuple(DiscountStep(rate.first_year, float(rate.percent / PER_CENT)) for rate in rates)


def _says(found: Appraisal, changes: Sequence[Flip], *, rates: Sequence[DiscountRate]) -> Iterator[str]:
    first, *others = found.options
    level = [one.option.id for one in others if one.rank == first.rank]
    beside = f", level with {', '.join(level)}" if level else ""
    yield f"'{first.option.id}' scores highest, {first.score:.2f}{beside}."
    cheapest = min(found.options, key=lambda one: one.net_present_cost)
    yield f"'{cheapest.option.id}' costs least today, £{cheapest.net_present_cost:,.0f}."
    if not changes:
        yield "No weight of one criterion, however large, puts another option first."
    told = ", ".join(f"{rate.percent:g}% from year {rate.first_year}" for rate in rates)
    yield f"Discounted at {told}. Amounts are pounds in the prices of year 0, which is not discounted."


def _costs(found: Appraisal) -> TextTable:
    headings = ("Option", "Costs today", "Benefits today", "Net present cost", "A year", "Beside do-minimum", "Years")
    rows = tuple(
        (
            one.option.id,
            *(f"£{value:,.0f}" for value in (one.present_costs, one.present_benefits)),
            _pounds(one.net_present_cost),
            _pounds(one.equivalent_annual_cost),
            DASH if one.option.id == found.do_minimum else _pounds(one.extra_cost, signed=True),
            str(one.option.years),
        )
        for one in found.options
    )
    return TextTable(headings, rows)


def _pounds(value: float, *, signed: bool = False) -> str:
    sign = "-" if round(value) < 0 else ("+" if signed else "")
    return f"{sign}£{abs(value):,.0f}"


def _scores(found: Appraisal, shares: Mapping[str, float]) -> TextTable:
    criteria = [f"{name} ({weight:.0%})" for name, weight in found.weights.items()]
    headings = ("Rank", "Option", *criteria, "Score", "Cost of a point", "First for")
    rows = tuple(
        (
            str(one.rank),
            one.option.id,
            *(f"{one.option.scores[name]:g}" for name in found.weights),
            f"{one.score:.2f}",
            DASH if one.cost_of_a_point is None else _pounds(one.cost_of_a_point),
            f"{shares[one.option.id]:.1%}" if one.option.id in shares else DASH,
        )
        for one in found.options
    )
    return TextTable(headings, rows, left=2)


def _sensitivity(changes: Sequence[Flip]) -> TextTable:
    rows = tuple((one.criterion, one.rival, *map(_share, (one.weight_now, one.weight_at_flip))) for one in changes)
    return TextTable(("Weight of", "Level with", "Now", "Level at"), rows or ((DASH,) * 4,), left=2)


def _share(weight: float) -> str:
    return f"{weight:.1%}"


def _findings(found: Appraisal, changes: Sequence[Flip]) -> Iterator[str]:
    """What a reader must not miss: an order that a small change of a weight turns, and lives that differ."""
    near = [one for one in changes if abs(one.change) <= NEAR_FLIP]
    for one in near:
        move = f"{one.weight_now:.1%} to {one.weight_at_flip:.1%}"
        yield f"'{one.rival}' draws level when the weight of {one.criterion} goes from {move}."
    years = {one.option.years for one in found.options}
    if len(years) > 1:
        spans = f"{min(years)} to {max(years)} years"
        yield f"Options last {spans}: compare cost a year (equivalent annual cost), not net present cost."


def _document(
    found: Appraisal, changes: Sequence[Flip], *, shares: Mapping[str, float], rates: Sequence[DiscountRate]
) -> dict[str, Any]:
    return {
        "unit": "GBP, prices of year 0",
        "do_minimum": found.do_minimum,
        "weights": dict(found.weights),
        "discount_rates": [
            {"from_year": rate.first_year, "to_year": rate.last_year, "percent": float(rate.percent)} for rate in rates
        ],
        "options": [_option_document(one, shares) for one in found.options],
        "flips": [
            {"criterion": one.criterion, "rival": one.rival, "weight": one.weight_now, "level_at": one.weight_at_flip}
            for one in changes
        ],
    }


def _option_document(one: AppraisedOption, shares: Mapping[str, float]) -> dict[str, Any]:
    return {
        "option": one.option.id,
        "rank": one.rank,
        "score": one.score,
        "present_costs": one.present_costs,
        "present_benefits": one.present_benefits,
        "net_present_cost": one.net_present_cost,
        "net_present_value": one.net_present_value,
        "equivalent_annual_cost": one.equivalent_annual_cost,
        "extra_cost": one.extra_cost,
        "extra_score": one.extra_score,
        "cost_of_a_point": one.cost_of_a_point,
        "share_of_weights_for_which_first": shares.get(one.option.id),
        "years": one.option.years,
    }
