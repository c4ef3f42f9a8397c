"""Sliders of a care model: how far each goes, and where somebody put them.

Each intervention has three. *Reach* and *effect* are per cent of what the cells of the plan say, so that 100 is the
plan. *Delay* is months by which it grows up later than planned, so that 0 is the plan. An address carries those that
moved: ``reach.self-care=80``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from placeplan.app.care.intervention_library import read_sliders
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan

AS_PLANNED = 100
WHERE = "sliders"
LONGEST_NUMBER = 4


class SliderKind(StrEnum):
    """What a slider moves."""

    REACH = "reach"
    EFFECT = "effect"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider. ``planned`` is where it stands when nothing moved; positions are whole, from ``least``, in steps."""

    intervention: str
    kind: SliderKind
    least: int
    most: int
    step: int
    planned: int

    @property
    def name(self) -> str:
        """What an address calls it: ``reach.self-care``."""
        return f"{self.kind}.{self.intervention}"

    def holds(self, position: int) -> bool:
        """Whether it can stand there."""
        return self.least <= position <= self.most and (position - self.least) % self.step == 0


@dataclass(frozen=True, slots=True)
class Positions:
    """Where sliders stand that were moved, by name, in the order of the plan; others stand as planned."""

    moved: tuple[tuple[str, int], ...] = ()

    def of(self, slider: Slider) -> int:
        """Where a slider stands."""
        return dict(self.moved).get(slider.name, slider.planned)

    @property
    def written(self) -> str:
        """As an address has them: ``reach.self-care=80&delay.rapid-response=6``."""
        return "&".join(f"{name}={position}" for name, position in self.moved)


def sliders_of(plan: Plan) -> dict[str, tuple[Slider, ...]]:
    """The sliders of each intervention of a plan."""
    return {row.intervention: tuple(_sliders(plan, row.intervention)) for row in plan.care_interventions}


def _sliders(plan: Plan, intervention: str) -> Iterator[Slider]:
    limits = read_sliders()
    reached = [row.reach.value for row in plan.care_reach if row.intervention == intervention]
    taken = [row.share.value for row in plan.care_effects if row.intervention == intervention]
    for kind, limit, shares in (
        (SliderKind.REACH, limits.reach, reached),
        (SliderKind.EFFECT, limits.effect, taken),
    ):
        most = _furthest(shares, most=limit.most, step=limit.step)
        yield Slider(intervention, kind, least=0, most=most, step=limit.step, planned=AS_PLANNED)
    delay = limits.delay
    yield Slider(intervention, SliderKind.DELAY, least=-delay.early, most=delay.late, step=delay.step, planned=0)


def _furthest(shares: Iterable[Decimal], *, most: int, step: int) -> int:
    """The last step at which the largest share is no more than everything."""
    largest = max(shares, default=Decimal(0))
    if largest <= 0:
        return AS_PLANNED
    whole = int(PER_CENT * PER_CENT / largest)
    return max(AS_PLANNED, min(most, whole - whole % step))


def positions_of(plan: Plan, given: Mapping[str, str]) -> Positions:
    """Where sliders stand, from an address or a form.

    Args:
        plan: whose sliders they are.
        given: positions by the name of the slider, as texts. Sliders that are not named stand as planned.

    Raises:
        InputError: with every name that is no slider of the plan and every position that its slider does not have.
    """
    sliders = {slider.name: slider for each in sliders_of(plan).values() for slider in each}
    problems, found = [], {}
    for name, text in given.items():
        slider = sliders.get(name)
        if slider is None:
            known = "reach, effect or delay of an intervention of this plan, such as reach.self-care"
            problems.append(_problem(name, "this plan has no such slider", expected=known))
            continue
        position = _whole(text)
        if position is None or not slider.holds(position):
            problems.append(_problem(name, f"'{_short(text)}' is none of its positions", expected=_expected(slider)))
        elif position != slider.planned:
            found[name] = position
    if problems:
        raise InputError(problems)
    return Positions(tuple((name, found[name]) for name in sliders if name in found))


def _problem(name: str, message: str, *, expected: str) -> Problem:
    return Problem(Location(WHERE, field=_short(name)), message, expected, "Move it on the page, or take it out.")


def _expected(slider: Slider) -> str:
    unit = "months" if slider.kind is SliderKind.DELAY else "per cent of the plan"
    return f"{slider.least} to {slider.most} {unit}, in steps of {slider.step}"


def _whole(text: str) -> int | None:
    """A whole number as an address has it; nothing for anything else, however long."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        return None
    return int(text)


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[:longest]} …"
