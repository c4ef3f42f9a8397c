"""Spread, variance, variation and budgets from the engines agree with people taken one by one."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from statistics import fmean

import pytest
from tests.oracle.segments.people_frames import AnyEngine, Rows, people_frame, random_people
from tests.oracle.segments.polars_engine import PolarsEngine

from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.budgets import practice_budgets
from placeplan.segments.concentration import SpendConcentration, concentration_of, spend_bins
from placeplan.segments.practice_variation import MIX, against_expected, cells_of, people_in_segments
from placeplan.segments.results import Dimension, matrix
from placeplan.segments.variance_explained import CostSums, cost_sums, cost_sums_of, explained, halves_of

PEOPLE = random_people(3_000, seed=11)
SEED = 5


@pytest.fixture(scope="module", params=["duckdb", "polars"])
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    if request.param == "polars":
        yield PolarsEngine()
    else:
        with DuckDBEngine(threads=1) as duckdb:
            yield duckdb


def spread(rows: Rows, engine: AnyEngine) -> SpendConcentration:
    return concentration_of(engine.fetched_rows(spend_bins(people_frame(rows, engine))))


def sums(rows: Rows, engine: AnyEngine) -> CostSums:
    return cost_sums_of(engine.fetched_rows(cost_sums(people_frame(rows, engine), [Dimension.SEGMENT])))


@pytest.mark.parametrize("dearest", [100_000, 20_000_000_000])
def test_the_curve_of_spend_passes_through_points_of_the_curve_of_everybody(engine: AnyEngine, dearest: int) -> None:
    people = [one for one in PEOPLE if one["spend_pence"] < dearest]
    costs = sorted(person["spend_pence"] for person in people)
    found = spread(people, engine)
    assert (found.people, found.spend_pence) == (len(costs), sum(costs))
    on_the_curve = {(Fraction(n, len(costs)), Fraction(sum(costs[:n]), sum(costs))) for n in range(len(costs) + 1)}
    assert set(found.points) <= on_the_curve
    low, high = found.gini
    assert low <= gini(costs) + 1e-12
    assert gini(costs) <= high + 1e-12
    assert high - low < 0.002
    for number in (0, 1, 17, 300, len(costs)):
        least, most = found.share_of_dearest(Fraction(number, len(costs)))
        share = sum(costs[len(costs) - number :]) / sum(costs)
        assert least - 1e-12 <= share <= most + 1e-12


def gini(costs: list[int]) -> float:
    """Half the mean difference of every pair, over the mean."""
    weighted = sum((2 * place - len(costs) + 1) * cost for place, cost in enumerate(costs))
    return float(Fraction(weighted, len(costs) * sum(costs)))


def test_what_a_scheme_explains_is_what_it_explains_person_by_person(engine: AnyEngine) -> None:
    found = sums(PEOPLE, engine)
    for by_practice, measure in (
        (found.cost, lambda person: person["spend_pence"]),
        (found.log_cost, lambda person: round(10_000 * math.log(person["spend_pence"] / 100 + 1))),
    ):
        answer = explained(by_practice, seed=SEED)
        values = [(person["segment"], person["practice"], measure(person)) for person in PEOPLE]
        share = 1 - missed(values, values) / missed([("", *rest) for _, *rest in values], [("", 0, 0)], mean(values))
        assert answer.people == len(PEOPLE)
        assert answer.groups == 4
        assert answer.share == pytest.approx(share, abs=1e-12)
        assert answer.adjusted == pytest.approx(1 - (1 - share) * (len(values) - 1) / (len(values) - 4), abs=1e-12)
        assert answer.cross_validated == pytest.approx(crossed(values), abs=1e-12)


Values = list[tuple[str, str, int]]


def mean(values: Values) -> Fraction:
    return Fraction(sum(value for *_, value in values), len(values))


def missed(values: Values, learning: Values, of_all: Fraction | None = None) -> Fraction:
    """The squared error when each is foretold by the mean of their segment in other people, or by one for all."""
    segments: dict[str, Values] = defaultdict(list)
    for one in learning:
        segments[one[0]].append(one)
    means = {segment: mean(own) if of_all is None else of_all for segment, own in segments.items()}
    return sum(((value - means[segment]) ** 2 for segment, _, value in values), Fraction(0))


def crossed(values: Values) -> float:
    first, second = halves_of({practice for _, practice, _ in values}, seed=SEED)
    error = base = Fraction(0)
    for learning, held in ((first, second), (second, first)):
        known = [one for one in values if one[1] in learning]
        others = [one for one in values if one[1] in held]
        error += missed(others, known)
        base += missed([("", *rest) for _, *rest in others], [("", "", 0)], mean(known))
    return float(1 - error / base)


def test_sums_of_squares_are_exact_where_64_bits_are_too_few(engine: AnyEngine) -> None:
    rows = [person | {"spend_pence": 9_876_543_210, "practice": "G82001", "segment": "dementia"} for person in PEOPLE]
    found = sums(rows, engine).cost["G82001"][("dementia",)]
    assert found.squares == len(rows) * 9_876_543_210**2


def test_expected_is_what_people_alike_have_on_average(engine: AnyEngine) -> None:
    cells = cells_of(engine.fetched_rows(matrix(people_frame(PEOPLE, engine), MIX)))
    averages: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person in PEOPLE:
        averages[alike(person)].append(person["spend_pence"])
    for one in against_expected(cells):
        if one.measure == "spend_pence":
            own = [person for person in PEOPLE if person["practice"] == one.practice]
            assert (one.people, one.observed) == (len(own), sum(person["spend_pence"] for person in own))
            assert one.expected == pytest.approx(math.fsum(fmean(averages[alike(person)]) for person in own))


def alike(person: dict) -> tuple[str, ...]:
    return person["segment"], person["age_band"], person["sex"]


def test_expected_people_of_a_segment_come_from_ages_and_sexes(engine: AnyEngine) -> None:
    cells = people_in_segments(cells_of(engine.fetched_rows(matrix(people_frame(PEOPLE, engine), MIX))))
    everybody = Counter((person["age_band"], person["sex"]) for person in PEOPLE)
    ill = Counter((one["age_band"], one["sex"]) for one in PEOPLE if one["segment"] == "dementia")
    for one in against_expected(cells):
        if one.measure == "dementia":
            own = [person for person in PEOPLE if person["practice"] == one.practice]
            assert one.observed == sum(person["segment"] == "dementia" for person in own)
            chances = [(person["age_band"], person["sex"]) for person in own]
            assert one.expected == pytest.approx(sum(ill[kind] / everybody[kind] for kind in chances))


def test_budgets_follow_the_costs_of_people_alike(engine: AnyEngine) -> None:
    cells = cells_of(engine.fetched_rows(matrix(people_frame(PEOPLE, engine), MIX)))
    whole = sum(person["spend_pence"] for person in PEOPLE)
    expected = {one.practice: one.expected for one in against_expected(cells) if one.measure == "spend_pence"}
    budgets = practice_budgets(cells, total_pence=whole)
    assert sum(one.budget_pence for one in budgets) == whole
    assert sum(one.weighted_people for one in budgets) == len(PEOPLE)
    for one in budgets:
        assert one.budget_pence == pytest.approx(expected[one.practice], abs=2)
