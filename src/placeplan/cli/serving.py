"""``placeplan serve``: the workspace in a browser, on this machine or for a team."""

from pathlib import Path

import click

from placeplan.cli.workspace import start_web

THREADS = 8
WORKERS, THREADS_EACH = 3, 4
HIGHEST_PORT = 65_535
MOST = 64


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("placeplan-workspace"),
    show_default=True,
    metavar="DIR",
    help="Where a demonstration keeps its database.",
)
@click.option("--production", is_flag=True, help="Serve the site of a team, as the environment describes it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --production: the address to answer on.")
@click.option("--port", type=click.IntRange(1, HIGHEST_PORT), default=8000, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, MOST), default=WORKERS, show_default=True, help="With --production: processes."
)
@click.option(
    "--threads",
    type=click.IntRange(1, MOST),
    help=f"Requests at a time; with --production in each process.  [default: {THREADS}, {THREADS_EACH} in each]",
)
def serve(*, folder: Path, production: bool, host: str, port: int, workers: int, threads: int | None) -> None:
    """Open the workspace on this machine, with the plans that come with Placeplan and somebody for each role.

    That is a demonstration: it answers on this machine only. For a team, --production serves what the environment
    describes; see docs/how-to/keep-the-workspace-running.md.
    """
    if production:
        start_web("production", host, str(port), str(workers), str(threads or THREADS_EACH))
    start_web("demonstration", str(folder), "127.0.0.1", str(port), str(threads or THREADS))
