"""Charts of a care model with its sliders moved: from each intervention to net benefit, what is left, and the fan."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.app.care.moved_figures import MovedFigures, Worth
from placeplan.app.care.moved_tables import signed
from placeplan.kernel.figures import Figure
from placeplan.kernel.wording import worded
from placeplan.reports.charts import StepKind, Waterfall, WaterfallStep
from placeplan.reports.document import Chart, Column, Row, RowKind, Table
from placeplan.reports.pictures.fan import Fan, FanBand, fan_picture
from placeplan.reports.pictures.fitting import cut
from placeplan.reports.pictures.what_is_left import Remainder, Remainders
from placeplan.reports.quoting import in_column, sentence, unit_words
from placeplan.reports.sections.care_numbers import drawn, marks_of, point_title, points_of
from placeplan.reports.sections.care_waterfalls import changes_of
from placeplan.reports.tabulating import plain

LETTERS, ROOM_FOR_NAMES = 13, 218
TOGETHER = "Together, beyond each alone"
NOTHING = "Nothing is done"
ALONE = "Each step is what an intervention does alone."
WHOLE = "The whole bar is activity if nobody intervenes; what is missing from it is taken away by the interventions."
BAND = 0.8
SHARE = 100


def money_chart(found: MovedFigures) -> Chart:
    """From what each intervention saves alone to the saving of the year, less investment, to net benefit."""
    year, unit = found.asked.year, str(found.results.header.money)
    steps = tuple(_money_steps(found))
    words = f"{found.asked.year}: from each intervention to net benefit, with the sliders"
    counted = "at tariff" if found.asked.worth is Worth.TARIFF else "at marginal cost"
    return Chart(
        id="moved-money",
        title=words,
        picture=Waterfall(tuple(_short(step) for step in steps)),
        note=f"{sentence(unit_words(unit))}. Savings {counted}: {found.asked.worth.words}. {ALONE}",
        says=f"Waterfall of {year}: {'; '.join(f'{step.name} {step.label}' for step in steps)}.",
        data=Table(
            id="moved-money-data",
            caption=f"{words}, {unit_words(unit)}",
            columns=(Column("Step", wide=True), Column("Amount", numeric=True)),
            rows=tuple(Row((plain(step.name), plain(step.label)), _row_kind(step)) for step in steps),
        ),
    )


def _row_kind(step: WaterfallStep) -> RowKind:
    return RowKind.SUBTOTAL if step.kind is StepKind.TOTAL else RowKind.PLAIN


def _short(step: WaterfallStep) -> WaterfallStep:
    return WaterfallStep(cut(step.name, size=LETTERS, width=ROOM_FOR_NAMES), step.amount, step.label, step.kind)


def _money_steps(found: MovedFigures) -> Iterator[WaterfallStep]:
    """A saving lowers what is spent and has the colour of a fall; an investment raises it."""
    year, measure, unit = found.asked.year, found.asked.worth.measure, str(found.results.header.money)
    names = {row.intervention: row.title for row in found.results.plan.care_interventions}
    points = [found.figures.get(f"demand.{point}.{year}.{measure}") for point in points_of(found.results)]
    shares = changes_of(figure for figure in points if figure is not None)
    own = {name: amount for name, amount in shares.items() if name in names}
    total = found.figures[f"demand.total.{year}.{measure}"]
    saved = float(total.value or 0)
    yield WaterfallStep(NOTHING, 0, "0", StepKind.TOTAL)
    for name, amount in own.items():
        yield _step(names[name], amount, unit=unit)
    rest = saved - sum(own.values())
    if own:
        yield _step(TOGETHER, rest, unit=unit)
    yield WaterfallStep("Saving", 0, in_column(worded(total.value, unit)), StepKind.TOTAL)
    yield from _cost_steps(found, unit=unit)


def _cost_steps(found: MovedFigures, *, unit: str) -> Iterator[WaterfallStep]:
    year, net = found.asked.year, found.net(found.asked.year)
    costs = [each for each in found.figures.values() if _is_cost(each, year)]
    if not costs or net is None:
        return
    for figure in costs:
        yield _step(figure.label.replace(f", {year}", ""), -float(figure.value or 0), unit=unit)
    yield WaterfallStep("Net benefit", 0, in_column(worded(net, unit)), StepKind.TOTAL)


def _is_cost(figure: Figure, year: str) -> bool:
    return figure.id.startswith("demand.costs.") and figure.id.endswith(f".{year}.investment")


def _step(name: str, amount: float, *, unit: str) -> WaterfallStep:
    kind = StepKind.FALL if amount >= 0 else StepKind.RISE
    return WaterfallStep(name, amount, signed(_whole(amount), unit=unit), kind)


def _whole(amount: float) -> Decimal:
    return Decimal(repr(amount))


def activity_chart(found: MovedFigures) -> Chart:
    """Of the activity of each point of delivery if nobody intervenes, the share that is left."""
    year = found.asked.year
    rows = tuple(row for point in points_of(found.results) if (row := _remainder(found, point)) is not None)
    title = f"What is left of activity in {year}"
    return Chart(
        id="moved-left",
        title=title,
        picture=Remainders(rows, ("If nobody intervenes", "With the sliders", "In the plan")),
        note=WHOLE,
        says=f"{title}, of activity if nobody intervenes: {'; '.join(f'{row.name} {row.words}' for row in rows)}.",
        data=Table(
            id="moved-left-data",
            caption=f"{title}, per cent of activity if nobody intervenes",
            columns=(
                Column("Point of delivery", wide=True),
                Column("With the sliders", numeric=True),
                Column("In the plan", numeric=True),
            ),
            rows=tuple(Row((plain(row.name), plain(row.words), plain(f"{row.marked * SHARE:.1f}%"))) for row in rows),
        ),
    )


def _remainder(found: MovedFigures, point: str) -> Remainder | None:
    start = f"demand.{point}.{found.asked.year}"
    nothing, planned = (found.before(f"{start}.{measure}") for measure in ("do-nothing", "with-interventions"))
    after = found.after(f"{start}.with-interventions")
    if not nothing or planned is None or after is None:
        return None
    left = float(after / nothing)
    return Remainder(point_title(found.results, point), left, float(planned / nothing), f"{left * SHARE:.1f}%")


def evidence_chart(found: MovedFigures) -> Chart | None:
    """The fan of the saving that evidence allows, and the claim; nothing where there is one year alone."""
    years = [str(year) for year in found.results.header.years]
    if len(years) < 2 or f"demand.total.{years[0]}.saving-middle" not in found.figures:
        return None
    low, middle, high, claimed = (
        tuple(float(found.after(f"demand.total.{year}.{measure}") or 0) for year in years)
        for measure in ("saving-low", "saving-middle", "saving-high", "saving")
    )
    plan = found.results.plan
    picture = fan_picture(
        "moved-fan",
        Fan(tuple(years), middle, (FanBand(BAND, low, high),), dict(zip(years, claimed, strict=True)), "Claimed"),
        title="Saving at tariff: claimed with the sliders, and as evidence allows",
        subtitle="",
        unit=unit_words(str(found.results.header.money)),
        marks=marks_of((*plan.care_activity, *plan.care_effects)),
        note="The line is the middle of the runs: half of them save less.",
    )
    rows = [
        (str(year), *("" if one is None else f"{one:,.0f}" for one in numbers))
        for year, *numbers in picture.data.iter_rows()
    ]
    return drawn(picture, columns=("Year", *(name.replace("_", " ") for name in picture.data.columns[1:])), rows=rows)
