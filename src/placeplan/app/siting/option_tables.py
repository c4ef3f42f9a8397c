"""Reads a table of options: what each costs and brings by year, what it scores, and the weights of the criteria."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from placeplan.app.care.capacity_files import Row, marks_of, rows_of
from placeplan.capacity.appraisal import Option
from placeplan.kernel.errors import InputError, Location, Problem

LAYOUT = "siting-options"
COST, BENEFIT, SCORE, WEIGHT = "cost", "benefit", "score", "weight"
AMOUNTS = (COST, BENEFIT)
ALL = "all"
LAST_YEAR = 125


@dataclass(frozen=True, slots=True)
class OptionTable:
    """Options in the order of the file, weights that add up to 1, and words that must be seen."""

    options: tuple[Option, ...]
    weights: dict[str, float]
    marks: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the options."""
        return tuple(one.id for one in self.options)


def read_options(path: Path) -> OptionTable:
    """Every option of a file.

    Raises:
        InputError: a row cannot be read, an option lacks a score or a cost, or there are no weights; every problem.
    """
    rows = rows_of(path, LAYOUT, check=_row_problems)
    problems = [*_weight_problems(rows, path), *_lacking(rows, path)]
    if problems:
        raise InputError(problems)
    given = {row["item"]: row.number("value") for row in _of(rows, WEIGHT)}
    total = sum(given.values())
    options = tuple(_option(name, rows) for name in _names(rows))
    return OptionTable(options, {name: weight / total for name, weight in given.items()}, marks_of(rows))


def _of(rows: Sequence[Row], *kinds: str) -> Iterator[Row]:
    return (row for row in rows if row["kind"] in kinds)


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.text("option") for row in _of(rows, COST, BENEFIT, SCORE)))


def _option(name: str, rows: Sequence[Row]) -> Option:
    own = [row for row in rows if row.text("option") == name]
    return Option(
        id=name,
        costs=_flow(own, COST),
        benefits=_flow(own, BENEFIT),
        scores={row["item"]: row.number("value") for row in _of(own, SCORE)},
    )


def _flow(rows: Sequence[Row], kind: str) -> tuple[float, ...]:
    """Amounts by year, year 0 first; amounts of one year are added up."""
    spans = [(int(row.number("year")), _last(row), row.number("value")) for row in _of(rows, kind)]
    years = max((last for _, last, _ in spans), default=-1) + 1
    return tuple(sum(value for first, last, value in spans if first <= year <= last) for year in range(years))


def _last(row: Row) -> int:
    return int(row.number("until", row.number("year")))


def _row_problems(row: Row) -> Iterator[Problem]:
    kind, named = row["kind"], row.text("option") != ALL
    if kind == WEIGHT:
        if named:
            yield row.problem("option", "a weight is of no option of its own", expected=ALL)
        if row.number("value") < 0:
            yield row.problem("value", "a weight is below 0", expected="a number of 0 or more")
    elif not named:
        yield row.problem("option", f"a {kind} is of one option", expected="the name of an option")
    if kind not in AMOUNTS:
        for heading in ("year", "until"):
            if row.has(heading):
                yield row.problem(heading, f"a {kind} has no year", mend="Leave the cell blank.")
        return
    if _last(row) < row.number("year"):
        yield row.problem("until", f"{_last(row)} is before the year {row.number('year'):.0f}", expected="a later year")
    if _last(row) > LAST_YEAR:
        yield row.problem(
            "until" if row.has("until") else "year",
            f"no rate is given for year {_last(row)}",
            expected=f"{LAST_YEAR} at most",
        )


def _weight_problems(rows: Sequence[Row], path: Path) -> Iterator[Problem]:
    weights = {row["item"]: row.number("value") for row in _of(rows, WEIGHT)}
    if not sum(weights.values()) > 0:
        expected = "a row of kind weight for each criterion, one above 0 at least"
        yield Problem(Location(path.name), "no criterion has a weight", expected)
    for row in _of(rows, SCORE):
        if row["item"] not in weights:
            known = ", ".join(weights) or "none"
            yield row.problem("item", f"the criterion '{row['item']}' has no weight", expected=f"one of {known}")


def _lacking(rows: Sequence[Row], path: Path) -> Iterator[Problem]:
    criteria, names = [row["item"] for row in _of(rows, WEIGHT)], _names(rows)
    if len(names) < 2:
        yield Problem(Location(path.name), "fewer than two options", "two or more, one of them the do-minimum")
    for name in names:
        own = [row for row in rows if row.text("option") == name]
        scored = {row["item"] for row in _of(own, SCORE)}
        missing = [criterion for criterion in criteria if criterion not in scored]
        if missing:
            yield own[0].problem("option", f"'{name}' has no score for {', '.join(missing)}", expected="one for each")
        if not any(_of(own, COST)):
            mend = "Write a cost of 0 where it costs nothing."
            yield own[0].problem("option", f"'{name}' has no cost", expected="one at least", mend=mend)
