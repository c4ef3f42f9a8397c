"""The care model of a plan, one frozen dataclass a row: what is done today, what grows, what changes, what it needs.

Every number says how firm it is. What a planner made up or fitted so that the model can run is never taken for a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placeplan.kernel.errors import NOWHERE, Place
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan import columns as kinds
from placeplan.plan.cells import Cell
from placeplan.plan.columns import choice, column


class Firmness(StrEnum):
    """How firm a number of the care model is."""

    STATED = "stated"
    PUBLISHED = "published"
    ESTIMATE = "estimate"
    CALIBRATED = "calibrated"
    SYNTHETIC = "synthetic"


class EffectKind(StrEnum):
    """What an effect takes: activity that does not happen, or days of stays that do."""

    AVOIDED = "avoided"
    SHORTER_STAY = "shorter-stay"


class SiteRole(StrEnum):
    """What is decided about a site already: nothing, that it is used, or that it is not."""

    CANDIDATE = "candidate"
    FORCED = "forced"
    FORBIDDEN = "forbidden"


FIRMNESS = "How firm the number is"
SOURCE = "Where the row comes from"
INTERVENTION = "Intervention"
POINT = "Point of delivery, such as non-elective-admissions"
SEGMENT = "Segment or age band"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareActivity:
    """Activity of the base year at a point of delivery, of a segment in an area."""

    point: str = column(kinds.IDENTIFIER, POINT, required=True, key=True)
    segment: str = column(kinds.IDENTIFIER, SEGMENT, required=True, key=True, refers_to="segment")
    area: str = column(kinds.IDENTIFIER, "Area", required=True, key=True, refers_to="area")
    activity: PrintedNumber = column(kinds.NUMBER, "Events or bed days in the base year", required=True)
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePrice:
    """What an event at a point of delivery is worth. A point without a row has the price of the price book."""

    point: str = column(kinds.IDENTIFIER, POINT, required=True, key=True)
    tariff: PrintedNumber = column(kinds.NUMBER, "Pounds that the payer pays for one", required=True)
    cost: PrintedNumber = column(kinds.NUMBER, "Pounds that one costs in full", required=True)
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareGrowth:
    """A named reason for growth when nobody intervenes: the rate of each year over the year before."""

    adjustment: str = column(kinds.IDENTIFIER, "Short name, such as non-demographic-growth", required=True, key=True)
    point: str | None = column(kinds.IDENTIFIER, f"{POINT} (blank: every one)", key=True)
    segment: str | None = column(kinds.IDENTIFIER, f"{SEGMENT} (blank: every one)", key=True, refers_to="segment")
    rates: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Growth over the year before, such as 1.2%")
    low: PrintedNumber | None = column(kinds.PERCENTAGE, "Least strength thought possible, such as 50% of the rates")
    high: PrintedNumber | None = column(kinds.PERCENTAGE, "Greatest strength thought possible, such as 150%")
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareIntervention:
    """A change in care, and the share of its full effect that it has in each year."""

    intervention: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "Title", required=True)
    library: str | None = column(kinds.IDENTIFIER, "Intervention of the library that it is one of")
    maturity: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Share of its full effect in the year")
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareReach:
    """The share of the people of a segment whom an intervention reaches at maturity."""

    intervention: str = column(kinds.IDENTIFIER, INTERVENTION, required=True, key=True, refers_to="intervention")
    segment: str = column(kinds.IDENTIFIER, SEGMENT, required=True, key=True, refers_to="segment")
    reach: PrintedNumber = column(kinds.PERCENTAGE, "Share of its people that are reached", required=True)
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareEffect:
    """What an intervention takes of the activity of those whom it reaches: as claimed, and as evidence has it."""

    intervention: str = column(kinds.IDENTIFIER, INTERVENTION, required=True, key=True, refers_to="intervention")
    point: str = column(kinds.IDENTIFIER, POINT, required=True, key=True)
    kind: EffectKind = column(choice(EffectKind), "What it takes", required=True, key=True)
    segment: str | None = column(
        kinds.IDENTIFIER, f"{SEGMENT} (blank: every one that is reached)", key=True, refers_to="segment"
    )
    share: PrintedNumber = column(
        kinds.PERCENTAGE, "Share of the activity that the plan claims at maturity", required=True
    )
    maturity: Mapping[FinancialYear, Cell | None] = column(
        kinds.CELLS, "Share of this effect in the year (blank: as the intervention)"
    )
    stay_ratio: PrintedNumber | None = column(
        kinds.NUMBER, "Stay of an avoided admission over the mean stay (blank: 1)"
    )
    low: PrintedNumber | None = column(kinds.PERCENTAGE, "Least share that evidence allows")
    likely: PrintedNumber | None = column(kinds.PERCENTAGE, "Share that evidence makes most likely")
    high: PrintedNumber | None = column(kinds.PERCENTAGE, "Greatest share that evidence allows")
    strength: str | None = column(kinds.IDENTIFIER, "Strength of the evidence, such as moderate")
    firmness: Firmness = column(choice(Firmness), "How firm the claimed share is", required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCost:
    """What an intervention costs in a year, in the unit of the plan."""

    intervention: str = column(kinds.IDENTIFIER, INTERVENTION, required=True, key=True, refers_to="intervention")
    heading: str = column(kinds.TEXT, "What the money is for, or for whom", required=True, key=True)
    recurrent: bool | None = column(kinds.FLAG, "Whether the cost goes on into later years (blank: yes)")
    amounts: Mapping[FinancialYear, Cell | None] = column(kinds.CELLS, "Amount in the year")
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the line is called in a derivation."""
        return f"{self.intervention}: {self.heading}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareBeds:
    """Beds that are there, and the bed days that they are for."""

    site: str = column(kinds.IDENTIFIER, "Site", required=True, key=True)
    title: str = column(kinds.TEXT, "Name of the site", required=True)
    point: str = column(kinds.IDENTIFIER, "Point of delivery that counts its bed days", required=True, key=True)
    beds: PrintedNumber = column(kinds.NUMBER, "Beds that are there", required=True)
    occupancy: PrintedNumber = column(kinds.PERCENTAGE, "Share of bed days that is planned to be used", required=True)
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareStaff:
    """Work that an intervention makes for a role, and who is there."""

    role: str = column(kinds.IDENTIFIER, "Role, such as care-coordinator", required=True, key=True)
    intervention: str = column(kinds.IDENTIFIER, INTERVENTION, required=True, key=True, refers_to="intervention")
    contacts: PrintedNumber = column(kinds.NUMBER, "Contacts a year with each person reached", required=True)
    minutes: PrintedNumber = column(kinds.NUMBER, "Minutes of a contact, with notes", required=True)
    working_time: str = column(kinds.IDENTIFIER, "Pattern of work, such as agenda-for-change-home", required=True)
    in_post: PrintedNumber | None = column(kinds.NUMBER, "Full-time equivalents there for it (blank: not known)")
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCluster:
    """A practice in its cluster, from a day to a day."""

    practice: str = column(kinds.IDENTIFIER, "Practice", required=True, key=True)
    cluster: str = column(kinds.IDENTIFIER, "Cluster", required=True, key=True)
    starts: date | None = column(kinds.DATE, "First day (blank: always)", key=True)
    ends: date | None = column(kinds.DATE, "Last day (blank: goes on)")
    people: PrintedNumber = column(kinds.NUMBER, "People on its list", required=True)
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSite:
    """A place where a hub could be."""

    site: str = column(kinds.IDENTIFIER, "Site", required=True, key=True)
    title: str = column(kinds.TEXT, "Name", required=True)
    easting: PrintedNumber = column(kinds.NUMBER, "Metres east, British National Grid", required=True)
    northing: PrintedNumber = column(kinds.NUMBER, "Metres north, British National Grid", required=True)
    existing: bool = column(kinds.FLAG, "Whether there is a building today", required=True)
    role: SiteRole | None = column(choice(SiteRole), "What is decided already (blank: candidate)")
    capacity: PrintedNumber | None = column(kinds.NUMBER, "Most people that it can serve (blank: no limit)")
    firmness: Firmness = column(choice(Firmness), FIRMNESS, required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLastDigits:
    """What is left in print of a stated number whose first digits are lost; the calibration keeps to it."""

    figure: str = column(kinds.FIGURE, "Identifier of the figure", required=True, key=True)
    digits: PrintedNumber = column(kinds.NUMBER, "Its last digits, such as 833 of 1,833", required=True)
    source: str = column(kinds.TEXT, SOURCE, required=True)
    place: Place = field(default=NOWHERE, compare=False, repr=False)
