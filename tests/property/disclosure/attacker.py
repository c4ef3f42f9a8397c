"""An attacker, written apart from the engine: reads only what is published and solves for every withheld number."""

import itertools

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from tests.property.disclosure.small_tables import Case

from placeplan.disclosure.protecting import ProtectedTable
from placeplan.disclosure.rule import DisclosureRule

FAR = 10_000


def published_sums(case: Case, keys: list[tuple[str, ...]]) -> list[tuple[int, list[int]]]:
    """Each total that the reader knows of, with its parts, as places among the keys."""
    place = {key: cell for cell, key in enumerate(keys)}
    found = []
    for axis, name in enumerate(case.dimensions):
        named = case.totals.get(name)
        labels = list(dict.fromkeys(key[axis] for key in keys))
        trees = {named: [label for label in labels if label != named]} if isinstance(named, str) else named or {}
        rests = [list(dict.fromkeys(key[other] for key in keys)) for other in range(len(keys[0]))]
        for total, parts in trees.items():
            for rest in itertools.product(*(of_one for other, of_one in enumerate(rests) if other != axis)):
                at = [place[(*rest[:axis], label, *rest[axis:])] for label in (total, *parts)]
                found.append((at[0], at[1:]))
    return found


def bounds_of(row: dict[str, object], rule: DisclosureRule, *, count: str) -> tuple[int, int]:
    """What the signs say of one cell to a reader who knows the rule."""
    if row["shown"] == rule.symbol:
        return rule.small
    if row["shown"] == rule.secondary_symbol:
        return 0, FAR
    number = int(str(row[count]))
    if rule.rounded_to is None or number == 0:
        return number, number
    near = [n for n in range(max(0, number - 20), number + 21) if rounds_to(n, rule.rounded_to) == number]
    large = [n for n in near if n > rule.small[1]]
    return large[0], large[-1]


def rounds_to(number: int, base: int) -> int:
    """The nearest multiple, halves upwards."""
    below = number // base * base
    return below + base if 2 * (number - below) >= base else below


def possible(protected: ProtectedTable, case: Case, *, whole: bool) -> dict[tuple[str, ...], tuple[int, int]]:
    """The range of each withheld number, by integer or by linear programming on everything published."""
    frame = protected.frame
    keys = [tuple(str(label) for label in key) for key in frame.select(case.dimensions).iter_rows()]
    bounds = np.array([bounds_of(row, protected.rule, count=protected.count) for row in frame.to_dicts()], dtype=float)
    sums = np.zeros((0, len(keys)))
    for total, parts in published_sums(case, keys):
        line = np.zeros((1, len(keys)))
        line[0, parts] += 1
        line[0, total] -= 1
        sums = np.vstack([sums, line])
    hidden = [cell for cell, number in enumerate(frame[protected.count]) if number is None]
    return {
        keys[cell]: (
            _extreme(cell, 1, sums=sums, bounds=bounds, whole=whole),
            _extreme(cell, -1, sums=sums, bounds=bounds, whole=whole),
        )
        for cell in hidden
    }


def _extreme(cell: int, sign: int, *, sums: np.ndarray, bounds: np.ndarray, whole: bool) -> int:
    aim = np.zeros(bounds.shape[0])
    aim[cell] = sign
    zero = np.zeros(sums.shape[0])
    if whole:
        rules = [LinearConstraint(sums, zero, zero)] if len(sums) else []
        done = milp(aim, integrality=np.ones_like(aim), bounds=Bounds(bounds[:, 0], bounds[:, 1]), constraints=rules)
    else:
        done = linprog(aim, A_eq=sums if len(sums) else None, b_eq=zero if len(sums) else None, bounds=bounds)
    assert done.x is not None, "the published table agrees with no table at all"
    return round(done.x[cell])


def truth(case: Case, key: tuple[str, ...]) -> int:
    """The number behind a cell, from the counts."""
    rows = case.frame
    for axis, name in enumerate(case.dimensions):
        rows = rows.filter(pl.col(name).is_in(leaves(case, name, label=key[axis])))
    return int(rows["people"].sum())


def leaves(case: Case, name: str, *, label: str) -> list[str]:
    """The labels of the counts below a label."""
    named = case.totals.get(name, {})
    if isinstance(named, str):
        every = case.frame[name].unique().to_list()
        return every if label == named else [label]
    if label not in named:
        return [label]
    return [leaf for part in named[label] for leaf in leaves(case, name, label=part)]
