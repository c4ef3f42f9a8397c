"""Rows that stand in a table again, which would be counted twice, set aside.

Repeats matter where rows are counted or added up: people, activity and care packages. A diagnosis, a measurement or a
registration that stands there again changes nothing: bits are joined, of a day the largest value counts, and a person
counts once with the list that they joined last, however their spells overlap.
"""

from collections.abc import Collection, Mapping

import narwhals.stable.v2 as nw

from placeplan.segments.checking import ProblemKind, QualityReport
from placeplan.segments.contract import Contract, Kind, Table
from placeplan.segments.engine import Frame

COUNTED_TWICE = ("people", "activity", "care_packages")


def rows_set_aside(report: QualityReport) -> dict[str, int]:
    """How many rows of each table ``without_repeats`` sets aside, from the report of the check."""
    return {
        one.table: one.count
        for one in report.problems
        if one.kind is ProblemKind.REPEATED and one.table in COUNTED_TWICE
    }


def without_repeats(tables: Mapping[str, Frame], contract: Contract, *, repeated: Collection[str]) -> dict[str, Frame]:
    """The tables with one row at each grain.

    Of rows that differ at one grain the smallest value of each column stays: a choice that is the same on every run and
    every engine, and that never adds spend.

    Args:
        tables: frames as the contract has them.
        contract: the grain of each.
        repeated: the tables in which the check found repeats; the others stay as they are and cost no time.
    """
    touched = [name for name in COUNTED_TWICE if name in repeated and name in tables]
    return {**tables, **{name: _once(tables[name], contract[name]) for name in touched}}


def _once(frame: Frame, table: Table) -> Frame:
    grain = list(table.grain)
    others = [name for name in table.names if name not in grain]
    texts = [name for name in grain if table.column(name).kind in {Kind.KEY, Kind.TEXT, Kind.CODE}]
    filled = frame.with_columns(nw.col(texts).fill_null(""))
    return filled.group_by(grain).agg(nw.col(others).min()).select(*table.names)
