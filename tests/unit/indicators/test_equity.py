"""Gradients over deprivation, correlations, and budgets by weighted lists."""

import math
from decimal import Decimal

import pytest
from tests.unit.indicators.practice_results import measure_of, results_of

from placeplan.indicators.measures import Method, Polarity
from placeplan.indicators.methods import MethodInputError, proportion, slope_index_of_inequality
from placeplan.indicators.variation.correlations import correlation
from placeplan.indicators.variation.equity import equity_audit
from placeplan.indicators.variation.weighted_shares import PracticeSpend, WeightedBudgets, weighted_budgets

UPTAKE = {1: 500, 2: 560, 3: 620, 4: 700, 5: 740}
ROWS = [(f"{quantile}{half}", count / 2, 500) for quantile, count in UPTAKE.items() for half in "ab"]
PLACED = {area: int(area[0]) for area, _, _ in ROWS}


def test_areas_are_added_up_to_quantiles() -> None:
    audit = equity_audit(results_of(ROWS), quantile_of=PLACED, number=5, seed=1, repetitions=2_000)
    assert audit.quantiles["value"].to_list() == pytest.approx([50, 56, 62, 70, 74])
    assert audit.quantiles["areas"].to_list() == [2] * 5
    assert audit.quantiles["lower"][0] == pytest.approx(100 * float(proportion(500, 1000).lower))
    assert audit.ratio.value == pytest.approx(50 / 74)
    assert audit.difference.value == pytest.approx(-24)


def test_indices_are_those_of_the_method() -> None:
    audit = equity_audit(results_of(ROWS), quantile_of=PLACED, number=5, seed=1, repetitions=2_000)
    shares = [count / 1000 for count in UPTAKE.values()]
    errors = [math.sqrt(share * (1 - share) / 1000) for share in shares]
    index = slope_index_of_inequality(shares, errors, [1000] * 5, seed=1, repetitions=2_000, multiplier=100)
    assert (audit.slope.value, audit.slope.lower, audit.slope.upper) == pytest.approx(
        (float(index.value), float(index.lower), float(index.upper))
    )
    assert audit.relative.value == pytest.approx(float(index.relative))
    assert audit.gradient == "worse for the most deprived"


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        (Polarity.HIGHER_IS_BETTER, "worse for the most deprived"),
        (Polarity.LOWER_IS_BETTER, "worse for the least deprived"),
        (Polarity.NEITHER, "higher for the least deprived"),
    ],
)
def test_which_end_is_worse_comes_from_the_measure(polarity: Polarity, words: str) -> None:
    results = results_of(ROWS, measure=measure_of(polarity=polarity))
    assert equity_audit(results, quantile_of=PLACED, number=5, seed=1, repetitions=1_000).gradient == words


def test_a_gradient_that_chance_explains() -> None:
    rows = [(area, 30.0, 60.0) for area, _, _ in ROWS]
    audit = equity_audit(results_of(rows), quantile_of=PLACED, number=5, seed=1, repetitions=1_000)
    assert audit.gradient == "no gradient that chance does not explain"


def test_limits_of_the_ratio_of_the_ends() -> None:
    audit = equity_audit(results_of(ROWS), quantile_of=PLACED, number=5, seed=1, repetitions=1_000)
    error = math.sqrt(1 / 500 - 1 / 1000 + 1 / 740 - 1 / 1000)
    assert audit.ratio.lower == pytest.approx(50 / 74 / math.exp(1.959964 * error), rel=1e-6)
    rates = results_of(ROWS, measure=measure_of(method=Method.RATE))
    of_rates = equity_audit(rates, quantile_of=PLACED, number=5, seed=1, repetitions=1_000)
    error = math.sqrt(1 / 500 + 1 / 740)
    assert of_rates.ratio.upper == pytest.approx(50 / 74 * math.exp(1.959964 * error), rel=1e-6)


def test_a_quantile_without_people_leaves_the_rest_and_says_so() -> None:
    rows = [row for row in ROWS if row[0][0] != "1"] + [("1a", None, 500), ("x", 5, 10)]
    audit = equity_audit(results_of(rows), quantile_of=PLACED, number=5, seed=1)
    assert audit.quantiles["value"].to_list()[1:] == pytest.approx([56, 62, 70, 74])
    assert audit.quantiles["note"][0] == "an input is missing"
    assert audit.ratio.note == audit.slope.note == "not every quantile has a value"
    assert audit.gradient == "not known"
    assert audit.left_out == ("x",)
    assert "1 of 9 areas have no counts that can be used and take no part." in audit.caveats


def test_ends_without_events_and_few_quantiles() -> None:
    audit = equity_audit(results_of([("a", 0, 10), ("b", 5, 10)]), quantile_of={"a": 1, "b": 2}, number=2, seed=1)
    assert audit.ratio.note == "one end has no events, so there is no ratio"
    assert audit.slope.note == "an index needs 5 quantiles or more"
    assert audit.difference.value == -50


def test_audits_that_make_no_sense_are_refused() -> None:
    results = results_of(ROWS)
    with pytest.raises(MethodInputError, match="from 1 to 5, found 7"):
        equity_audit(results, quantile_of={"1a": 7}, number=5, seed=1)
    with pytest.raises(MethodInputError, match="no area of 'made-up' in 2013-14 has a quantile"):
        equity_audit(results, quantile_of={}, number=5, seed=1)
    with pytest.raises(MethodInputError, match="'made-up' is a mean"):
        equity_audit(results_of(ROWS, measure=measure_of(method=Method.MEAN)), quantile_of=PLACED, number=5, seed=1)


def test_correlation_with_its_interval() -> None:
    found = correlation([1, 2, 3, 4, 5, None], [2, 1, 4, 3, 5, 6])
    assert found.value == pytest.approx(0.8)
    assert found.pairs == 5
    assert (found.lower, found.upper) == pytest.approx((-0.279637, 0.986196), abs=1e-5)
    assert correlation([1, 2, 3, 4], [2, 4, 6, 8]).value == 1
    assert correlation([1, 2, 3], [1, 2, 3]).note == "fewer than 4 areas have both values"
    assert correlation([1, 1, 1, 1], [1, 2, 3, 4]).note == "one of the two does not vary"
    with pytest.raises(MethodInputError, match=r"found \(2,\) and \(3,\)"):
        correlation([1, 2], [1, 2, 3])


def _budgets(*lists: str | None, total: str = "100.00", spend: str | None = None) -> WeightedBudgets:
    return weighted_budgets(
        [
            PracticeSpend(f"P{at}", None if one is None else Decimal(one), None if spend is None else Decimal(spend))
            for at, one in enumerate(lists)
        ],
        total=Decimal(total),
    )


def test_budgets_add_up_to_the_penny() -> None:
    found = _budgets("1", "1", "1", spend="40")
    assert [one.budget for one in found.practices] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert found.practices[0].variance == Decimal("6.66")
    assert round(found.practices[0].per_cent or 0, 3) == Decimal("19.976")


def test_a_list_that_is_not_known_has_no_budget() -> None:
    found = _budgets("3", None, "-1", "0", "1")
    assert [one.budget for one in found.practices] == [Decimal(75), None, None, Decimal(0), Decimal(25)]
    assert [one.note for one in found.practices] == [
        "the spend is not known",
        "the weighted list is not known",
        "the weighted list is negative",
        "nobody is on the weighted list",
        "the spend is not known",
    ]


def test_groups_add_their_practices_up() -> None:
    rows = [
        PracticeSpend("A", Decimal(1), Decimal(30), group="North"),
        PracticeSpend("B", Decimal(1), Decimal(20), group="North"),
        PracticeSpend("C", Decimal(2), None, group="South"),
    ]
    found = weighted_budgets(rows, total=Decimal(80))
    assert found.by_group == {"North": (Decimal(40), Decimal(10)), "South": (Decimal(40), None)}


def test_budgets_that_make_no_sense_are_refused() -> None:
    for total in ("-1", "0.001", "NaN"):
        with pytest.raises(MethodInputError, match="whole pence"):
            _budgets("1", total=total)
    with pytest.raises(MethodInputError, match="nobody is on any weighted list"):
        _budgets("0", None)
    with pytest.raises(MethodInputError, match="'A' is there twice"):
        weighted_budgets([PracticeSpend("A", Decimal(1))] * 2, total=Decimal(1))
