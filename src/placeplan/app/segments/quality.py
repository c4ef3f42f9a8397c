"""The quality report of a dataset: what is wrong, how much of it, and whom and what it could misplace."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from placeplan.app.segments.dataset_engine import Address
from placeplan.app.segments.datasets import check_opened, open_dataset
from placeplan.app.segments.engine_choice import EngineRequest
from placeplan.segments.checking import DataProblem, ProblemKind, QualityReport
from placeplan.segments.dataset import DatasetDescription

FORMAT = 1
PENCE = 100
WORDS = {
    ProblemKind.UNREADABLE: "hold something that is not of the column's kind",
    ProblemKind.BLANK: "are blank where they may not be",
    ProblemKind.NOT_ALLOWED: "hold a word that is not allowed",
    ProblemKind.NEGATIVE: "are below zero",
    ProblemKind.IMPOSSIBLE_DATE: "lie before 1900 or after the day of the extract",
    ProblemKind.ENDS_BEFORE_IT_STARTS: "end before they start",
    ProblemKind.REPEATED: "stand there again",
    ProblemKind.ORPHAN: "belong to nobody in the table of people",
    ProblemKind.BEFORE_BIRTH: "lie before the person's month of birth",
    ProblemKind.OVERLAPPING: "begin before the person's last spell has ended",
}
COLUMNS = ("table", "problem", "column", "rows", "first_rows", "people", "spend_pence")


def quality_of_folder(
    folder: Address, *, engine: EngineRequest, today: date, step: Callable[[str], None]
) -> tuple[DatasetDescription, QualityReport]:
    """Check the dataset in a folder.

    Args:
        folder: where ``dataset.yaml`` and the tables are.
        engine: what reads them.
        today: a day that the agreement must cover.
        step: told what comes next.

    Raises:
        InputError: the dataset does not load.
    """
    with engine.opened() as opened:
        step("opening")
        dataset = open_dataset(folder, opened, today=today)
        step("checking every row")
        return dataset.description, check_opened(dataset, opened)


def quality_table(report: QualityReport) -> pl.DataFrame:
    """The problems as a table, the widest first. Rows are named by their numbers; no identifier is in it."""
    rows = [_row(one) for one in report.problems]
    schema = {
        **dict.fromkeys(COLUMNS, pl.String),
        **dict.fromkeys(("rows", "people", "spend_pence"), pl.Int64),
        **dict.fromkeys(("share_of_people", "share_of_spend"), pl.Float64),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _row(one: DataProblem) -> tuple[Any, ...]:
    shares = (one.share_of_people, one.share_of_spend)
    return (*_told(one), " ".join(map(str, one.rows)), one.people, one.spend_pence, *shares)


def _told(one: DataProblem) -> tuple[str, str, str, int]:
    return one.table, str(one.kind), one.column, one.count


def quality_document(description: DatasetDescription, report: QualityReport) -> Mapping[str, Any]:
    """The report as it is written in JSON; its keys stay as they are."""
    return {
        "format": FORMAT,
        "dataset": description.title,
        "synthetic": description.synthetic,
        "extracted": description.extracted.isoformat(),
        "rows": dict(report.rows),
        "people": report.people,
        "spend_pence": report.spend_pence,
        "problems": [
            {
                "table": one.table,
                "problem": str(one.kind),
                "column": one.column,
                "rows": one.count,
                "first_rows": list(one.rows),
                "people": one.people,
                "share_of_people": one.share_of_people,
                "spend_pence": one.spend_pence,
                "share_of_spend": one.share_of_spend,
            }
            for one in report.problems
        ],
    }


def quality_sentences(description: DatasetDescription, report: QualityReport) -> Iterator[str]:
    """The report for a person to read."""
    mark = "SYNTHETIC: " if description.synthetic and not description.title.startswith("SYNTHETIC") else ""
    yield f"{mark}{description.title}, extracted {description.extracted}"
    for table, rows in report.rows.items():
        yield f"  {table:<16}{rows:>14,} rows"
    yield f"  {report.people:,} people, {in_pounds(report.spend_pence)} of spend"
    if not report.problems:
        yield "No problem was found."
        return
    yield f"{len(report.problems)} kinds of problem, the widest first:"
    for one in report.problems:
        yield from _sentences(one)


def _sentences(one: DataProblem) -> Iterator[str]:
    where = f"{one.table}, {one.column}" if one.column else one.table
    yield f"  {where}: {one.count:,} rows {WORDS[one.kind]}"
    shares = " and ".join(
        f"{share:.1%} of {what}"
        for share, what in ((one.share_of_people, "people"), (one.share_of_spend, "spend"))
        if share is not None
    )
    yield f"    could misplace at most {shares or 'nobody'}; first rows: {', '.join(map(str, one.rows))}"


def in_pounds(pence: int) -> str:
    """An amount as a person reads it: ``£1,234,567``."""
    return f"£{pence / PENCE:,.0f}"
