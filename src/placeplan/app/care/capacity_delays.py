"""Answers what printed growth of delayed transfers grew from, and whether it is one series."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_files import Row, rows_of
from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.delayed_transfers import Between, ChangeChain, StatedChange, beds_lost, chained
from placeplan.kernel.errors import Problem
from placeplan.kernel.printed import PrintedNumber, Verdict, parse_printed

LAYOUT = "capacity-delays"
NOTHING_FITS = "none fits"


def answer_delays(path: Path) -> CapacityAnswer:
    """The bases that printed growth implies, series by series.

    Raises:
        InputError: the table cannot be read, or a count and its percentage cannot be one change, with every problem.
    """
    rows = rows_of(path, LAYOUT, check=_row_problems)
    chains = {series: chained(changes) for series, changes in _by_series(rows).items()}
    return CapacityAnswer(
        title=f"Printed growth of {len(chains)} series",
        says=tuple(_says(chains)),
        tables=(_table(chains),),
        document={"series": [_document(series, chain) for series, chain in chains.items()]},
        findings=tuple(_findings(chains)),
    )


def _row_problems(row: Row) -> Iterator[Problem]:
    if row.number("count") != int(row.number("count")):
        yield row.problem("count", f"{row.number('count'):g} is not a whole number of days")
    elif _printed(row) is None:
        words = f"'{row.text('per_cent')}' is no printed percentage"
        yield row.problem("per_cent", words, expected="a number such as 18.8")
    else:
        try:
            _stated(row)
        except CapacityInputError as error:
            yield row.problem("per_cent", str(error))


def _printed(row: Row) -> PrintedNumber | None:
    return parse_printed(row.text("per_cent"))


def _stated(row: Row) -> StatedChange:
    printed = _printed(row)
    if printed is None:
        raise CapacityInputError(f"{row.text('period')}: no percentage can be read.")
    return StatedChange(row.text("period"), int(row.number("count")), printed)


def _by_series(rows: Sequence[Row]) -> dict[str, list[StatedChange]]:
    found: dict[str, list[StatedChange]] = {}
    for row in rows:
        found.setdefault(row.text("series"), []).append(_stated(row))
    return found


def _says(chains: dict[str, ChangeChain]) -> Iterator[str]:
    for series, chain in chains.items():
        if chain.levels:
            last = chain.levels[-1]
            yield f"{series}: {last} days after {chain.links[-1].change.period}, {_beds(last)} on average."


def _beds(level: Between) -> str:
    ends = (level.low,) if level.high in {None, level.low} else (level.low, level.high or 0)
    low, *high = (f"{float(beds_lost(days)):,.1f}" for days in ends)
    more = " or more" if level.high is None else "".join(f" to {each}" for each in high)
    return f"{low}{more} beds"


def _findings(chains: dict[str, ChangeChain]) -> Iterator[str]:
    for series, chain in chains.items():
        yield from (f"{series}, {link}" for link in chain.links if link.verdict is Verdict.FAILS)


def _table(chains: dict[str, ChangeChain]) -> TextTable:
    rows = tuple(
        (
            series,
            link.change.period,
            f"{link.change.count:+,}",
            f"{link.change.per_cent.value:f}%",
            NOTHING_FITS if link.base.holds_none else str(level),
            str(link.verdict),
        )
        for series, chain in chains.items()
        for link, level in zip(chain.links, chain.levels or [link.base for link in chain.links])
    )
    return TextTable(("Series", "Period", "Count", "Per cent", "Grew from", "Verdict"), rows, left=2)


def _document(series: str, chain: ChangeChain) -> dict[str, Any]:
    return {
        "series": series,
        "verdict": chain.verdict.value,
        "levels": [{"low": level.low, "high": level.high} for level in chain.levels],
        "changes": [
            {
                "period": link.change.period,
                "count": link.change.count,
                "per_cent": str(link.change.per_cent.value),
                "base_by_itself": {"low": link.own_base.low, "high": link.own_base.high},
                "verdict": link.verdict.value,
            }
            for link in chain.links
        ],
    }
