"""The forecast on the worked example of a published model: Bristol, North Somerset and South Gloucestershire.

The Dynamic Population Model of that Integrated Care Board (R package ``dpm``, github.com/nhs-bnssg-analytics/dpm,
function ``run_dpm``) comes with an example of made-up figures, ``inst/workflow-examples/01-workflow-basic.R`` and
``02-workflow-basic-changing-transitions.R``. Its inputs are facts and stand below as printed there. The package prints
no table of answers. The answers here were worked out on paper from the steps that the package documents (take deaths
off, move the rest, add births and net migration), and for the later years in fractions. The package has three ways to
take deaths: 1, a total by fixed shares; 2, a share of each segment, scaled to a total; 3, a share of each segment.
"""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from placeplan.segments.forecast_flows import Rates, Spread
from placeplan.segments.forecast_stability import stable_population, stationary_shares
from placeplan.segments.forecasting import forecast_segments

SEGMENTS = ["CS1", "CS2", "CS3", "CS4", "CS5"]
PEOPLE = [2000, 1000, 500, 200, 100]
MOVES = [
    ["0.80", "0.20", "0.00", "0.00", "0.00"],
    ["0.20", "0.80", "0.00", "0.00", "0.00"],
    ["0.00", "0.10", "0.80", "0.10", "0.00"],
    ["0.00", "0.01", "0.04", "0.90", "0.05"],
    ["0.01", "0.01", "0.01", "0.02", "0.95"],
]
BASE = [["0.8", "0.2", "0", "0", "0"], ["0.2", "0.8", "0", "0", "0"], *(list("00100"), list("00010"), list("00001"))]
BIRTHS, NET_MIGRATION, DEATHS = (100, 10, 50)
BORN = ["0.9", "0.07", "0.03", "0", "0"]
MOVED = ["0.5", "0.3", "0.2", "0.09", "0.01"]
"""As printed: these shares add up to 1.1, so 11 people move in and not 10."""
DIED = ["0.05", "0.05", "0.15", "0.25", "0.5"]
YEARS = 20
SECOND_YEAR = [1893.25, 1259.375, 407.25, 220.4, 80.725]
"""CS1, for one: 0.8 of 1,997.5, 0.2 of 997.5 and 0.01 of 75 stay or come, 90 are born, 5 move in."""


def shares(texts: list[str]) -> list[Fraction]:
    return [Fraction(text) for text in texts]


def doubles(rows: list[list[str]]) -> list[list[float]]:
    return [[float(text) for text in row] for row in rows]


def flows() -> dict[str, Spread | Rates]:
    return {
        "births": Spread(BIRTHS, [float(text) for text in BORN]),
        "net_migration": Spread(NET_MIGRATION, [float(text) for text in MOVED]),
        "deaths": Spread(DEATHS, [float(text) for text in DIED]),
    }


FIRST_DEATHS = [DEATHS * share for share in shares(DIED)]
RATES = [died / people for died, people in zip(FIRST_DEATHS, PEOPLE, strict=True)]
"""The share of each segment that dies, from the first year."""


FINEST = 10**30
"""Shares of sums of shares would double their digits every year."""


def died_by_rate(people: list[Fraction]) -> list[Fraction]:
    return [rate * number for rate, number in zip(RATES, people, strict=True)]


def died_by_scaled_rate(people: list[Fraction]) -> list[Fraction]:
    expected = died_by_rate(people)
    return [(died * DEATHS / sum(expected)).limit_denominator(FINEST) for died in expected]


def by_hand(moves: list[list[str]], *, died: Callable[[list[Fraction]], list[Fraction]]) -> list[list[Fraction]]:
    """Year by year, until a segment would be emptied."""
    joining = [BIRTHS * a + NET_MIGRATION * b for a, b in zip(shares(BORN), shares(MOVED), strict=True)]
    answer, rows = [[Fraction(people) for people in PEOPLE]], [shares(row) for row in moves]
    for _ in range(YEARS):
        left = [people - dead for people, dead in zip(answer[-1], died(answer[-1]), strict=True)]
        if min(left) < 0:
            break
        into = [sum((people * row[to] for people, row in zip(left, rows, strict=True)), Fraction(0)) for to in range(5)]
        answer.append([some + more for some, more in zip(into, joining, strict=True)])
    return answer


def test_the_second_year_of_the_example_is_as_worked_out_on_paper() -> None:
    found = forecast_segments(PEOPLE, doubles(MOVES), years=1, states=SEGMENTS, **flows())
    assert found.population[1].tolist() == pytest.approx(SECOND_YEAR, abs=1e-9)


def test_deaths_by_fixed_shares_empty_a_segment_where_the_published_model_warns_so_this_one_stops_and_names_it() -> (
    None
):
    """First way. The published example says to expect the warning; there the segment is set to 0, and people appear."""
    wanted = by_hand(MOVES, died=lambda _people: FIRST_DEATHS)
    assert len(wanted) == 6
    found = forecast_segments(PEOPLE, doubles(MOVES), years=5, states=SEGMENTS, **flows())
    np.testing.assert_allclose(found.population, np.array(wanted, dtype=float), rtol=1e-12)
    assert found.population[-1].sum() == pytest.approx(sum(PEOPLE) + 5 * (100 + 11 - 50))
    with pytest.raises(ValueError, match=r"'CS5'.*year 6 after deaths"):
        forecast_segments(PEOPLE, doubles(MOVES), years=YEARS, states=SEGMENTS, **flows())


def test_the_second_example_is_emptied_a_year_earlier_since_nobody_moves_into_its_last_segment() -> None:
    found = forecast_segments(PEOPLE, doubles(BASE), years=4, states=SEGMENTS, **flows())
    assert found.population[-1, -1] == pytest.approx(100 - 4 * (25 - 0.1))
    with pytest.raises(ValueError, match=r"'CS5'.*year 5 after deaths"):
        forecast_segments(PEOPLE, doubles(BASE), years=5, states=SEGMENTS, **flows())


@pytest.mark.parametrize("moves", [MOVES, BASE])
@pytest.mark.parametrize(("died", "total"), [(died_by_scaled_rate, DEATHS), (died_by_rate, None)])
def test_deaths_as_a_share_of_each_segment(
    moves: list[list[str]], died: Callable[[list[Fraction]], list[Fraction]], total: int | None
) -> None:
    """Second and third way, for all twenty years or for as long as nobody is missing."""
    wanted = by_hand(moves, died=died)
    given = flows() | {"deaths": Rates([float(rate) for rate in RATES], total)}
    found = forecast_segments(PEOPLE, doubles(moves), years=len(wanted) - 1, states=SEGMENTS, **given)
    np.testing.assert_allclose(found.population, np.array(wanted, dtype=float), rtol=1e-12)
    if total is not None:
        assert found.population[-1].sum() == pytest.approx(sum(PEOPLE) + (len(wanted) - 1) * (100 + 11 - 50))
    if len(wanted) <= YEARS:
        with pytest.raises(ValueError, match=rf"'CS\d'.*year {len(wanted)} after deaths"):
            forecast_segments(PEOPLE, doubles(moves), years=YEARS, states=SEGMENTS, **given)


def test_three_of_these_four_comparisons_last_for_twenty_years() -> None:
    """So the comparison above is no short one."""
    years = [len(by_hand(moves, died=died)) for moves in (MOVES, BASE) for died in (died_by_scaled_rate, died_by_rate)]
    assert years == [16, 21, 21, 21]


def test_the_moves_of_the_example_alone_end_with_half_of_everybody_in_each_of_the_two_segments_that_nobody_leaves() -> (
    None
):
    """Solved: CS1 and CS2 exchange a fifth each year, and the others drain into them."""
    assert stationary_shares(doubles(MOVES)) == pytest.approx([0.5, 0.5, 0, 0, 0], abs=1e-12)


def test_with_deaths_by_rate_the_example_comes_to_rest_where_fractions_solve_it() -> None:
    """The deaths of the first year as shares of its people, and the births and moves of the example."""
    enters = [BIRTHS * a + NET_MIGRATION * b for a, b in zip(shares(BORN), shares(MOVED), strict=True)]
    moves = [shares(row) for row in MOVES]
    solved = solved_by_elimination(
        [
            [Fraction(to == of) - (1 - RATES[of]) * moves[of][to] for of in range(len(PEOPLE))]
            for to in range(len(PEOPLE))
        ],
        enters,
    )
    given = flows() | {"deaths": Rates([float(rate) for rate in RATES])}
    rest = stable_population(PEOPLE, doubles(MOVES), **given)
    assert rest.tolist() == pytest.approx([float(people) for people in solved], rel=1e-9)
    after = forecast_segments(rest, doubles(MOVES), years=1, **given).population[1]
    assert after.tolist() == pytest.approx(rest.tolist(), rel=1e-9)


def solved_by_elimination(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss and Jordan, exactly."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for place in range(len(rows)):
        pivot = next(number for number in range(place, len(rows)) if rows[number][place])
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [value / rows[place][place] for value in rows[place]]
        for number, row in enumerate(rows):
            if number != place:
                rows[number] = [a - row[place] * b for a, b in zip(row, rows[place], strict=True)]
    return [row[-1] for row in rows]
