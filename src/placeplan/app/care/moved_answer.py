"""What a page of a care model shows when its sliders stand somewhere: tiles, a sentence, tables and charts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from placeplan.app.care.long_runs import LongRun, with_long_run
from placeplan.app.care.moved_charts import activity_chart, evidence_chart, money_chart
from placeplan.app.care.moved_figures import Asked, MovedFigures, Worth, moved_figures
from placeplan.app.care.moved_tables import activity_table, evidence_table, money_table, needs_table, signed
from placeplan.app.care.moving import changed_cells
from placeplan.app.care.slider_words import TITLES, UNITS, slider_words, spoken_position
from placeplan.app.care.sliders import Slider, SliderKind, sliders_of
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.plan.model import Plan
from placeplan.reports.document import Paragraph, Section, Text
from placeplan.reports.types import PlanResults

AS_THE_PLAN = "as in the plan"
EVIDENCE = (
    "Each effect has a least, a most likely and a greatest share that evidence allows, and growth has a range. All are "
    "drawn together {runs:,} times from seed {seed}. Reach and ramp are what the plan sets out to do, and sliders move "
    "them; the effect slider moves the claim and not the evidence."
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One number of the head of the page: what it is, its value, and how it differs from the plan."""

    title: str
    value: str
    change: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class ShownSlider:
    """A slider as a page shows it. ``words`` is what its position means, ``spoken`` how it is read out."""

    name: str
    title: str
    unit: str
    slider: Slider
    position: int
    spoken: str
    words: str

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than in the plan."""
        return self.position != self.slider.planned


@dataclass(frozen=True, slots=True)
class ShownIntervention:
    """An intervention with its three sliders."""

    id: str
    title: str
    sliders: tuple[ShownSlider, ...]


@dataclass(frozen=True, eq=False)
class CareAnswer:
    """The answer. ``changed`` counts cells that differ from the plan; ``says`` is a sentence to be read out."""

    asked: Asked
    tiles: tuple[Tile, ...]
    says: str
    sections: tuple[Section, ...]
    interventions: tuple[ShownIntervention, ...]
    changed: int
    runs: int


def care_answer(results: PlanResults, asked: Asked, *, long_run: LongRun | None = None) -> CareAnswer:
    """Compute and tell a care model with its sliders moved.

    Args:
        results: of a plan that has a care model.
        asked: where the sliders stand, and what is looked at.
        long_run: many runs of the same positions, where they were made.
    """
    found = moved_figures(results, asked)
    if long_run is not None:
        found = with_long_run(found, long_run)
    return CareAnswer(
        asked=asked,
        tiles=tuple(_tiles(found)),
        says=_says(found),
        sections=tuple(_sections(found)),
        interventions=shown_interventions(results.plan, found.plan, asked=asked),
        changed=len(changed_cells(results.plan, found.plan)) if found.moved else 0,
        runs=found.runs,
    )


def shown_interventions(plan: Plan, moved: Plan, *, asked: Asked) -> tuple[ShownIntervention, ...]:
    """The interventions of a plan, each with where its sliders stand."""
    titles = {row.intervention: row.title for row in plan.care_interventions}
    return tuple(
        ShownIntervention(name, titles[name], tuple(_shown(moved, slider, asked=asked) for slider in sliders))
        for name, sliders in sliders_of(plan).items()
    )


def _shown(moved: Plan, slider: Slider, *, asked: Asked) -> ShownSlider:
    position = asked.positions.of(slider)
    return ShownSlider(
        name=slider.name,
        title=TITLES[slider.kind],
        unit=UNITS[slider.kind],
        slider=slider,
        position=position,
        spoken=spoken_position(SliderKind(slider.kind), position),
        words=slider_words(moved, slider),
    )


def _tiles(found: MovedFigures) -> Iterator[Tile]:
    year, unit = found.asked.year, str(found.results.header.money)
    total = f"demand.total.{year}"
    saving = f"{total}.{found.asked.worth.measure}"
    net = (found.net(year, moved=False), found.net(year))
    if net[1] is not None:
        yield _tile(f"Net benefit, {year}", net, unit=unit)
    counted = "" if found.asked.worth is Worth.TARIFF else " at marginal cost"
    yield _tile(f"Saving{counted}, {year}", (found.before(saving), found.after(saving)), unit=unit)
    spent = found.after(f"{total}.investment")
    if spent is not None:
        yield Tile(f"Investment, {year}", worded(spent, unit), "not moved by sliders", None)
    probability = f"{total}.claim-probability"
    yield _tile("Runs that reach the claim", (found.before(probability), found.after(probability)), unit=PER_CENT)


def _tile(title: str, values: tuple[Decimal | None, Decimal | None], *, unit: str) -> Tile:
    before, after = values
    if before is None or after is None or before == after:
        return Tile(title, worded(after, unit), AS_THE_PLAN if before == after else "", None)
    words = f"{_signed(after - before, unit=unit)} on the plan"
    return Tile(title, worded(after, unit), words, after > before)


def _signed(value: Decimal, *, unit: str) -> str:
    if unit == PER_CENT:
        return f"{signed(value, unit='')} points"
    return f"{'+' if value > 0 else '−'}{worded(abs(value), unit)}"


def _says(found: MovedFigures) -> str:
    year, unit = found.asked.year, str(found.results.header.money)
    before, after = found.net(year, moved=False), found.net(year)
    what = "Net benefit"
    if after is None:
        name = f"demand.total.{year}.{found.asked.worth.measure}"
        what, before, after = "Saving", found.before(name), found.after(name)
    told = f"{what} in {year}: {worded(after, unit)}"
    if before is None or after is None or before == after:
        return f"{told}, {AS_THE_PLAN}."
    return f"{told}, {worded(abs(after - before), unit)} {'more' if after > before else 'less'} than in the plan."


def _sections(found: MovedFigures) -> Iterator[Section]:
    yield Section("moved-saving", "Saving, investment and net benefit", (money_chart(found), money_table(found)))
    blocks = (activity_chart(found), activity_table(found))
    yield Section("moved-care", "If nobody intervenes, and with the interventions", blocks)
    settings = found.results.header.care
    words = EVIDENCE.format(runs=found.runs, seed=settings.seed if settings else 0)
    fan = evidence_chart(found)
    sure = (Paragraph((Text(words),)), *((fan,) if fan else ()), evidence_table(found))
    yield Section("moved-sure", "How sure the saving is", sure)
    needs = needs_table(found)
    if needs is not None:
        yield Section("moved-beds", "Beds and staff that follow", (needs,))
