"""How plausible the claimed savings are: what evidence allows, in many runs, beside what is claimed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from placeplan.kernel.figures import Figure
from placeplan.plan.care_tables import CareEffect
from placeplan.reports.document import Block, Chart, Column, Paragraph, Row, RowKind, Section, Table, Text
from placeplan.reports.quoting import figure_cell, unit_words
from placeplan.reports.sections.care_numbers import drawn, marks_of, point_title
from placeplan.reports.tabulating import plain
from placeplan.reports.types import PlanResults

if TYPE_CHECKING:
    from placeplan.reports.pictures.picture import StatisticalPicture

BAND = 0.8
LINES = (
    ("saving", "Claimed"),
    ("saving-high", "Evidence allows: nine runs in ten save at most"),
    ("saving-middle", "Evidence allows: half of the runs save at most"),
    ("saving-low", "Evidence allows: one run in ten saves at most"),
)
BASIS = (
    "Each effect has a least, a most likely and a greatest share that evidence allows, and growth has a range. All of "
    "them are drawn together {runs} times (seed {seed}). The claim is plausible when at least {asked}% of the runs "
    "reach it. "
    "Different effects are drawn independently; if all were weak or strong at once, the range would be wider."
)


def plausibility_section(results: PlanResults) -> Section:
    """What evidence allows beside what is claimed, by year; and the effects that are furthest from it."""
    title = "How plausible the claim is"
    settings = results.header.care
    first = f"demand.total.{results.header.years[0]}.saving-middle"
    if settings is None or first not in results.figures:
        return Section("care-plausibility", title)
    words = BASIS.format(runs=settings.runs, seed=settings.seed, asked=settings.claim_probability)
    blocks: list[Block] = [Paragraph((Text(words),)), _table(results)]
    if len(results.header.years) > 1:
        blocks.append(_chart(results))
    blocks += _furthest(results)
    return Section("care-plausibility", title, tuple(blocks))


def _table(results: PlanResults) -> Table:
    years = results.header.years
    rows = [
        Row((plain(words), *(figure_cell(results.figures, f"demand.total.{year}.{measure}") for year in years)))
        for measure, words in LINES
    ]
    reached = (figure_cell(results.figures, f"demand.total.{year}.claim-probability") for year in years)
    rows.append(Row((plain("Share of runs that reach the claim"), *reached), RowKind.TOTAL))
    return Table(
        id="care-plausibility-lines",
        caption=f"Saving at tariff, claimed and as evidence allows, {unit_words(str(results.header.money))}",
        columns=(Column("Line", wide=True), *(Column(str(year), numeric=True) for year in years)),
        rows=tuple(rows),
    )


def _chart(results: PlanResults) -> Chart:
    picture = _picture(results)
    rows = [
        (str(year), *("" if one is None else f"{one:,.0f}" for one in numbers))
        for year, *numbers in picture.data.iter_rows()
    ]
    return drawn(picture, columns=("Year", *(name.replace("_", " ") for name in picture.data.columns[1:])), rows=rows)


def _picture(results: PlanResults) -> "StatisticalPicture":
    from placeplan.reports.pictures.fan import Fan, FanBand, fan_picture

    low, middle, high, claimed = (
        [_number(results.figures.get(f"demand.total.{year}.{measure}")) for year in results.header.years]
        for measure in ("saving-low", "saving-middle", "saving-high", "saving")
    )
    years = tuple(str(year) for year in results.header.years)
    fan = Fan(
        years,
        tuple(middle),
        (FanBand(BAND, tuple(low), tuple(high)),),
        dict(zip(years, claimed, strict=True)),
        counted_as="Claimed",
    )
    return fan_picture(
        "care-plausibility",
        fan,
        title="Saving at tariff: claimed, and as evidence allows",
        subtitle="",
        unit=unit_words(str(results.header.money)),
        marks=marks_of((*results.plan.care_activity, *results.plan.care_effects)),
        note="The line is the middle of the runs: half of them save less.",
    )


def _number(figure: Figure | None) -> float:
    return float(figure.value) if figure is not None and figure.value is not None else 0.0


def _furthest(results: PlanResults) -> Iterator[Table]:
    """For each intervention, the effect whose claim is the largest multiple of what evidence makes most likely."""
    titles = {row.intervention: row.title for row in results.plan.care_interventions}
    worst: dict[str, CareEffect] = {}
    for row in results.plan.care_effects:
        if row.likely is not None and row.likely.value > 0:
            best = worst.get(row.intervention)
            if best is None or _multiple(row) > _multiple(best):
                worst[row.intervention] = row
    segments = {one.id: one.title for one in (results.header.care.segments if results.header.care else ())}
    if worst:
        yield Table(
            id="care-claims",
            caption="The effect of each intervention that is furthest from its evidence",
            columns=(
                Column("Intervention", wide=True),
                Column("On", wide=True),
                Column("Claimed", numeric=True),
                Column("Least", numeric=True),
                Column("Likely", numeric=True),
                Column("Greatest", numeric=True),
                Column("Claimed over likely", numeric=True),
                Column("Strength"),
            ),
            rows=tuple(
                Row(
                    (
                        plain(titles.get(name, name)),
                        plain(
                            ", ".join(filter(None, (point_title(results, row.point), segments.get(row.segment or ""))))
                        ),
                        plain(f"{row.share.value:.1f}%"),
                        plain(str(row.low or "")),
                        plain(str(row.likely or "")),
                        plain(str(row.high or "")),
                        plain(f"{_multiple(row):.1f}"),
                        plain((row.strength or "").replace("-", " ")),
                    )
                )
                for name, row in worst.items()
            ),
        )


def _multiple(row: CareEffect) -> Decimal:
    return row.share.value / row.likely.value if row.likely is not None else Decimal(0)
