"""Options that the commands on segments share."""

from pathlib import Path

import click

from placeplan.cli.indicator_options import FORMATS
from placeplan.kernel.periods import FinancialYear

__all__ = ["DATA", "FOLDER", "FORMATS", "MEMORY", "OUT", "TEMPORARY", "YEAR"]


class _Year(click.ParamType):
    """A financial year."""

    name = "year"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> FinancialYear:
        """Read ``2015-16``."""
        try:
            return FinancialYear.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


YEAR = _Year()

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
OUT = click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write to.")
MEMORY = click.option(
    "--memory", default="4GB", show_default=True, metavar="SIZE", help="The most that the engine may take."
)
TEMPORARY = click.option(
    "--temporary",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Where the engine writes what does not fit in memory.",
)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Data folder with published lists of codes, areas and practices.",
)
