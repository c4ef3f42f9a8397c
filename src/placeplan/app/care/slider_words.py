"""What each slider means in the words of the plan: people reached, shares taken beside their evidence, and when."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from placeplan.app.care.sliders import Slider, SliderKind
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import UNKNOWN
from placeplan.plan.care_tables import CareEffect
from placeplan.plan.cells import PER_CENT, Rate
from placeplan.plan.model import Plan

TITLES = {
    SliderKind.REACH: "Reach",
    SliderKind.EFFECT: "Effect",
    SliderKind.DELAY: "Ramp",
}
UNITS = {SliderKind.REACH: "% of the plan", SliderKind.EFFECT: "% of the plan", SliderKind.DELAY: "months later"}


def spoken_position(kind: SliderKind, position: int) -> str:
    """A position as a screen reader says it: ``80% of the plan``, ``6 months later``."""
    if kind is not SliderKind.DELAY:
        return f"{position}% of the plan"
    if position == 0:
        return "as planned"
    months = f"{abs(position)} month{'' if abs(position) == 1 else 's'}"
    return f"{months} {'later' if position > 0 else 'earlier'}"


def slider_words(moved: Plan, slider: Slider) -> str:
    """What a slider comes to in a plan with its sliders moved."""
    if slider.kind is SliderKind.REACH:
        return _reach_words(moved, slider.intervention)
    effects = [row for row in moved.care_effects if row.intervention == slider.intervention]
    if slider.kind is SliderKind.EFFECT:
        return _effect_words(effects)
    return _ramp_words(moved, slider.intervention)


def _reach_words(moved: Plan, intervention: str) -> str:
    rows = [row for row in moved.care_reach if row.intervention == intervention]
    segments = moved.header.care.segments if moved.header.care else ()
    people = {each.id: each.people for each in segments}
    shares = _between([row.reach for row in rows])
    known = [(Decimal(count), row.reach.value) for row in rows if (count := people.get(row.segment)) is not None]
    if not rows or len(known) < len(rows):
        return f"{shares} of each segment that it is for"
    whole, reached = sum(count for count, _ in known), sum(count * share / PER_CENT for count, share in known)
    return f"{reached:,.0f} of {whole:,.0f} people ({shares} of each segment)"


def _effect_words(effects: Sequence[CareEffect]) -> str:
    taken = f"takes {_between([row.share for row in effects])} of the activity of those reached"
    low = [row.low for row in effects if row.low is not None]
    high = [row.high for row in effects if row.high is not None]
    if not low or not high:
        return f"{taken}; the plan names no evidence"
    above = sum(1 for row in effects if row.high is not None and row.share.value > row.high.value)
    beyond = f"{above} of {len(effects)} effects are" if above else "no effect is"
    return f"{taken}; {beyond} above what evidence allows"


def _ramp_words(moved: Plan, intervention: str) -> str:
    row = next(row for row in moved.care_interventions if row.intervention == intervention)
    shares = [f"{cell.percent.value:.0f}%" if isinstance(cell, Rate) else UNKNOWN for cell in row.maturity.values()]
    return f"at {', '.join(shares)} of full effect, year by year"


def _between(numbers: Iterable[PrintedNumber]) -> str:
    """The least and the greatest of some shares, or the one that they all are."""
    values = [each.value for each in numbers]
    if not values:
        return UNKNOWN
    least, most = (f"{value:.1f}".removesuffix(".0") for value in (min(values), max(values)))
    return f"{least}%" if least == most else f"{least}% to {most}%"
