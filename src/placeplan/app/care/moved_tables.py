"""Tables of a care model with its sliders moved: money by year, activity, beds and staff, each beside the plan."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from placeplan.app.care.moved_figures import MovedFigures, Worth, shown_number
from placeplan.kernel.wording import worded
from placeplan.reports.document import Cell, Column, Row, RowKind, Runs, Table, Text, Tone
from placeplan.reports.quoting import NOTHING, figure_cell, in_column, unit_words
from placeplan.reports.sections.care_numbers import point_title, points_of, rounded_cell
from placeplan.reports.tabulating import plain

INVESTMENT_STANDS = "Investment is what the table of costs says: no slider changes it."
COMPUTED_HERE = "Net at marginal cost is no figure of the plan: it is what the system stops spending, less investment."
CLUSTERS_STAND = "Clusters of practices have the people on their lists, whatever the sliders say; they stand below."
TENTHS = 1


def money_table(found: MovedFigures) -> Table:
    """Saving, investment and net benefit in each year, in the plan and with the sliders, and the difference."""
    years = [str(year) for year in found.results.header.years]
    measure, unit = found.asked.worth.measure, str(found.results.header.money)
    saving = [f"demand.total.{year}.{measure}" for year in years]
    rows = [
        _row("Saving, in the plan", [figure_cell(found.results.figures, name) for name in saving]),
        _row("Saving, with the sliders", [_amount(found.after(name), unit) for name in saving]),
    ]
    spent = [f"demand.total.{year}.investment" for year in years]
    if any(name in found.results.figures for name in spent):
        rows.append(_row("Investment", [figure_cell(found.results.figures, name) for name in spent]))
        before, after = ([found.net(year, moved=moved) for year in years] for moved in (False, True))
        rows += [
            _row("Net, in the plan", [_net_cell(found, year, unit=unit) for year in years]),
            _row("Net, with the sliders", [_amount(value, unit) for value in after], kind=RowKind.SUBTOTAL),
            _row("More or less", [_change(*pair, unit=unit) for pair in zip(before, after, strict=True)]),
        ]
    notes: tuple[Runs, ...] = ((Text(INVESTMENT_STANDS),),)
    if found.asked.worth is Worth.MARGINAL:
        notes = (*notes, (Text(COMPUTED_HERE),))
    return Table(
        id="moved-money-by-year",
        caption=f"Saving, investment and net benefit by year, {unit_words(unit)}",
        columns=(Column("Line", wide=True), *(Column(year, numeric=True) for year in years)),
        rows=tuple(rows),
        notes=notes,
    )


def _net_cell(found: MovedFigures, year: str, *, unit: str) -> Cell:
    if found.asked.worth is Worth.TARIFF:
        return figure_cell(found.results.figures, f"demand.total.{year}.net")
    return _amount(found.net(year, moved=False), unit)


def _row(words: str, cells: Sequence[Cell], *, kind: RowKind = RowKind.PLAIN) -> Row:
    return Row((plain(words), *cells), kind)


def _amount(value: Decimal | None, unit: str) -> Cell:
    return plain(in_column(worded(value, unit)))


def _change(before: Decimal | None, after: Decimal | None, *, unit: str) -> Cell:
    if before is None or after is None:
        return plain(NOTHING, Tone.QUIET)
    tone = Tone.GOOD if after > before else Tone.BAD if after < before else Tone.QUIET
    return plain(signed(after - before, unit=unit), tone)


def signed(value: Decimal, *, unit: str) -> str:
    """A difference with its sign, without the pound sign that its caption names; nothing for none."""
    text = in_column(worded(abs(value), unit))
    if not text.strip("0.,"):
        return "0"
    return f"{'+' if value > 0 else '−'}{text}"


def activity_table(found: MovedFigures) -> Table:
    """Activity of the year at each point of delivery: if nobody intervenes, in the plan, with the sliders."""
    year = found.asked.year
    return Table(
        id="moved-activity",
        caption=f"Activity in {year}, if nobody intervenes and with the interventions",
        columns=(
            Column("Point of delivery", wide=True),
            Column("If nobody intervenes", numeric=True),
            Column("In the plan", numeric=True),
            Column("With the sliders", numeric=True),
            Column("Taken away", numeric=True),
        ),
        rows=tuple(_activity_row(found, point) for point in points_of(found.results)),
    )


def _activity_row(found: MovedFigures, point: str) -> Row:
    start = f"demand.{point}.{found.asked.year}"
    nothing, after = found.before(f"{start}.do-nothing"), found.after(f"{start}.with-interventions")
    share = NOTHING if not nothing or after is None else f"{(1 - after / nothing) * 100:.1f}%"
    figures = found.results.figures
    return Row(
        (
            plain(point_title(found.results, point)),
            rounded_cell(figures, f"{start}.do-nothing"),
            rounded_cell(figures, f"{start}.with-interventions"),
            plain(shown_number(after)),
            plain(share),
        )
    )


def needs_table(found: MovedFigures) -> Table | None:
    """Beds and full-time equivalents that the year needs, and what is there; nothing where the plan tells neither."""
    rows = (*_need_rows(found, "beds", there="there"), *_need_rows(found, "staff", there="in-post"))
    if not rows:
        return None
    return Table(
        id="moved-needs",
        caption=f"Beds and full-time equivalents needed in {found.asked.year}",
        columns=(
            Column("What", wide=True),
            Column("There", numeric=True),
            Column("Needed, in the plan", numeric=True),
            Column("Needed, with the sliders", numeric=True),
            Column("There less needed", numeric=True),
        ),
        rows=rows,
        notes=((Text(CLUSTERS_STAND),),) if found.results.plan.care_clusters else (),
    )


def _need_rows(found: MovedFigures, kind: str, *, there: str) -> Iterator[Row]:
    plan, year = found.results.plan, found.asked.year
    names = [row.point for row in plan.care_beds] if kind == "beds" else [row.role for row in plan.care_staff]
    for name in dict.fromkeys(names):
        start = f"capacity.{kind}.{name}"
        needed = f"{start}.{year}.needed"
        words = f"Beds: {point_title(found.results, name).lower()}" if kind == "beds" else _spoken(name)
        gap = found.after(f"{start}.{year}.gap")
        tone = Tone.BAD if gap is not None and gap < 0 else Tone.PLAIN
        yield Row(
            (
                plain(words),
                rounded_cell(found.results.figures, f"{start}.{there}", places=TENTHS),
                rounded_cell(found.results.figures, needed, places=TENTHS),
                plain(shown_number(found.after(needed), places=TENTHS)),
                plain(NOTHING if gap is None else shown_number(gap, places=TENTHS), tone),
            )
        )


def evidence_table(found: MovedFigures) -> Table:
    """What evidence allows with the sliders, beside the claim, in each year."""
    years = [str(year) for year in found.results.header.years]
    unit = str(found.results.header.money)
    lines = (
        ("saving", "Claimed, with the sliders"),
        ("saving-high", "Evidence allows: nine runs in ten save at most"),
        ("saving-middle", "Evidence allows: half of the runs save at most"),
        ("saving-low", "Evidence allows: one run in ten saves at most"),
    )
    rows = [
        _row(words, [_amount(found.after(f"demand.total.{year}.{measure}"), unit) for year in years])
        for measure, words in lines
    ]
    reached = [_probability(found, year) for year in years]
    rows.append(_row("Share of runs that reach the claim", reached, kind=RowKind.TOTAL))
    return Table(
        id="moved-evidence",
        caption=f"Saving at tariff, claimed and as evidence allows, {unit_words(unit)}",
        columns=(Column("Line", wide=True), *(Column(year, numeric=True) for year in years)),
        rows=tuple(rows),
    )


def _probability(found: MovedFigures, year: str) -> Cell:
    figure = found.figures.get(f"demand.total.{year}.claim-probability")
    return plain(NOTHING if figure is None else worded(figure.value, figure.unit))


def _spoken(name: str) -> str:
    return name.replace("-", " ").capitalize()
