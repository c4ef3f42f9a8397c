"""The issues of an area over several measures, gravest first, and what its gaps are worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

import polars as pl

from placeplan.app.describing_measures import measure_called
from placeplan.app.indicator_levels import read_levels
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.several_measures import SeveralResults, WhichMeasures, left_out_words, read_several
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.issue_summary import AreaIssues, Issue, area_issues
from placeplan.indicators.variation.opportunities import HYPOTHETICAL, Opportunity, opportunities
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.wording import worded
from placeplan.reports.pictures.axes import bare, how_many, printed
from placeplan.reports.pictures.bars import Bar, bars_picture
from placeplan.reports.pictures.issue_table import issue_rows, issue_table_picture
from placeplan.reports.pictures.picture import StatisticalPicture

UNCONFIRMED = "Unconfirmed phrases"
OPTION = "--unit-cost"
POUNDS = str(MoneyUnit.GBP)


@dataclass(frozen=True, slots=True)
class IssuesOptions:
    """``england`` is the area that stands for the country (no comparison where empty); ``peers`` are areas like the
    one asked about; ``unit_costs`` has the pounds of one event by the identifier of its measure.
    """

    england: str = ""
    peers: tuple[str, ...] = ()
    which: WhichMeasures = field(default_factory=WhichMeasures)
    unit_costs: Mapping[str, Decimal] = field(default_factory=dict)


def unit_costs_from(texts: Sequence[str]) -> dict[str, Decimal]:
    """Pounds of one event by the identifier of its measure, from texts such as ``gphli-asthma-admissions=1085``.

    Raises:
        InputError: a text is not of this form, there is no such measure, or an amount is not above zero.
    """
    costs: dict[str, Decimal] = {}
    problems: list[Problem] = []
    for text in texts:
        name, _, amount = text.partition("=")
        pounds = _amount(amount)
        if pounds is None:
            expected = "MEASURE=POUNDS with an amount above zero, such as gphli-asthma-admissions=1085"
            problems.append(Problem(Location(OPTION), f"{text!r} is no cost of an event", expected))
            continue
        try:
            costs[measure_called(name.strip()).id] = pounds
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return costs


def _amount(text: str) -> Decimal | None:
    """Pounds above zero, or nothing where the text is none."""
    try:
        pounds = Decimal(text.strip().removeprefix("£").replace(",", ""))
    except InvalidOperation:
        return None
    return pounds if pounds.is_finite() and pounds > 0 else None


def issues_of_area(path: Path, area: str, *, options: IssuesOptions | None = None) -> IndicatorReport:
    """Write the issues of an area by rule, and rank what its gaps to the better half of its peers are worth.

    Each measure is taken in the latest period that the area has, unless one is given.

    Raises:
        InputError: the file cannot be read, an area is not in it, or the area stands among its own peers.
    """
    asked = options or IssuesOptions()
    several = read_several(path, asked.which)
    own, peers = several.code_of(area), tuple(several.code_of(peer) for peer in asked.peers)
    england = several.code_of(asked.england) if asked.england else ""
    phrases = read_levels().issue_phrases[0]
    try:
        issues = area_issues(several.results, own, england=england, peers=peers, phrases=phrases)
        ranked = opportunities(several.results, own, peers=peers, unit_costs=asked.unit_costs) if peers else ()
    except MethodInputError as error:
        raise InputError([Problem(Location(several.file), str(error))]) from error
    return _report(issues, ranked, several=several, marks=() if phrases.confirmed else (UNCONFIRMED,))


def _report(
    issues: AreaIssues, ranked: Sequence[Opportunity], *, several: SeveralResults, marks: tuple[str, ...]
) -> IndicatorReport:
    tables = {"issues": issue_rows(issues)} | ({"opportunities": _opportunity_table(ranked)} if ranked else {})
    return IndicatorReport(
        title=f"{issues.area_name}: issues and opportunities",
        measure=None,
        tables=tables,
        pictures=tuple(_pictures(issues, ranked, marks=marks)),
        says=tuple(_says(issues, ranked, several=several)),
        remarks=several.remarks,
        attribution=several.attribution,
    )


def _opportunity_table(ranked: Sequence[Opportunity]) -> pl.DataFrame:
    rows = [
        {
            "measure": one.measure.id,
            "title": one.measure.title,
            "period": one.period,
            "value": one.value,
            "best_half": one.best_half,
            "unit": one.measure.unit,
            "events": one.events,
            "pounds": one.pounds,
            "standing": one.standing,
            "peers_used": one.peers_used,
            "note": one.note,
        }
        for one in ranked
    ]
    numbers = dict.fromkeys(("value", "best_half", "events", "pounds"), pl.Float64)
    return pl.DataFrame(rows, schema_overrides=numbers, infer_schema_length=None)


def _pictures(
    issues: AreaIssues, ranked: Sequence[Opportunity], *, marks: tuple[str, ...]
) -> Iterator[StatisticalPicture]:
    name = issues.area_name
    yield issue_table_picture(f"issue-table-{issues.area}", issues, title=f"{name}: issues", marks=marks)
    in_pounds = [one for one in ranked if one.pounds is not None and one.pounds > 0]
    in_events = [one for one in ranked if one.events is not None and one.events > 0]
    if in_events:
        yield bars_picture(
            f"opportunities-in-events-{issues.area}",
            [_bar(one) for one in sorted(in_events, key=lambda one: -(one.events or 0))],
            title=f"{name}: opportunities in events",
            subtitle="Events of the period that the area differs by from the mean of the better half of its peers.",
            unit="events",
            note=HYPOTHETICAL,
        )
    if in_pounds:
        yield bars_picture(
            f"opportunities-in-pounds-{issues.area}",
            [Bar(one.measure.title, float(one.pounds or 0), _pounds(one.pounds)) for one in in_pounds],
            title=f"{name}: opportunities in pounds",
            subtitle="The same events at the cost of one that was given.",
            unit="pounds",
            note=HYPOTHETICAL,
        )


def _bar(one: Opportunity) -> Bar:
    return Bar(one.measure.title, float(one.events or 0), f"{bare(round(one.events or 0))}, {one.standing}")


def _pounds(amount: float | None) -> str:
    return worded(None if amount is None else Decimal(round(amount)), POUNDS)


def _says(issues: AreaIssues, ranked: Sequence[Opportunity], *, several: SeveralResults) -> Iterator[str]:
    yield (
        f"{how_many(len(issues.issues), 'measure')}; worse than England or peers on {len(issues.grave)}. Gravest first:"
    )
    for one in issues.issues:
        yield f"{one.measure.title}: {one.phrase} ({_numbers(one)})."
    gaps = [one for one in ranked if (one.events or 0) > 0]
    if gaps:
        yield "Opportunities, the largest first:"
    for gap in gaps:
        yield _gap(gap)
    without = [f"{one.measure.id} ({one.note})" for one in ranked if one.note]
    if without:
        yield f"No opportunity can be told of: {'; '.join(without)}."
    if ranked:
        yield HYPOTHETICAL
    yield from left_out_words(several)
    yield from issues.caveats


def _numbers(one: Issue) -> str:
    unit = one.measure.unit
    interval = "" if one.lower is None else f", {printed(one.lower)} to {printed(one.upper)}"
    parts = [f"{one.period}: {printed(one.value, unit)}{interval}"]
    if one.england is not None:
        parts.append(f"England {printed(one.england, unit)}")
    if one.peers is not None:
        parts.append(f"mean of {how_many(one.peers_used, 'peer')} {printed(one.peers, unit)}")
    return "; ".join((*parts, *filter(None, (one.note,))))


def _gap(one: Opportunity) -> str:
    worth = f", {_pounds(one.pounds)}" if one.pounds is not None else ""
    level = printed(one.best_half, one.measure.unit)
    peers = how_many(one.peers_used, "peer")
    return (
        f"{one.measure.title}: {bare(round(one.events or 0))} events{worth} at {level}, the mean of the better half of "
        f"{peers}; the area is {one.standing}."
    )
