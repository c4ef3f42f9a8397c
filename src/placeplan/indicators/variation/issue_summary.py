"""The issues of an area, written by rule: how each measure stands to England and to similar areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.indicators.measures import Measure
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period
from placeplan.indicators.values.which_is_better import better_side
from placeplan.indicators.variation.variation_levels import IssuePhrases, Standing
from placeplan.rounds.governance import Confidence

BY_INTERVAL = (
    "An area is better or worse when its interval leaves out the value of England, or the mean of its peers; "
    "otherwise it is like them. With many measures a few differ by chance."
)
UNCONFIRMED_WORDS = "The phrases and their order are unconfirmed."


@dataclass(frozen=True, slots=True)
class Issue:
    """One measure of an area beside England and its peers, in the unit of the measure.

    ``phrase`` is what the rule says, ``gravity`` its place in the list (higher is graver). ``peers`` is the mean of the
    ``peers_used`` peers that have a value. Numbers that are not known are ``None``; ``note`` says why.
    """

    measure: Measure
    period: str
    value: float | None
    lower: float | None
    upper: float | None
    england: float | None
    peers: float | None
    peers_used: int
    to_england: Standing
    to_peers: Standing
    phrase: str
    gravity: int
    note: str

    @property
    def sentence(self) -> str:
        """The issue as it stands in a list, such as ``Smoking: worse than England and its peers.``."""
        return f"{self.measure.title}: {self.phrase}."


@dataclass(frozen=True, slots=True)
class AreaIssues:
    """The measures of an area, gravest first, then by title; ``caveats`` belong beside the list."""

    area: str
    area_name: str
    issues: tuple[Issue, ...]
    caveats: tuple[str, ...]

    @property
    def grave(self) -> tuple[Issue, ...]:
        """Those that are worse than England or than peers."""
        return tuple(one for one in self.issues if Standing.WORSE in {one.to_england, one.to_peers})


def area_issues(
    results: Sequence[MeasureResults],
    area: str,
    *,
    england: str,
    peers: Sequence[str],
    phrases: IssuePhrases,
) -> AreaIssues:
    """Write the issues of an area from several measures, each in the latest period that the area has.

    ``england`` and ``peers`` are codes of areas in the results. The area is worse than England when its interval lies
    wholly on the worse side of England's value; so for the mean of the peers' values. It is unknown where either number
    is missing, and where no way is better.

    Raises:
        MethodInputError: the area among its own peers, a peer twice, no measure at all, or an area that is in none.
    """
    if area in peers or len(set(peers)) < len(peers):
        raise MethodInputError(f"peers: expected areas other than '{area}', each once.")
    issues = [found for one in results if (found := _issue(one, area, england=england, peers=peers, phrases=phrases))]
    if not issues:
        raise MethodInputError(f"no measure has a row for the area '{area}'.")
    names = [
        name for one in results for name in one.frame.filter(pl.col("area") == area)["area_name"].to_list() if name
    ]
    return AreaIssues(
        area=area,
        area_name=names[-1] if names else area,
        issues=tuple(sorted(issues, key=lambda one: (-one.gravity, one.measure.title, one.measure.id))),
        caveats=_caveats(results, issues, phrases=phrases),
    )


def _issue(
    results: MeasureResults, area: str, *, england: str, peers: Sequence[str], phrases: IssuePhrases
) -> Issue | None:
    of_area = results.frame.filter(pl.col("area") == area).sort("ends", "starts")
    if of_area.is_empty():
        return None
    rows, period = rows_of_one_period(results, period=of_area["period"][-1])
    by_area = {row["area"]: row for row in rows.iter_rows(named=True)}
    own = by_area[area]
    country = by_area.get(england, {}).get("value")
    known = [by_area[peer]["value"] for peer in peers if peer in by_area and by_area[peer]["value"] is not None]
    mean = sum(known) / len(known) if known else None
    better = better_side(results.measure)
    to_england, to_peers = _standing(own, country, better=better), _standing(own, mean, better=better)
    phrase = phrases.of(england=to_england, peers=to_peers)
    return Issue(
        measure=results.measure,
        period=period,
        value=own["value"],
        lower=own["lower"],
        upper=own["upper"],
        england=country,
        peers=mean,
        peers_used=len(known),
        to_england=to_england,
        to_peers=to_peers,
        phrase=phrase.phrase,
        gravity=phrase.gravity,
        note=_note(own, country=country, mean=mean, better=better),
    )


def _standing(own: dict[str, Any], benchmark: float | None, *, better: int) -> Standing:
    if benchmark is None or own["lower"] is None or own["upper"] is None or not better:
        return Standing.UNKNOWN
    side = (own["lower"] > benchmark) - (own["upper"] < benchmark)
    return {1: Standing.BETTER, -1: Standing.WORSE, 0: Standing.SIMILAR}[side * better]


def _note(own: dict[str, Any], *, country: float | None, mean: float | None, better: int) -> str:
    reasons = [
        (not better, "no way is better for this measure"),
        (bool(own["note"]), str(own["note"])),
        (own["value"] is not None and (own["lower"] is None or own["upper"] is None), "the value has no interval"),
        (country is None, "England has no value in this period"),
        (mean is None, "no peer has a value in this period"),
    ]
    return "; ".join(dict.fromkeys(words for holds, words in reasons if holds))


def _caveats(results: Sequence[MeasureResults], issues: Sequence[Issue], *, phrases: IssuePhrases) -> tuple[str, ...]:
    words = [BY_INTERVAL]
    if len(issues) < len(results):
        words.append(f"{len(results) - len(issues)} measures have no row for the area and are left out.")
    if phrases.confidence is Confidence.UNCONFIRMED:
        words.append(UNCONFIRMED_WORDS)
    return tuple(words)
