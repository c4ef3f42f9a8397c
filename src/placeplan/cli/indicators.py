"""``placeplan indicators``: measures worked out from files, control charts, outliers, trajectories, inequality."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from placeplan.app.describing_measures import describe as described
from placeplan.app.describing_measures import list_measures
from placeplan.app.indicators.comparing_units import ComparisonOptions, outliers
from placeplan.app.indicators.computing import compute
from placeplan.app.indicators.control_charts import ChartOptions, control_charts, rebases_from
from placeplan.app.indicators.examples import write_example
from placeplan.app.indicators.inequality import InequalityOptions, inequality
from placeplan.app.indicators.trajectories import TrajectoryOptions, trajectories
from placeplan.app.indicators.working_out import Options
from placeplan.cli.indicator_answers import answer
from placeplan.cli.indicator_options import FILE, FORMATS, MEASURE, OUT, number_or_area, selecting, selection_of
from placeplan.cli.variation import VARIATION

LINE_WIDTH = 100
SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)
DISPERSIONS = ("none", "multiplicative", "additive")


@click.group()
def indicators() -> None:
    """Measures from observations: values with limits, control charts, outliers, trajectories, inequality.

    FILE is a table of observations (CSV or Parquet), in the tidy layout or in a public one that Placeplan knows.
    """


@indicators.command()
@click.argument("measure", required=False)
@click.option("--set", "name", metavar="SET", help="Only measures of this set.")
def describe(measure: str | None, name: str | None) -> None:
    """Say what MEASURE is: what is counted, why, by which method, its standard, who answers for it.

    Without MEASURE: list every measure.
    """
    if measure is None:
        for each in list_measures(name):
            mark = "" if each.confirmed else "  [UNCONFIRMED]"
            click.echo(f"{each.id:<40} {each.title}{mark}")
        return
    found = described(measure, day=datetime.now(tz=UTC).date())
    marks = "".join((" [UNCONFIRMED]" * (not found.confirmed), " [REVIEW OVERDUE]" * found.overdue))
    click.echo(f"{found.id}: {found.title}{marks}")
    for section in found.sections:
        click.echo(f"\n{section.heading}")
        for line in section.lines:
            click.echo(click.wrap_text(line, width=LINE_WIDTH, initial_indent="  ", subsequent_indent="    "))


@indicators.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed gives the same file.")
def example(file: Path, seed: int) -> None:
    """Write made-up observations of made-up places to FILE (CSV or Parquet), to try the other commands on."""
    write_example(file, seed=seed)
    click.echo(f"Wrote {file}: synthetic observations of ae-4-hours, cover-pcv-12-months and qof-prevalence-hyp")


@indicators.command(name="compute")
@FILE
@MEASURE
@OUT
@selecting
@click.option(
    "--confidence", default=0.95, show_default=True, type=click.FloatRange(0, 1, min_open=True, max_open=True)
)
@click.option("--pool-years", default=0, type=click.IntRange(0, 10), help="Add so many consecutive years up.")
@click.option("--disclosure", default="", metavar="RULE", help="Suppress and round small numbers under this rule.")
@click.option(
    "--map", "boundaries", type=click.Path(path_type=Path), metavar="FILE", help="GeoJSON boundaries: draw maps too."
)
@FORMATS
def compute_measure(
    file: Path,
    measure: str,
    *,
    out: Path,
    confidence: float,
    pool_years: int,
    disclosure: str,
    boundaries: Path | None,
    formats: tuple[str, ...],
    **rows: Any,
) -> None:
    """Work out MEASURE for every area and period of FILE, with limits and the reason where there is no value."""
    options = Options(confidence=confidence, pool_years=pool_years, disclosure=disclosure)
    answer(
        lambda: compute(file, measure, selection=selection_of(**rows), options=options, boundaries=boundaries),
        out,
        formats=formats,
    )


@indicators.command()
@FILE
@MEASURE
@OUT
@selecting
@click.option("--target", type=float, help="A level of your own; else the national standard of the latest period.")
@click.option("--no-target", is_flag=True, help="Draw no target.")
@click.option(
    "--rebase",
    multiple=True,
    metavar="[AREA=]DATE:REASON",
    help="Start new limits at an explained change, for one area or for all; may be given again.",
)
@click.option("--screen-moving-ranges", is_flag=True, help="Leave outlying moving ranges out of the limits.")
@FORMATS
def spc(
    file: Path,
    measure: str,
    *,
    out: Path,
    target: float | None,
    no_target: bool,
    rebase: tuple[str, ...],
    screen_moving_ranges: bool,
    formats: tuple[str, ...],
    **rows: Any,
) -> None:
    """Draw an XmR chart of every series of MEASURE in FILE, with Making Data Count verdicts."""
    options = ChartOptions(
        target=target,
        without_target=no_target,
        rebases=rebases_from(rebase),
        screen_moving_ranges=screen_moving_ranges,
    )
    answer(lambda: control_charts(file, measure, selection=selection_of(**rows), options=options), out, formats=formats)


@indicators.command(name="outliers")
@FILE
@MEASURE
@OUT
@selecting
@click.option("--groups", type=click.Path(path_type=Path), metavar="FILE", help="Which larger unit each unit is in.")
@click.option("--over-dispersion", type=click.Choice(DISPERSIONS), default="none", show_default=True)
@click.option("--baseline", metavar="NUMBER|AREA", help="The average to compare with; else all units together.")
@click.option("--disclosure", default="", metavar="RULE", help="Suppress and round small numbers under this rule.")
@click.option("--reasons", type=click.Path(path_type=Path), metavar="FILE", help="What was found on outliers.")
@click.option("--design-effect", type=click.FloatRange(1), metavar="NUMBER", help="Of a survey with weighted answers.")
@FORMATS
def find_outliers(
    file: Path,
    measure: str,
    *,
    out: Path,
    groups: Path | None,
    over_dispersion: str,
    baseline: str | None,
    disclosure: str,
    reasons: Path | None,
    design_effect: float | None,
    formats: tuple[str, ...],
    **rows: Any,
) -> None:
    """Compare the units of FILE in one period: funnel, ordered intervals, red outliers and trigger levels."""
    options = ComparisonOptions(
        groups=groups,
        over_dispersion=over_dispersion,
        baseline=number_or_area(baseline),
        disclosure=disclosure,
        reasons=reasons,
        design_effect=design_effect,
    )
    answer(lambda: outliers(file, measure, selection=selection_of(**rows), options=options), out, formats=formats)


@indicators.command(name="trajectory")
@FILE
@MEASURE
@OUT
@selecting
@click.option("--plan", type=click.Path(path_type=Path), metavar="PLAN", help="Take planned values from this plan.")
@click.option("--target", type=float, help="A level of your own; else the national standard of each day.")
@click.option("--periods-ahead", default=4, show_default=True, type=click.IntRange(0, 24), help="How far to forecast.")
@FORMATS
def trajectory(
    file: Path,
    measure: str,
    *,
    out: Path,
    plan: Path | None,
    target: float | None,
    periods_ahead: int,
    formats: tuple[str, ...],
    **rows: Any,
) -> None:
    """Put actual, planned, standard and forecast values of MEASURE on one picture, and size the gap."""
    options = TrajectoryOptions(plan=plan, target=target, periods_ahead=periods_ahead)
    answer(lambda: trajectories(file, measure, selection=selection_of(**rows), options=options), out, formats=formats)


@indicators.command(name="inequality")
@FILE
@MEASURE
@OUT
@selecting
@click.option(
    "--deprivation",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Areas with a deprivation score: columns area and score (higher is more deprived).",
)
@click.option(
    "--quantiles",
    type=click.IntRange(2, 100),
    help="Add areas up to so many quantiles of deprivation; ten where there are more than 100 areas.",
)
@click.option("--repetitions", default=100_000, show_default=True, type=click.IntRange(1_000, 1_000_000))
@click.option("--seed", default=1, show_default=True, type=int, help="Seed of the simulated limits.")
@FORMATS
def measure_inequality(
    file: Path,
    measure: str,
    *,
    out: Path,
    deprivation: Path,
    quantiles: int | None,
    repetitions: int,
    seed: int,
    formats: tuple[str, ...],
    **rows: Any,
) -> None:
    """Measure the gradient of MEASURE over deprivation: slope and relative index with simulated limits."""
    options = InequalityOptions(repetitions=repetitions, seed=seed, quantiles=quantiles or 0)
    answer(
        lambda: inequality(file, measure, deprivation=deprivation, selection=selection_of(**rows), options=options),
        out,
        formats=formats,
    )


for command in VARIATION:
    indicators.add_command(command)
