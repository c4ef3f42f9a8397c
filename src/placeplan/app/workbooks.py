"""A plan to a workbook and back."""

from pathlib import Path

from placeplan.app.computing import compute
from placeplan.app.loading import load
from placeplan.plan.folder import read_plan
from placeplan.plan.model import Plan
from placeplan.plan.workbook_reading import read_workbook
from placeplan.plan.workbook_writing import write_workbook
from placeplan.plan.writing import write_plan


def export_workbook(folder: Path, file: Path, *, overwrite: bool) -> None:
    """Write the plan in a folder as a workbook, with its derived figures filled in.

    Raises:
        InputError: the plan cannot be read, or the file exists and is not to be overwritten.
    """
    loaded = load(folder)
    write_workbook(loaded.plan, file, derived=compute(loaded.plan, loaded.round).figures, overwrite=overwrite)


def import_workbook(file: Path, folder: Path) -> Plan:
    """Read a workbook and write it as the folder of a plan.

    Raises:
        InputError: the workbook cannot be read, or the folder exists and is not empty.
    """
    plan = read_workbook(file)
    write_plan(plan, folder)
    return read_plan(folder)
