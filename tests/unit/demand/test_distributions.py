import numpy as np
import pytest
from scipy import stats

from placeplan.demand.distributions import Beta, Distribution, Fixed, LogNormal, Normal, Pert, Triangular, Uniform
from placeplan.demand.errors import DemandError

SHARES = np.array([0.001, 0.1, 0.25, 0.5, 0.9, 0.999])
PEERS = [
    (Uniform(0.2, 0.6), stats.uniform(0.2, 0.4)),
    (Triangular(1.0, 1.5, 4.0), stats.triang(0.5 / 3, 1.0, 3.0)),
    (Triangular(1.0, 1.0, 4.0), stats.triang(0.0, 1.0, 3.0)),
    (Pert(1.0, 2.0, 5.0), stats.beta(2.0, 4.0, 1.0, 4.0)),
    (Normal(0.1, 0.02), stats.norm(0.1, 0.02)),
    (Normal(0.1, 0.2, at_least=0.0), stats.truncnorm(-0.5, np.inf, 0.1, 0.2)),
    (Normal(0.1, 0.2, at_least=-0.05, at_most=0.3), stats.truncnorm(-0.75, 1.0, 0.1, 0.2)),
    (LogNormal(0.3, 0.2), stats.lognorm(0.2, scale=np.exp(0.3))),
    (Beta(2.0, 5.0), stats.beta(2.0, 5.0)),
    (Beta(2.0, 5.0, -1.0, 3.0), stats.beta(2.0, 5.0, -1.0, 4.0)),
]


@pytest.mark.parametrize(("ours", "theirs"), PEERS)
def test_moments_and_quantiles_agree_with_scipy(ours: Distribution, theirs: stats.rv_continuous) -> None:
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-12)
    assert ours.variance == pytest.approx(theirs.var(), rel=1e-9)
    for order in (2, 3, 5):
        assert ours.raw_moment(order) == pytest.approx(theirs.moment(order), rel=1e-7)
    np.testing.assert_allclose(ours.quantile(SHARES), theirs.ppf(SHARES), rtol=1e-10)


@pytest.mark.parametrize(("ours", "theirs"), PEERS)
def test_growth_at_an_uncertain_rate_is_expected_in_closed_form(
    ours: Distribution, theirs: stats.rv_continuous
) -> None:
    expected = theirs.expect(lambda rate: (1 + rate) ** 7, epsabs=1e-11, epsrel=1e-11)
    assert ours.growth_moment(7) == pytest.approx(expected, rel=1e-8)
    assert ours.growth_moment(0) == 1


def test_fixed_is_one_value() -> None:
    assert Fixed(0.3).mean == 0.3
    assert Fixed(0.3).variance == 0
    assert Fixed(0.3).is_fixed
    assert Fixed(0.3).quantile([[0.1], [0.9]]).tolist() == [[0.3], [0.3]]
    assert Fixed(0.01).growth_moment(3) == pytest.approx(1.01**3)


@pytest.mark.parametrize("narrow", [Uniform(2, 2), Triangular(2, 2, 2), Pert(2, 2, 2), Normal(2, 0), LogNormal(0.0, 0)])
def test_a_distribution_without_width_is_fixed(narrow: Distribution) -> None:
    assert narrow.is_fixed
    assert narrow.variance == pytest.approx(0)
    assert narrow.quantile([0.2, 0.8]).tolist() == [narrow.low, narrow.low]
    assert narrow.mean == narrow.low


def test_an_interval_holds_its_share() -> None:
    normal, lognormal = Normal.between(0.9955, 1.0017), LogNormal.between(0.5, 2.0, share=0.9)
    np.testing.assert_allclose(normal.quantile([0.1, 0.9]), [0.9955, 1.0017])
    np.testing.assert_allclose(lognormal.quantile([0.05, 0.95]), [0.5, 2.0])


def test_what_is_cut_off_never_comes() -> None:
    cut = Normal(0.0, 1.0, at_least=0.0, at_most=0.5)
    assert cut.quantile([0.0, 1.0]).tolist() == [0.0, 0.5]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Fixed(float("inf")), "fixed: the value is inf; expected a finite number"),
        (lambda: Fixed("1"), "fixed: value is '1'; expected a number"),  # type: ignore[arg-type]
        (lambda: Fixed(float("nan")), "fixed: value is nan; expected a number"),
        (lambda: Uniform(2, 1), "uniform: it runs from 2 to 1; expected the smaller number first"),
        (lambda: Uniform(0, float("inf")), "uniform: it runs from 0 to inf; expected finite numbers"),
        (lambda: Triangular(1, 5, 3), "triangular: the mode 5 lies outside 1 to 3"),
        (lambda: Pert(1, 2, 3, shape=0), "pert: the shape is 0; expected more than 0, usually 4"),
        (lambda: Beta(0, 1), "beta: alpha is 0; expected more than 0"),
        (lambda: Normal(0, -1), "normal: the spread is -1; expected 0 or more"),
        (lambda: Normal(0, 1, at_least=2, at_most=1), "so that nothing is left"),
        (lambda: Normal(0, 1, at_least=50), "next to nothing lies between 50 and inf"),
        (lambda: Normal(0, 0, at_least=1), "the centre 0 lies outside 1 to inf"),
        (lambda: Normal.between(2, 1), "normal: it runs from 2 to 1"),
        (lambda: Normal.between(1, 2, share=80), "the share of outcomes in the interval is 80"),
        (lambda: LogNormal.between(0, 1), "lognormal: the low value is 0; expected more than 0"),
        (lambda: LogNormal(float("inf"), 1), "lognormal: the centre of the logarithm is inf"),
        (lambda: LogNormal(0, -1), "lognormal: the spread of the logarithm is -1; expected 0 or more"),
        (lambda: Uniform(0, 1).quantile([1.2]), "quantile: expected shares between 0 and 1"),
    ],
)
def test_beliefs_that_cannot_be(make: object, message: str) -> None:
    with pytest.raises(DemandError, match=message):
        make()  # type: ignore[operator]
