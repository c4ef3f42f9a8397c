"""PLN008: rows do not say where they come from."""

from collections.abc import Iterator
from dataclasses import fields

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import many
from placeplan.plan.model import TABLES


def find(case: Case) -> Iterator[Finding]:
    """Each table with rows whose source is blank."""
    for table in TABLES:
        rows = case.plan.rows(table)
        if rows and any(each.name == "source" for each in fields(table.row)):
            bare = [row for row in rows if not row.source]
            if bare:
                yield CHECK.finding(
                    subject=table.path,
                    location=bare[0].place.at("source"),
                    facts={
                        "table": table.title,
                        "count": len(bare),
                        "all": many(len(rows), "row"),
                        "line": bare[0].place.line,
                    },
                )


CHECK = Check(
    code="PLN008",
    title="Rows do not say where they come from",
    message="{table}: {count} of {all} without a source, the first on line {line}",
    severity=Severity.NOTE,
    why="A number whose source is named can be looked up again; one without it has to be believed.",
    mend="Name the ledger, document, page or meeting in the source column.",
    references=("Placeplan's design: a figure points to the file and line of each input",),
    find=find,
)
