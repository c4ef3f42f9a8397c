"""Reads a benefits register and answers what came of each benefit, and which of them claim the same activity."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import Row, marks_of, rows_of
from placeplan.demand.benefits_register import Benefit, Better, DoubleClaim, Realised, double_claims, realised
from placeplan.demand.errors import DemandError
from placeplan.kernel.errors import InputError, Problem

BETWEEN = ";"
SAME = ("title", "measure", "unit", "owner", "better", "point", "segments", "shares", "baseline")
_SHARE = re.compile(r"^(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\s+(?P<share>[0-9]*\.?[0-9]+)$")
HEADINGS = ("benefit", "year", "had nothing been done", "actual", "planned", "realised", "short of plan")
UNKNOWN = "not known"


def register_answer(path: Path) -> CapacityAnswer:
    """What came of each benefit of a register, and what is claimed twice.

    Args:
        path: a table of the layout ``benefits``.

    Raises:
        InputError: the table cannot be used, with every problem.
    """
    rows = rows_of(path, "benefits", check=_row_problems)
    by_benefit: dict[str, list[Row]] = {}
    for row in rows:
        by_benefit.setdefault(row.text("benefit"), []).append(row)
    problems = [problem for group in by_benefit.values() for problem in _group_problems(group)]
    if problems:
        raise InputError(problems)
    benefits = [_benefit(name, group) for name, group in by_benefit.items()]
    found = realised(benefits, actual=_by_year(by_benefit, "actual"), counterfactual=_by_year(by_benefit, "otherwise"))
    claims = double_claims(benefits)
    return CapacityAnswer(
        title=f"Benefits register: {len(benefits)} benefits",
        says=tuple(_sentences(found, claims)),
        tables=(TextTable(HEADINGS, tuple(_cells(one) for one in found)),),
        document={
            "benefits": [_document(one) for one in found],
            "double_claims": [{"one": claim.one, "other": claim.other, "measure": claim.measure} for claim in claims],
        },
        marks=marks_of(rows),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    if _shares(row) is None:
        yield row.problem(
            "shares", f"'{row.text('shares')}' cannot be read", expected="such as care-planning 0.6; rapid-response 0.4"
        )
    for heading in ("baseline", "planned", "otherwise", "actual"):
        if row.has(heading) and row.number(heading) < 0:
            yield row.problem(heading, f"{row.number(heading):g} is below 0", expected="0 or more")


def _shares(row: Row) -> dict[str, float] | None:
    """Share of each intervention; nothing where the text cannot be read."""
    parts = [_SHARE.match(part.strip()) for part in row.text("shares").split(BETWEEN)]
    return {part["name"]: float(part["share"]) for part in parts if part} if all(parts) else None


def _group_problems(rows: Sequence[Row]) -> Iterator[Problem]:
    """What differs between the rows of one benefit, and what the engine refuses of it."""
    first = rows[0]
    for row in rows[1:]:
        for heading in SAME:
            if _said(row, heading) != _said(first, heading):
                expected = f"'{_said(first, heading)}', as in the first row of this benefit"
                yield row.problem(heading, f"'{_said(row, heading)}' differs from the row above", expected=expected)
    try:
        _benefit(first.text("benefit"), rows)
    except DemandError as error:
        yield from (first.problem("benefit", message) for message in error.messages)


def _said(row: Row, heading: str) -> str:
    if not row.has(heading):
        return ""
    return _printed(row.number(heading)) if heading == "baseline" else row.text(heading)


def _benefit(name: str, rows: Sequence[Row]) -> Benefit:
    first = rows[0]
    return Benefit(
        identifier=name,
        title=first.text("title"),
        measure=first.text("measure"),
        unit=first.text("unit"),
        owner=first.text("owner"),
        baseline=first.number("baseline"),
        planned={row.text("year"): row.number("planned") for row in rows},
        shares=_shares(first) or {},
        better=Better(first.text("better")),
        point=_said(first, "point"),
        segments=tuple(part.strip() for part in _said(first, "segments").split(BETWEEN) if part.strip()),
    )


def _by_year(by_benefit: Mapping[str, Sequence[Row]], heading: str) -> dict[str, dict[str, float]]:
    return {
        name: {row.text("year"): row.number(heading) for row in rows if row.has(heading)}
        for name, rows in by_benefit.items()
    }


def _sentences(found: Sequence[Realised], claims: Sequence[DoubleClaim]) -> Iterator[str]:
    known = [one for one in found if one.shortfall is not None]
    behind = [one for one in known if one.shortfall is not None and one.shortfall > 0]
    yield f"{len(known)} of {len(found)} years of benefits are known; {len(behind)} of them fall short of plan."
    for claim in claims:
        where = f" in {', '.join(claim.segments)}" if claim.segments else ""
        both = f"{claim.one} ({claim.owners[0]}) and {claim.other} ({claim.owners[1]})"
        yield f"{both} both claim {claim.measure}{where}: one saving would count twice."


def _cells(one: Realised) -> tuple[str, ...]:
    numbers = (one.counterfactual, one.actual, one.planned, one.realised, one.shortfall)
    return (one.benefit, one.year, *(UNKNOWN if number is None else _printed(number) for number in numbers))


def _printed(number: float) -> str:
    text = f"{number:,.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")


def _document(one: Realised) -> dict[str, object]:
    return {
        "benefit": one.benefit,
        "year": one.year,
        "counterfactual": one.counterfactual,
        "actual": one.actual,
        "planned": one.planned,
        "realised": one.realised,
        "shortfall": one.shortfall,
        "by_intervention": dict(one.by_intervention),
    }
