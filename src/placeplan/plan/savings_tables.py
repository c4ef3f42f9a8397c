"""What becomes of savings in the year, and where spend can be changed at all: one frozen dataclass a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from placeplan.kernel.errors import NOWHERE, Place
from placeplan.kernel.periods import FinancialYear, Month
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan import columns as kinds
from placeplan.plan.cells import Cell
from placeplan.plan.columns import choice, column


class Rating(StrEnum):
    """How sure it is that a scheme delivers what was planned."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Lever(StrEnum):
    """What a commissioner can change about an area of spend."""

    PRICE = "price"
    VOLUME = "volume"
    PRICE_AND_VOLUME = "price-and-volume"
    NONE = "none"


class Discretion(StrEnum):
    """Who can change it."""

    LOCAL = "local"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingDelivered:
    """What an efficiency scheme saved in a month, as reported. A month that is not reported is unknown, never zero."""

    scheme: str = column(kinds.IDENTIFIER, "Scheme, as in finance/efficiency.csv", required=True, key=True)
    service: str = column(kinds.IDENTIFIER, "Service", required=True, key=True, refers_to="service")
    month: Month = column(kinds.MONTH, "Month that is reported", required=True, key=True)
    gross: PrintedNumber | None = column(kinds.NUMBER, "Gross saving made in the month (blank: not known)")
    investment: PrintedNumber | None = column(kinds.NUMBER, "Investment spent in the month (blank: not known)")
    forecast: PrintedNumber | None = column(
        kinds.NUMBER, "Gross saving that the owner expects in the rest of the year, after this month"
    )
    rating: Rating | None = column(choice(Rating), "How sure the owner is of the plan")
    note: str | None = column(kinds.TEXT, "Why it is ahead or behind, and what is done about it")
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendArea:
    """An area of spend: one with parts below it, or one that is not parted, with its lever and goal."""

    area: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    parent: str | None = column(
        kinds.IDENTIFIER, "Area that it is a part of (blank: of none)", refers_to="area of spend"
    )
    title: str = column(kinds.TEXT, "Title", required=True)
    service: str | None = column(kinds.IDENTIFIER, "Service", refers_to="service")
    lever: Lever | None = column(choice(Lever), "What can be changed (blank, and no part below: not known)")
    discretion: Discretion | None = column(choice(Discretion), "Who can change it (blank: local)")
    goal: PrintedNumber | None = column(kinds.PERCENTAGE, "Share of its spend that is to be saved (blank: none is set)")
    target: PrintedNumber | None = column(kinds.PERCENTAGE, "Share of its whole spend that is asked for from above")
    amounts: Mapping[FinancialYear, Cell | None] = column(
        kinds.CELLS, "Spend in the year (of an area with parts: as stated)"
    )
    source: str | None = column(kinds.TEXT, "Where the row comes from")
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the area is called in a derivation."""
        return self.title
