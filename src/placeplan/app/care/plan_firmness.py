"""Which tables of a care model are made up or fitted, for figures that rest on them to say so."""

from collections.abc import Iterable
from typing import Protocol

from placeplan.plan.care_tables import Firmness
from placeplan.plan.model import Plan

NOT_FIRM = (Firmness.SYNTHETIC, Firmness.CALIBRATED)


class Firm(Protocol):
    """A row that says how firm it is."""

    @property
    def firmness(self) -> Firmness:
        """How firm its number is."""


def not_firm(path: str, rows: Iterable[Firm]) -> tuple[str, ...]:
    """The table, once for each way in which a row of it is not firm: ``care/activity.csv (synthetic)``."""
    found = {row.firmness for row in rows}
    return tuple(f"{path} ({firmness})" for firmness in NOT_FIRM if firmness in found)


def growth_not_firm(plan: Plan) -> tuple[str, ...]:
    """What do-nothing activity rests on beside the activity of the base year."""
    return not_firm("care/growth.csv", plan.care_growth)


def reach_not_firm(plan: Plan) -> tuple[str, ...]:
    """What people reached rest on."""
    return (
        *not_firm("care/interventions.csv", plan.care_interventions),
        *not_firm("care/reach.csv", plan.care_reach),
    )


def effects_not_firm(plan: Plan) -> tuple[str, ...]:
    """What activity with interventions rests on beside do-nothing activity."""
    return (*reach_not_firm(plan), *not_firm("care/effects.csv", plan.care_effects))


def savings_not_firm(plan: Plan) -> tuple[str, ...]:
    """What a saving rests on."""
    return (
        *not_firm("care/activity.csv", plan.care_activity),
        *growth_not_firm(plan),
        *effects_not_firm(plan),
        *not_firm("care/prices.csv", plan.care_prices),
    )
