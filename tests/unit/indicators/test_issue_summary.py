"""Issues of an area by rule, and what the gap to peers is worth."""

from decimal import Decimal
from itertools import product

import pytest
from pydantic import ValidationError
from tests.unit.indicators.practice_results import joined, measure_of, results_of

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.measures import Method, Polarity
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.variation.issue_summary import UNCONFIRMED_WORDS, area_issues
from placeplan.indicators.variation.opportunities import opportunities
from placeplan.indicators.variation.variation_levels import IssuePhrases, Standing

PHRASES = read_levels().issue_phrases[0]
SIDES = {"worse": 70, "similar": 80, "better": 90}


def _beside(own: float, england: float | None, peers: tuple[float | None, ...], **changed: object) -> MeasureResults:
    """Results in per cent of an area of 1,000 people, England, and peers P0, P1, ..."""
    rows = [("Place", own * 10, 1_000), ("England", None if england is None else england * 10_000, 1_000_000)]
    rows += [(f"P{at}", None if one is None else one * 10, 1_000) for at, one in enumerate(peers)]
    return results_of(rows, measure=measure_of(**changed))


@pytest.mark.parametrize(("to_england", "to_peers"), list(product(SIDES, SIDES)))
@pytest.mark.parametrize("polarity", [Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER])
def test_every_cell_has_its_phrase(to_england: str, to_peers: str, polarity: Polarity) -> None:
    turn = 1 if polarity is Polarity.HIGHER_IS_BETTER else -1
    england, peers = (80 - turn * (SIDES[side] - 80) for side in (to_england, to_peers))
    found = area_issues(
        [_beside(80, england, (peers - 1, peers + 1), polarity=polarity)],
        "Place",
        england="England",
        peers=["P0", "P1"],
        phrases=PHRASES,
    )
    [issue] = found.issues
    assert (issue.to_england, issue.to_peers) == (to_england, to_peers)
    assert issue.phrase == PHRASES.of(england=Standing(to_england), peers=Standing(to_peers)).phrase
    assert bool(found.grave) == ("worse" in (to_england, to_peers))
    assert UNCONFIRMED_WORDS in found.caveats


def test_the_phrases_of_the_plan_of_2014() -> None:
    said = {(one.england.value, one.peers.value): one.phrase for one in PHRASES.phrases}
    assert said["worse", "worse"] == "worse than England and its peers"
    assert said["worse", "better"] == "worse than England though better than its peers"
    assert said["similar", "worse"] == "worse than its peers though close to England"


def test_gravest_first_then_by_title() -> None:
    results = [
        _beside(80, 70, (70,), id="fine", title="Fine"),
        _beside(80, 90, (90,), id="bad-b", title="B bad"),
        _beside(80, 90, (90,), id="bad-a", title="A bad"),
        _beside(80, 90, (70,), id="mixed", title="Mixed"),
    ]
    found = area_issues(results, "Place", england="England", peers=["P0"], phrases=PHRASES)
    assert [issue.measure.id for issue in found.issues] == ["bad-a", "bad-b", "mixed", "fine"]
    assert found.issues[0].sentence == "A bad: worse than England and its peers."
    assert found.area_name == "Practice Place"


def test_what_cannot_be_compared_says_why() -> None:
    def only(results: MeasureResults, peers: tuple[str, ...] = ("P0",)) -> tuple[str, str]:
        [issue] = area_issues([results], "Place", england="England", peers=peers, phrases=PHRASES).issues
        return issue.phrase, issue.note

    assert only(_beside(80, None, (90,))) == (
        "worse than its peers; no comparison with England",
        "England has no value in this period",
    )
    assert only(_beside(80, 90, (None,)))[1] == "no peer has a value in this period"
    assert only(_beside(80, 90, (90,), polarity=Polarity.NEITHER)) == (
        "not compared",
        "no way is better for this measure",
    )
    without = results_of([("Place", None, 10), ("England", 5, 10), ("P0", 5, 10)])
    assert only(without) == ("not compared", "an input is missing")


def test_peers_are_those_with_a_value() -> None:
    [issue] = area_issues(
        [_beside(80, 80, (60, None, 70))], "Place", england="England", peers=["P0", "P1", "P2", "P9"], phrases=PHRASES
    ).issues
    assert (issue.peers, issue.peers_used) == (pytest.approx(65), 2)


def test_the_latest_period_of_the_area_is_taken() -> None:
    both = joined(_beside(80, 90, (90,)), results_of([("England", 9, 10)], period="2014-15"))
    [issue] = area_issues([both], "Place", england="England", peers=["P0"], phrases=PHRASES).issues
    assert (issue.period, issue.to_england) == ("2013-14", "worse")


def test_who_is_no_peer_is_refused() -> None:
    results = [_beside(80, 90, (90,))]
    for peers in (["Place"], ["P0", "P0"]):
        with pytest.raises(MethodInputError, match="areas other than 'Place', each once"):
            area_issues(results, "Place", england="England", peers=peers, phrases=PHRASES)
        with pytest.raises(MethodInputError, match="areas other than 'Place', each once"):
            opportunities(results, "Place", peers=peers)
    with pytest.raises(MethodInputError, match="no measure has a row for the area 'Elsewhere'"):
        area_issues(results, "Elsewhere", england="England", peers=["P0"], phrases=PHRASES)
    found = area_issues(
        [*results, results_of([("Z", 1, 2)], measure=measure_of(id="z"))],
        "Place",
        england="England",
        peers=[],
        phrases=PHRASES,
    )
    assert "1 measures have no row for the area and are left out." in found.caveats


def test_phrases_must_be_complete() -> None:
    with pytest.raises(ValidationError, match="expected one phrase for what is 'worse' beside England"):
        IssuePhrases.model_validate({**dict(PHRASES), "phrases": PHRASES.phrases[1:]})


def test_opportunities_are_ranked_by_pounds_then_events() -> None:
    results = [
        _beside(80, 80, (90, 70), id="few"),
        _beside(80, 80, (95, 70), id="many"),
        _beside(80, 80, (85, 70), id="dear"),
        _beside(80, 80, (85,), id="life", method=Method.MEAN),
        _beside(80, 80, (85,), id="neither", polarity=Polarity.NEITHER),
        results_of([("Z", 1, 2)], measure=measure_of(id="absent")),
        _beside(80, 80, (None,), id="alone"),
    ]
    found = opportunities(results, "Place", peers=["P0", "P1"], unit_costs={"dear": Decimal(100)})
    assert [one.measure.id for one in found] == ["dear", "many", "few", "absent", "alone", "life", "neither"]
    assert found[0].pounds == pytest.approx(5_000)
    assert [found[at].events for at in (1, 2)] == pytest.approx([150, 100])
    assert found[1].best_half == pytest.approx(95)
    assert found[1].standing == "significantly worse"
    assert [one.note for one in found[3:]] == [
        "the area is not in the results",
        "no peer has a value",
        "the measure is no count over a population",
        "no way is better for this measure",
    ]


def test_opportunity_of_a_rate_is_in_events() -> None:
    rate = measure_of(method=Method.RATE, multiplier=Decimal(1000), polarity=Polarity.LOWER_IS_BETTER)
    results = results_of([("Place", 50, 10_000), ("P0", 20, 10_000), ("P1", 90, 10_000)], measure=rate)
    [found] = opportunities([results], "Place", peers=["P0", "P1"])
    assert (found.value, found.best_half, found.events) == (pytest.approx(5), pytest.approx(2), pytest.approx(30))
