"""Build a plan: read, compute, judge, and write its document. All files are written, or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placeplan.app.checking import check_path
from placeplan.reports.files import write_files
from placeplan.reports.types import PlanResults

FORMATS = ("html", "pdf", "docx", "xlsx")
WORKBOOK_FORMAT = "xlsx"


@dataclass(frozen=True, slots=True)
class Built:
    """The files that were written, and what they were made from."""

    files: tuple[Path, ...]
    results: PlanResults


def build_path(
    path: Path,
    out: Path,
    *,
    formats: Sequence[str],
    today: date,
    scenario: str | None = None,
    as_at: date | None = None,
    progress: Callable[[str], None],
) -> Built:
    """Read the plan at a path and write its document.

    Args:
        path: folder or workbook.
        out: folder to write to; made when it does not exist. Files of the same names in it are replaced.
        formats: some of ``FORMATS``.
        today: the day on which this is run.
        scenario: scenario to put the plan under.
        as_at: the day on which reviews and waivers are judged.
        progress: told what comes next.

    Raises:
        InputError: the plan cannot be read, or the folder cannot be written.
    """
    progress("reading and checking")
    results = check_path(path, today=today, scenario=scenario, as_at=as_at)
    contents: dict[str, bytes] = {}
    for each in formats:
        progress(f"making {each}")
        contents.update(content_of(results, each))
    progress("writing")
    return Built(write_files(out, contents), results)


def content_of(results: PlanResults, form: str) -> Mapping[str, bytes]:
    """The files of one format, by name."""
    if form == WORKBOOK_FORMAT:
        from placeplan.plan.workbook_writing import workbook_bytes

        return {f"{results.header.id}.xlsx": workbook_bytes(results.plan, derived=results.figures)}
    from placeplan.reports.build import render

    return render(results, [form])
