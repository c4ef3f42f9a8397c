"""What ``plan.yaml`` holds: who plans, for which place, round and years, in which unit, for which services."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, PlainSerializer, model_validator

from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.organisations import OrganisationType
from placeplan.kernel.periods import FinancialYear

FORMAT = 1


def _year(value: Any) -> FinancialYear:
    if isinstance(value, FinancialYear):
        return value
    year = FinancialYear.parse(str(value))
    if str(year) != str(value).strip():  # else two keys of a table could be one year, and one of them be lost
        raise ValueError(f"write {year} for {value}")
    return year


Year = Annotated[InstanceOf[FinancialYear], BeforeValidator(_year), PlainSerializer(str, return_type=str)]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class CarryRule(StrEnum):
    """Which balances of the year before come into a year."""

    SURPLUS = "surplus"
    DEFICIT = "deficit"
    BOTH = "both"
    NEITHER = "neither"


class PlanningOrganisation(_Frozen):
    """The organisation whose plan this is."""

    name: Text
    type: OrganisationType
    code: Text | None = None


class Service(_Frozen):
    """A commissioned programme with a budget of its own.

    ``rules`` names the service whose business rules apply (``any`` unless the round sets some for this service).
    ``carry_forward`` says, for each year, which balances of the year before come into it.
    """

    id: Identifier
    name: Text
    rules: Identifier = "any"
    carry_forward: dict[Year, CarryRule] = Field(default_factory=dict)
    population: int | None = Field(default=None, gt=0)
    note: Text | None = None


class Partner(_Frozen):
    """A body that signs the plan, in the order of the list.

    ``depends_on`` names the sections that it answers for, as patterns such as ``finance/*``; none: every section. A
    change of one re-opens its signature. ``after`` names the bodies that must have signed before it; none: every body
    before it in the list. ``any_time``: it waits for no other body. ``internal`` names the steps of its own process,
    each signed in its turn before the body itself signs.
    """

    name: Text
    role: Text | None = None
    signed: date | None = None
    depends_on: tuple[Text, ...] = Field(default=(), max_length=40)
    after: tuple[Text, ...] = Field(default=(), max_length=40)
    any_time: bool = False
    internal: tuple[Text, ...] = Field(default=(), max_length=20)

    @model_validator(mode="after")
    def _waits_or_not(self) -> "Partner":
        if self.any_time and self.after:
            raise ValueError(
                f"{self.name} waits for nobody (any_time) and for {', '.join(self.after)}: say one of both"
            )
        if len(set(self.internal)) != len(self.internal):
            raise ValueError(f"{self.name} has an internal step twice")
        return self


class Version(_Frozen):
    """One entry of the version log."""

    version: Text
    date: date
    author: Text
    note: Text


class Vision(_Frozen):
    """The fixed slots of the plan on a page."""

    vision: Text | None = None
    objectives: tuple[Text, ...] = Field(default=(), max_length=8)
    success: tuple[Text, ...] = Field(default=(), max_length=8)
    governance: tuple[Text, ...] = Field(default=(), max_length=8)
    values: tuple[Text, ...] = Field(default=(), max_length=8)


class CareSegment(_Frozen):
    """A segment of the care model: a short name, a title, and its people where they are known."""

    id: Identifier
    title: Text
    people: int | None = Field(default=None, gt=0)


class CareArea(_Frozen):
    """An area of the care model, such as a cluster."""

    id: Identifier
    title: Text


class CareGroup(_Frozen):
    """Points of delivery that a plan prints as one line, such as all outpatients."""

    id: Identifier
    title: Text
    points: tuple[Identifier, ...] = Field(min_length=1, max_length=40)


class CareClusterRange(_Frozen):
    """How many people a cluster may have."""

    least: int = Field(gt=0)
    most: int = Field(gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> "CareClusterRange":
        if self.least > self.most:
            raise ValueError(f"the least, {self.least:,}, is more than the most, {self.most:,}")
        return self


class CareSettings(_Frozen):
    """What the care model as a whole needs: the year that its activity is of, its segments and areas, and its runs.

    ``clusters`` says how many people a cluster may have. ``claim_probability`` is the least probability, in per cent,
    with which evidence must support a claimed saving.
    """

    base_year: Year
    segments: tuple[CareSegment, ...] = Field(min_length=1, max_length=200)
    areas: tuple[CareArea, ...] = Field(min_length=1, max_length=500)
    groups: tuple[CareGroup, ...] = Field(default=(), max_length=40)
    clusters: CareClusterRange | None = None
    seed: int = Field(ge=0)
    runs: int = Field(ge=16, le=100_000)
    claim_probability: int = Field(ge=1, le=99)
    note: Text | None = None

    @model_validator(mode="after")
    def _each_name_once(self) -> "CareSettings":
        for what, names in (("segment", self.segments), ("area", self.areas), ("group", self.groups)):
            ids = [each.id for each in names]
            twice = sorted({name for name in ids if ids.count(name) > 1})
            if twice:
                raise ValueError(f"the {what} {twice[0]} stands there twice")
        return self


class PlanHeader(_Frozen):
    """Everything that ``plan.yaml`` says.

    ``synthetic`` marks a plan whose figures are made up; every page that shows them says so. ``as_at`` is the day on
    which reviews and waivers are judged when no other day is asked for.
    """

    format: int = Field(ge=FORMAT, le=FORMAT)
    id: Identifier
    title: Text
    place: Text
    organisation: PlanningOrganisation
    round: Identifier
    years: tuple[Year, ...] = Field(min_length=1, max_length=10)
    money: MoneyUnit
    services: tuple[Service, ...] = Field(min_length=1)
    footprint: tuple[Text, ...] = ()
    partners: tuple[Partner, ...] = ()
    versions: tuple[Version, ...] = ()
    summary: Vision = Vision()
    sources: tuple[Text, ...] = ()
    synthetic: bool = False
    as_at: date | None = None
    care: CareSettings | None = None

    @model_validator(mode="after")
    def _years_follow_one_another(self) -> "PlanHeader":
        for before, after in zip(self.years, self.years[1:], strict=False):
            if after != before.next:
                raise ValueError(f"years must follow one another: {after} cannot stand after {before}")
        return self

    @model_validator(mode="after")
    def _services_differ(self) -> "PlanHeader":
        names = [service.id for service in self.services]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two services are called {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _bodies_sign_after_those_before_them(self) -> "PlanHeader":
        before: list[str] = []
        for partner in self.partners:
            strange = [name for name in partner.after if name not in before]
            if strange:
                message = f"{partner.name} signs after {', '.join(strange)}, which does not stand before it in the list"
                raise ValueError(message)
            before.append(partner.name)
        return self

    def service(self, service_id: str) -> Service:
        """The service with this identifier.

        Raises:
            KeyError: there is none.
        """
        for service in self.services:
            if service.id == service_id:
                return service
        raise KeyError(service_id)
