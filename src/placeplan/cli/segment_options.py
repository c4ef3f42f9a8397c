"""Options that the commands on segments share."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from placeplan.cli.indicator_options import FORMATS
from placeplan.kernel.errors import InputError
from placeplan.kernel.periods import FinancialYear

if TYPE_CHECKING:
    from placeplan.app.segments.engine_choice import EngineRequest

__all__ = [
    "ADDRESS",
    "DATA",
    "ENGINE_OPTIONS",
    "FOLDER",
    "FORMATS",
    "MEMORY",
    "OUT",
    "TEMPORARY",
    "YEAR",
    "engine_asked",
    "kept_work_told",
    "on_an_engine",
]


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


class _Address(click.ParamType):
    """A folder of this machine, or an address of a store that Spark reads."""

    name = "address"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:  # noqa: ARG002 - click gives them
        """A path as such, and ``s3a://…`` as text."""
        text = str(value)
        return text if re.match(r"^[A-Za-z][A-Za-z0-9+.-]+:/", text) else Path(text)


class _Setting(click.ParamType):
    """A setting of Spark."""

    name = "setting"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Read ``spark.cores.max=8``."""
        key, equals, told = str(value).partition("=")
        if not (key.startswith("spark.") and equals):
            self.fail(f"'{value}' is no setting of Spark. Write spark.NAME=VALUE.", param, ctx)
        return key, told


ADDRESS = click.argument("folder", metavar="DIR", type=_Address())
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

ENGINE_OPTIONS = ("engine", "master", "conf", "memory", "temporary")
_OF_AN_ENGINE = (
    click.option("--engine", type=click.Choice(("duckdb", "spark")), default="duckdb", show_default=True),
    click.option("--master", metavar="URL", help="Of Spark, as spark-submit takes it; all cores of this machine else."),
    click.option("--conf", type=_Setting(), multiple=True, metavar="NAME=VALUE", help="Of Spark; may be repeated."),
    click.option(
        "--memory",
        metavar="SIZE",
        help="The most that the engine may take, such as 8GB: 4GB for DuckDB, what Spark is set to, when left out.",
    ),
    TEMPORARY,
)


def on_an_engine(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that runs on an engine of the user's choice; see ``engine_asked``."""
    for option in reversed(_OF_AN_ENGINE):
        command = option(command)
    return command


def engine_asked(
    *, engine: str, master: str | None, conf: tuple[tuple[str, str], ...], memory: str | None, temporary: Path | None
) -> "EngineRequest":
    """What the options of ``on_an_engine`` ask for."""
    from placeplan.app.segments.engine_choice import EngineRequest

    return EngineRequest(name=engine, master=master, memory=memory, temporary=temporary, conf=dict(conf))


@contextmanager
def kept_work_told(out: Path) -> Iterator[None]:
    """Where work stops with parts finished, say where they are and what may be done with them."""
    from placeplan.app.segments.unfinished_work import finished_parts, folder_beside

    try:
        yield
    except InputError:
        if finished_parts(out):
            click.echo(
                f"What was finished is kept in {folder_beside(out)}, which only you may read: the same command goes on "
                "from there. Delete it to begin afresh.",
                err=True,
            )
        raise
