"""The observations that stand in a plan as readings: a value in a period that could be read, or why there is none.

A plan holds periods as they were printed. What cannot be placed in time takes no part, and a remark says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from placeplan.indicators.in_plans.observing import ONE, SHARE, derived_value, scale_of
from placeplan.indicators.measures import Measure, Measures
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.values.counted_values import COUNTED_OVER
from placeplan.kernel.errors import Problem
from placeplan.kernel.spans import Frequency, Span, parse_span
from placeplan.kernel.wording import PER_CENT
from placeplan.plan.tables import Observation, ObservationStatus

# A text that could be two lengths, such as 2011-12, is a financial year: that is how plans are written.
READ_AS = (
    Frequency.FINANCIAL_YEAR,
    Frequency.QUARTER,
    Frequency.MONTH,
    Frequency.CALENDAR_YEAR,
    Frequency.DAY,
    Frequency.WEEK,
    Frequency.SEVERAL_YEARS,
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_BY_NAME = re.compile(r"(?:(\d{1,2}) )?([a-z]+) (\d{4})", re.ASCII)
_QUARTER_FIRST = re.compile(r"(q[1-4]) (\d{4}[-/]\d{2,4})", re.ASCII)
EXPECTED_PERIOD = "a financial year such as 2014-15, a quarter such as 2014-15 Q1, a month such as 2014-04, or a year"


@dataclass(frozen=True, slots=True)
class Reading:
    """One observation of a plan in time; ``value`` is in the unit of its row."""

    row: Observation
    span: Span
    value: Decimal


def readings(rows: Iterable[Observation], measures: Measures | None = None) -> tuple[list[Reading], list[Remark]]:
    """The observations that can be used, in their order, and a remark on each of the others.

    A projection takes no part: nobody observed it. Periods are read in the length that the measure has where that
    is known, and else in the first length that fits.
    """
    found: list[Reading] = []
    remarks: list[Remark] = []
    for row in rows:
        measure = definition_of(row.indicator, measures)
        span = period_of(row.period, measure.frequency if measure else None)
        value = row.value.value if row.value is not None else derived_value(row)
        problem = _unusable(row, span=span, value=value)
        if problem is not None:
            remarks.append(problem)
        elif span is not None and value is not None:
            found.append(Reading(row, span, value))
    return found, remarks


def definition_of(indicator: str, measures: Measures | None) -> Measure | None:
    """The definition with the code of an indicator; nothing when there is none."""
    return measures[indicator] if measures is not None and indicator in measures else None


def period_of(text: str | None, frequency: Frequency | None = None) -> Span | None:
    """The period that a printed text names; nothing when it names none.

    ``2014/15``, ``Q1 2014/15``, ``February 2016``, ``31 December 2016`` and every text of :mod:`placeplan.kernel.spans`
    are understood.
    """
    plain = _plain(text or "")
    for known in filter(None, (frequency, *READ_AS)):
        try:
            return parse_span(plain, frequency=known)
        except ValueError:
            continue
    return None


def scale_to(unit: str, measure: Measure | None) -> Decimal | None:
    """What a fraction is multiplied with in the unit of a measure, or else in a unit; nothing for other units."""
    if measure is not None and measure.method in COUNTED_OVER:
        return measure.multiplier
    return scale_of(unit) if is_of_fraction(unit) else None


def is_of_fraction(unit: str) -> bool:
    """Whether a unit is one of a count over another: per cent, a share, or per so many."""
    return unit in (PER_CENT, SHARE) or unit.startswith("per ")


def factor(unit: str, scale: Decimal | None) -> Decimal:
    """What a value in a unit is multiplied with to be on a scale; 1 where one of them is not that of a fraction."""
    return scale / scale_of(unit) if scale is not None and is_of_fraction(unit) else ONE


def _unusable(row: Observation, *, span: Span | None, value: Decimal | None) -> Remark | None:
    """Why an observation takes no part."""
    name = f"{row.indicator}, {row.area}"
    if row.status is ObservationStatus.PROJECTION:
        problem = Problem(row.place.at("status"), f"{name}: a projection was not observed")
        return Remark(RemarkKind.NOTHING_MEASURED, problem)
    if span is None:
        found = f"{row.period!r} is not a period" if row.period else "no period is given"
        kind = RemarkKind.UNREADABLE if row.period else RemarkKind.INCOMPLETE
        return Remark(kind, Problem(row.place.at("period"), f"{name}: {found}", EXPECTED_PERIOD))
    if value is None:
        problem = Problem(row.place.at("value"), f"{name}: there is no value, and no counts that give one")
        return Remark(RemarkKind.NOTHING_MEASURED, problem)
    return None


def _plain(text: str) -> str:
    """A printed period in the form that is read: names of months as numbers, the year of a quarter first."""
    small = " ".join(text.lower().split())
    if (match := _QUARTER_FIRST.fullmatch(small)) is not None:
        return f"{_short(match[2])} {match[1].upper()}"
    if (match := _MONTH_BY_NAME.fullmatch(small)) is not None and match[2] in MONTHS:
        month = f"{match[3]}-{MONTHS.index(match[2]) + 1:02d}"
        return f"{month}-{int(match[1]):02d}" if match[1] else month
    return " ".join(text.split())


def _short(year: str) -> str:
    """``2014/15`` and ``2014-2015`` as ``2014-15``."""
    return f"{year[:4]}-{year[-2:]}"
