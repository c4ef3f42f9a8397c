"""The numbers of a year as JSON and back, so that a run that was stopped need not work them out again."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from placeplan.app.segments.year_results import By, YearResults
from placeplan.segments.concentration import SpendBin, SpendConcentration
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension
from placeplan.segments.variance_explained import Groups, Sums

_TYPES: dict[str, type[pl.DataType]] = {"Int64": pl.Int64, "String": pl.String}


def year_document(results: YearResults) -> dict[str, Any]:
    """Everything of a year as lists, texts and whole numbers."""
    spread = results.spread
    return {
        "tables": _tables_document(results.tables),
        "settings": _tables_document(results.settings),
        "use": frame_document(results.use),
        "outside": dict(results.outside),
        "spread": spread and [[one.from_pence, one.people, one.spend_pence] for one in spread.bins],
        "spend": _groups_document(results.spend),
        "admissions": _groups_document(results.admissions),
    }


def year_of_document(document: Mapping[str, Any], period: Period) -> YearResults:
    """The same from its document."""
    spread = document["spread"]
    return YearResults(
        period,
        tables=_tables(document["tables"]),
        settings=_tables(document["settings"]),
        use=frame_of_document(document["use"]),
        outside=document["outside"],
        spread=None if spread is None else SpendConcentration(tuple(SpendBin(*one) for one in spread)),
        spend=_groups(document["spend"]),
        admissions=_groups(document["admissions"]),
    )


def frame_document(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame of texts and whole numbers: its columns with their kinds, and its rows."""
    kinds = {name: next(kind for kind, known in _TYPES.items() if known == of) for name, of in frame.schema.items()}
    return {"columns": kinds, "rows": [list(row) for row in frame.rows()]}


def frame_of_document(document: Mapping[str, Any]) -> pl.DataFrame:
    """The same from its document."""
    schema = {name: _TYPES[kind] for name, kind in document["columns"].items()}
    return pl.DataFrame(document["rows"], schema=schema, orient="row")


def _tables_document(tables: Mapping[By, pl.DataFrame]) -> list[dict[str, Any]]:
    return [{"by": [str(one) for one in by], **frame_document(frame)} for by, frame in tables.items()]


def _tables(document: list[dict[str, Any]]) -> dict[By, pl.DataFrame]:
    return {tuple(Dimension(name) for name in one["by"]): frame_of_document(one) for one in document}


def _groups_document(practices: Mapping[str, Groups]) -> dict[str, list[list[Any]]]:
    return {
        practice: [[list(group), sums.people, sums.total, sums.squares] for group, sums in groups.items()]
        for practice, groups in practices.items()
    }


def _groups(document: Mapping[str, list[list[Any]]]) -> dict[str, Groups]:
    return {
        practice: {tuple(group): Sums(*numbers) for group, *numbers in groups} for practice, groups in document.items()
    }
