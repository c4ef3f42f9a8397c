"""The derived sheets of a workbook: every computed figure, years side by side, a section for each service."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from placeplan.kernel.figures import Figure
from placeplan.plan.header import PlanHeader
from placeplan.plan.workbook_numbers import MOST_DIGITS

_YEAR = re.compile(r"^\d{4}-\d{2}$")
YEAR_IN_ID = "YEAR"
VALUE = "value"
MOST_PLACES = 4
WHOLE_PLAN = "The whole plan"


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """One measure with its value in each year; ``id`` has the word YEAR where the year stands."""

    id: str
    label: str
    unit: str
    formula: str
    values: dict[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DerivedSheet:
    """The figures of one family, in sections."""

    family: str
    columns: tuple[str, ...]
    sections: Mapping[str, tuple[DerivedRow, ...]]


def derived_sheets(header: PlanHeader, figures: Iterable[Figure]) -> tuple[DerivedSheet, ...]:
    """Arrange figures by family (the first part of the identifier), subject and measure.

    Args:
        header: gives the names of services.
        figures: in the order in which they are to stand.
    """
    families: dict[str, list[Figure]] = {}
    for figure in figures:
        families.setdefault(figure.id.partition(".")[0], []).append(figure)
    return tuple(_sheet(family, own, header=header) for family, own in families.items())


def _sheet(family: str, figures: list[Figure], *, header: PlanHeader) -> DerivedSheet:
    names = {service.id: service.name for service in header.services}
    sections: dict[str, dict[str, DerivedRow]] = {}
    columns: set[str] = set()
    for figure in figures:
        parts = figure.id.split(".")
        year = next((part for part in parts if _YEAR.match(part)), VALUE)
        subject = parts[1] if not _YEAR.match(parts[1]) else ""
        row_id = ".".join(YEAR_IN_ID if _YEAR.match(part) else part for part in parts)
        section = sections.setdefault(names.get(subject, subject) if subject else WHOLE_PLAN, {})
        if row_id not in section:
            formula = figure.formula.replace(year, YEAR_IN_ID)
            section[row_id] = DerivedRow(
                row_id, _label(figure, year=year, service=names.get(subject, "")), figure.unit, formula
            )
        section[row_id].values[year] = figure.value
        columns.add(year)
    ordered = tuple(sorted(columns - {VALUE})) + ((VALUE,) if VALUE in columns else ())
    return DerivedSheet(family, ordered, {name: tuple(rows.values()) for name, rows in sections.items()})


def _label(figure: Figure, *, year: str, service: str) -> str:
    """The words of a figure without the service and the year, which stand elsewhere on the sheet."""
    label = figure.label.removesuffix(f", {year}").removeprefix(f"{service}, ")
    return label[:1].upper() + label[1:]


def shown(value: Decimal) -> tuple[float, str]:
    """A value as a worksheet shows it, and the number format: its own decimal places, four at most."""
    exponent = value.normalize().as_tuple().exponent
    places = min(max(-exponent, 0), MOST_PLACES) if isinstance(exponent, int) else 0
    rounded = (
        value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        if value.adjusted() < MOST_DIGITS
        else value
    )
    positive = f"#,##0.{'0' * places}" if places else "#,##0"
    return float(rounded), f"{positive};-{positive}"
