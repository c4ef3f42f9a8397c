"""What a method cannot work with at all is said in one plain sentence that names the argument."""

from collections.abc import Callable

import numpy as np
import pytest

from placeplan.indicators import methods
from placeplan.indicators.methods import MethodInputError
from placeplan.kernel.errors import PlaceplanError

FIVE = [1.0, 2.0, 3.0, 4.0, 5.0]

CASES: list[tuple[str, Callable[[], object]]] = [
    (r"do not fit together: count \(3,\), population \(2,\)", lambda: methods.proportion([1, 2, 3], [4, 5])),
    (r"count: expected numbers, found", lambda: methods.rate(["many"], [4])),
    (r"count: expected numbers", lambda: methods.rate([1 + 2j], [4])),
    (r"count: expected numbers in rows of one length", lambda: methods.rate([[1], [2, 3]], 4)),
    (r"count: expected numbers in rows of one length", lambda: methods.rate([None, "many"], 4)),
    (
        r"confidence: expected a share between 0 and 1, such as 0.95, found 95",
        lambda: methods.rate(1, 2, confidence=95),
    ),
    (r"multiplier: expected a number other than zero", lambda: methods.rate(1, 2, multiplier=0)),
    (r"counts: expected age bands on the last axis", lambda: methods.directly_standardised_rate(1, 2, 3)),
    (r"weights: expected a standard", lambda: methods.directly_standardised_rate([1], [2], [np.nan])),
    (r"weights: expected a standard population above zero", lambda: methods.directly_standardised_rate([1], [2], [0])),
    (r"do not fit together: counts", lambda: methods.directly_standardised_rate([1, 2, 3], [1, 2], [1, 2])),
    (
        r"people_by_events",
        lambda: methods.directly_standardised_rate_of_repeated_events([1], [1], weights=[1], events_each=[1]),
    ),
    (
        r"band_starts: expected ages that begin at 0",
        lambda: methods.life_expectancy([1, 2], [3, 4], band_starts=[1, 5]),
    ),
    (
        r"band_starts: expected ages that begin at 0 and rise",
        lambda: methods.life_expectancy([1, 2], [3, 4], band_starts=[0, 0]),
    ),
    (r"band_starts: expected at least two", lambda: methods.life_expectancy([1], [3], band_starts=[0])),
    (
        r"deaths: expected 3 age bands .* found 2",
        lambda: methods.life_expectancy([1, 2], [3, 4], band_starts=[0, 1, 5]),
    ),
    (r"populations: expected 2 age bands", lambda: methods.life_expectancy([1, 2], [3, 4, 5], band_starts=[0, 5])),
    (
        r"until: expected an age at which a band begins",
        lambda: methods.years_of_life_lost([1, 2], [3, 4], band_starts=[0, 5]),
    ),
    (r"remaining: expected 2", lambda: methods.years_of_life_lost([1, 2], [3, 4], band_starts=[0, 5], remaining=[1])),
    (r"expected 5 to 100 quantiles", lambda: methods.slope_index_of_inequality([1], [1], [1], seed=1)),
    (
        r"repetitions: expected a whole number, 1,000 or more",
        lambda: methods.slope_index_of_inequality(FIVE, FIVE, FIVE, repetitions=9, seed=1),
    ),
    (
        r"transform: expected one of 'value', 'log', 'logit'",
        lambda: methods.slope_index_of_inequality(FIVE, FIVE, FIVE, transform="root", seed=1),
    ),
    (
        r"errors_on: with the transform 'log'",
        lambda: methods.slope_index_of_inequality(FIVE, FIVE, FIVE, transform="log", errors_on="value", seed=1),
    ),
    (
        r"statistic: expected one of 'proportion', 'rate', 'ratio'",
        lambda: methods.funnel_limits(1, 2, statistic="share"),
    ),
    (r"over_dispersion: expected one of", lambda: methods.funnel_limits(1, 2, over_dispersion="some")),
    (r"winsorise: expected a share below a half", lambda: methods.funnel_limits(1, 2, winsorise=0.5)),
    (r"baseline: expected a proportion", lambda: methods.funnel_limits(1, 2, baseline=20)),
    (r"values: expected one value for each area", lambda: methods.quantiles([[1, 2]])),
    (r"parents: expected one for each of 2", lambda: methods.quantiles([1, 2], parents=["a"])),
    (r"number: expected a whole number, 2 or more", lambda: methods.quantiles([1, 2], number=1)),
    (r'improvement: expected "up", "down" or "neither"', lambda: methods.xmr([1, 2], improvement="sideways")),
    (
        r"improvement: expected one word for all or 2, found 3",
        lambda: methods.xmr([[1, 2], [3, 4]], improvement=["up"] * 3),
    ),
    (r"target: expected one number for all series or 1", lambda: methods.xmr([1, 2], improvement="up", target=[1, 2])),
    (
        r"rebase_at: expected rising positions between 1 and 2",
        lambda: methods.xmr([1, 2, 3], improvement="up", rebase_at=[3]),
    ),
    (r"rebase_at: expected rising positions", lambda: methods.xmr([1, 2, 3], improvement="up", rebase_at=[2, 1])),
    (r"rebase_at: expected rising positions", lambda: methods.xmr([1, 2, 3], improvement="up", rebase_at=["2014-04"])),
    (r"values: expected points on the last axis", lambda: methods.xmr(np.ones((2, 2, 2)), improvement="up")),
    (r"of: expected 'proportion' or 'rate'", lambda: methods.trend_of_counts([1], [2], of="share")),
    (r"values: expected points in time", lambda: methods.trend(1)),
    (
        r"improvement: expected 'up' or 'down'",
        lambda: methods.compare_with_peers([1], [2], peers=[[-1]], improvement="neither"),
    ),
    (r"peers: a unit is not its own peer", lambda: methods.compare_with_peers([1], [2], peers=[[0]], improvement="up")),
    (
        r"peers: expected positions from 0 to 0",
        lambda: methods.compare_with_peers([1], [2], peers=[[1]], improvement="up"),
    ),
    (r"peers: expected a row of positions", lambda: methods.compare_with_peers([1], [2], peers=[0], improvement="up")),
    (
        r"unit_cost: expected pounds",
        lambda: methods.compare_with_peers([1, 1], [2, 2], peers=[[1], [0]], improvement="up", unit_cost=[1, 2, 3]),
    ),
    (
        r"statistic: expected 'rate'",
        lambda: methods.compare_with_peers([1], [2], peers=[[-1]], improvement="up", statistic="ratio"),
    ),
    (r"weights: expected answers", lambda: methods.effective_sample_size(1)),
    (r"outcomes: expected 1 for yes", lambda: methods.weighted_proportion([0.5], [1])),
    (r"values: expected observations", lambda: methods.mean(1)),
]


@pytest.mark.parametrize(("message", "call"), CASES, ids=[message for message, _ in CASES])
def test_message(message: str, call: Callable[[], object]) -> None:
    with pytest.raises(MethodInputError, match=message) as caught:
        call()
    assert isinstance(caught.value, PlaceplanError)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).endswith(".")
