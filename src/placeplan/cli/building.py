"""``placeplan build``: the plan document."""

from datetime import UTC, datetime
from pathlib import Path

import click

from placeplan.app.building import FORMATS, build_path
from placeplan.cli.progress import progress_bar

OTHER_STEPS = 2


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [each for each in wanted if each not in FORMATS]
    if unknown or not wanted:
        raise click.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is not a format; use some of {', '.join(FORMATS)}, with commas."
        )
    return wanted


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option(
    "--format", "formats", default="html", show_default=True, callback=_formats, help="Some of html,pdf,docx,xlsx."
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
