"""``placeplan build``: the plan document."""

from datetime import UTC, datetime
from pathlib import Path

import click

from placeplan.app.building import FORMATS, build_path
from placeplan.cli.choices import some_of
from placeplan.cli.progress import progress_bar

OTHER_STEPS = 2


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    callback=some_of(*FORMATS),
    help="Some of html,pdf,docx,xlsx.",
)
@click.option("--scenario", metavar="NAME", help="Put the plan under one of its scenarios first.")
@click.option(
    "--as-at", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE", help="Judge reviews and waivers on this day."
)
def build(plan: Path, out: Path, *, formats: tuple[str, ...], scenario: str | None, as_at: datetime | None) -> None:
    """Write the document of PLAN: text, tables, charts and findings, every figure open to its derivation."""
    with progress_bar(len(formats) + OTHER_STEPS) as step:
        built = build_path(
            plan,
            out,
            formats=formats,
            today=datetime.now(tz=UTC).date(),
            scenario=scenario,
            as_at=as_at.date() if as_at else None,
            progress=step,
        )
    for file in built.files:
        click.echo(f"Wrote {file}")
