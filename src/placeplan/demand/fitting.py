"""Fit a table to stated totals of its rows and columns, some of which are not known.

The method is iterative proportional fitting (Deming and Stephan, Annals of Mathematical Statistics 11, 1940): rows and
columns are scaled in turn until both meet their totals. The result is the table that is nearest to the seed, in
relative entropy, among those that do. Totals that are lost are left open together: only their sum is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import inf, isfinite, prod

import numpy as np

from placeplan.demand.activity import FloatArray
from placeplan.demand.errors import DemandError, refuse

MOST_ROUNDS, MOST_TRIED = 10_000, 1_000_000
WITHIN = 1e-10


@dataclass(frozen=True, slots=True)
class Margin:
    """A total over some rows, or over some columns.

    Attributes:
        name: for people.
        places: the rows, or columns, that it adds up; no place is in two margins of a table.
        total: as stated; nothing where it is lost.
        last_digits: what is left of a lost total, such as ``833`` of ``1,833``; nothing where nothing is.
        within: how far the total may be from what was meant, because it was printed rounded; 0 where it is exact.
    """

    name: str
    places: tuple[int, ...]
    total: float | None = None
    last_digits: str = ""
    within: float = 0.0


def fitted(seed: FloatArray, *, rows: Sequence[Margin], columns: Sequence[Margin], total: float) -> FloatArray:
    """The table nearest to a seed that meets the margins.

    Args:
        seed: rows by columns, 0 or more. A cell of 0 stays 0.
        rows: every row is in one of them.
        columns: every column is in one of them.
        total: of the whole table. Lost margins share what the known ones leave of it.

    Raises:
        DemandError: the margins leave less than nothing for what is lost, a margin has no cell to stand in, or the
            cells of 0 leave no table that meets all of them.
    """
    cells = np.array(seed, dtype=np.float64)
    rows, columns = settled(rows, total=total), settled(columns, total=total)
    refuse([*_wrong(rows, total=total), *_wrong(columns, total=total)])
    by_row = [(np.array(places), amount) for places, amount in _targets(rows, total=total)]
    by_column = [(np.array(places), amount) for places, amount in _targets(columns, total=total)]
    refuse([*_empty(cells, rows), *_empty(cells.T, columns)])
    for _ in range(MOST_ROUNDS):
        for places, amount in by_column:
            cells[:, places] *= _factor(cells[:, places], amount)
        off = max(abs(float(cells[places].sum()) - amount) for places, amount in by_row)
        for places, amount in by_row:
            cells[places] *= _factor(cells[places], amount)
        if off <= WITHIN * max(total, 1.0):
            return cells
    raise DemandError(["no table meets all the totals: where something is saved, no intervention acts that could"])


def settled(margins: Sequence[Margin], *, total: float) -> tuple[Margin, ...]:
    """Margins whose known totals add up to the whole, where rounding alone keeps them from it.

    Each moves by a part of its own rounding, so that it still prints as it was stated. Others are left as they are.
    """
    rest = _rest(margins, total=total)
    lost = any(one.total is None for one in margins)
    room = {
        place: one.within
        for place, one in enumerate(margins)
        if one.total is not None and (rest > 0 or one.total >= one.within)
    }
    if rest == 0 or (lost and rest > 0) or abs(rest) > sum(room.values()):
        return tuple(margins)
    share = rest / sum(room.values())
    return tuple(
        replace(one, total=one.total + share * room[place]) if one.total is not None and place in room else one
        for place, one in enumerate(margins)
    )


def with_last_digits(margins: Sequence[Margin], found: Sequence[float], *, total: float) -> tuple[Margin, ...]:
    """Margins whose lost totals are filled from the digits that are left of them, as near as can be to what was found.

    Args:
        margins: of rows, or of columns.
        found: what an open fit gives for each of them.
        total: of the whole table.

    Raises:
        DemandError: no numbers that end so add up to what the known margins leave, or there are too many to try.
    """
    partly = [place for place, one in enumerate(margins) if one.total is None and one.last_digits]
    if not partly:
        return tuple(margins)
    rest = _rest(margins, total=total)
    must_fill = not any(
        one.total is None and not one.last_digits and there > 0 for one, there in zip(margins, found, strict=True)
    )
    room = sum(one.within for one in margins)
    ends = [_ending_in(margins[place].last_digits, rest) for place in partly]
    if prod(map(len, ends)) > MOST_TRIED:
        raise DemandError(
            [f"{len(partly)} numbers of which only the end is left: more than {MOST_TRIED:,} ways to fill"]
        )
    best, chosen = inf, None
    for amounts in product(*ends):
        fits = abs(sum(amounts) - rest) <= room if must_fill else sum(amounts) <= rest + room
        distance = sum((amount - found[place]) ** 2 for amount, place in zip(amounts, partly, strict=True))
        if fits and distance < best:
            best, chosen = distance, dict(zip(partly, amounts, strict=True))
    if chosen is None:
        names = ", ".join(f"{margins[place].name} (…{margins[place].last_digits})" for place in partly)
        raise DemandError([f"{names}: no numbers that end so add up to the {rest:,.0f} that the other totals leave"])
    return tuple(
        replace(one, total=float(chosen[place]), last_digits="") if place in chosen else one
        for place, one in enumerate(margins)
    )


def _ending_in(digits: str, most: float) -> range:
    return range(int(digits), int(most) + 1, 10 ** len(digits))


def _rest(margins: Sequence[Margin], *, total: float) -> float:
    return total - sum(one.total for one in margins if one.total is not None)


def _targets(margins: Sequence[Margin], *, total: float) -> Iterator[tuple[list[int], float]]:
    """Each known margin; the lost ones as one."""
    for one in margins:
        if one.total is not None:
            yield list(one.places), one.total
    lost = [place for one in margins if one.total is None for place in one.places]
    if lost:
        yield lost, _rest(margins, total=total)


def _factor(cells: FloatArray, amount: float) -> float:
    standing = float(cells.sum())
    return amount / standing if standing > 0 else 1.0


def _wrong(margins: Sequence[Margin], *, total: float) -> Iterator[str]:
    for place, one in enumerate(margins):
        for other in margins[:place]:
            if set(one.places) & set(other.places):
                yield f"{other.name} and {one.name} add up the same; expected each row and column in one total"
    for one in margins:
        if one.total is not None and not (isfinite(one.total) and one.total >= 0):
            yield f"{one.name}: a total of {one.total:,.6g} cannot be met; expected 0 or more"
    rest, within = _rest(margins, total=total), WITHIN * max(total, 1.0)
    names = ", ".join(one.name for one in margins if one.total is None)
    if rest < -within:
        yield f"the totals are {-rest:,.6g} more than the whole of {total:,.6g}"
    elif rest > within and not names:
        yield f"the totals leave {rest:,.6g} of the whole of {total:,.6g} to nobody"


def _empty(cells: FloatArray, margins: Sequence[Margin]) -> Iterator[str]:
    for one in margins:
        if one.total and not cells[np.array(one.places)].any():
            yield f"{one.name}: {one.total:,.6g} is stated, and no intervention acts there"
