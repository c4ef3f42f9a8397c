"""Reads what people found when they looked at outliers, to stand beside the flags."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from placeplan.app.indicators.own_files import read_own, text_in
from placeplan.app.measure_definitions import read_measures
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.variation.outlier_reasons import Finding, OutlierReason, with_reasons
from placeplan.indicators.variation.outliers import Outliers
from placeplan.kernel.errors import Place, Problem
from placeplan.reports.pictures.axes import how_many

LAYOUT = "outlier-reasons"
NEEDED = {"reason": "why", "found_by": "a name", "found_on": "a day such as 2014-04-30"}


@dataclass(frozen=True, slots=True)
class Reasons:
    """What was found on outliers, and remarks on the rows that could not be used."""

    reasons: tuple[OutlierReason, ...]
    remarks: tuple[Remark, ...]

    def beside(self, found: Outliers) -> pl.DataFrame:
        """The red outliers with what was found on each."""
        return with_reasons(found, self.reasons)

    def says(self, outliers: Sequence[Outliers]) -> Iterator[str]:
        """How many red outliers are warranted, unwarranted and not looked at; and what fits no red outlier."""
        beside = [self.beside(found) for found in outliers]
        counts = Counter(finding for table in beside for finding in table["finding"].to_list())
        total = sum(counts.values())
        told = ", ".join(f"{counts[finding.value]:,} {finding.value}" for finding in Finding)
        yield f"Of {how_many(total, 'red outlier')}: {told}."
        red = {(found.measure.id, found.period, area) for found in outliers for area in found.red["area"].to_list()}
        measures = {found.measure.id for found in outliers}
        others = [
            one for one in self.reasons if one.measure in measures and (one.measure, one.period, one.area) not in red
        ]
        if others:
            first = others[0]
            yield (
                f"{how_many(len(others), 'record')} about a value that is no red outlier here, such as that of "
                f"{first.area} on {first.measure} in {first.period}."
            )


def read_reasons(path: Path) -> Reasons:
    """Read a record of what was found on outliers: ``measure``, ``area``, ``period``, ``finding``, and once somebody
    has looked ``reason``, ``found_by`` and ``found_on``. A row that lacks one of them is told and takes no part.

    Raises:
        InputError: the file cannot be read.
    """
    table = read_own(path, LAYOUT)
    kept: dict[tuple[str, str, str], OutlierReason] = {}
    remarks = list(table.remarks)
    for row, place in table.rows():
        problems = list(_problems(row, place))
        key = (_measure(row), text_in(row, "area"), text_in(row, "period"))
        if not problems and key in kept:
            message = f"'{key[1]}' has a record on '{key[0]}' in {key[2]} in a row above"
            problems = [Problem(place.at("area"), message, "one record for each value", "Keep the one that holds.")]
        if problems:
            remarks += [Remark(RemarkKind.UNREADABLE, problems[0])]
        else:
            kept[key] = _reason(row, key)
    return Reasons(tuple(kept.values()), tuple(remarks))


def _measure(row: dict[str, Any]) -> str:
    """The identifier as the definition writes it."""
    given, measures = text_in(row, "measure"), read_measures()
    return measures[given].id if given in measures else given


def _problems(row: dict[str, Any], place: Place) -> Iterator[Problem]:
    if text_in(row, "measure") not in read_measures():
        message = f"there is no measure '{text_in(row, 'measure')}'"
        yield Problem(place.at("measure"), message, "an identifier", "`placeplan indicators describe` lists them.")
    finding = text_in(row, "finding").lower()
    if finding == Finding.NOT_LOOKED_AT:
        return
    for heading, expected in NEEDED.items():
        if not text_in(row, heading):
            message = f"'{finding}' stands here without '{heading}'"
            mend = f"Fill it in, or write '{Finding.NOT_LOOKED_AT}' until somebody has looked."
            yield Problem(place.at(heading), message, expected, mend)


def _reason(row: dict[str, Any], key: tuple[str, str, str]) -> OutlierReason:
    measure, area, period = key
    return OutlierReason(
        measure=measure,
        area=area,
        period=period,
        finding=Finding(text_in(row, "finding").lower()),
        reason=text_in(row, "reason"),
        found_by=text_in(row, "found_by"),
        found_on=row.get("found_on"),
        action=text_in(row, "action"),
    )
