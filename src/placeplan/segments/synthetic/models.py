"""The models that synthetic people are drawn from, as data: illness, lives, use of services, care and measurements.

Curves are values at the ages of ``Curves.ages``, with straight lines between. Shares are per cent of people, rates are
a thousand people a year.
"""

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug

Values = Annotated[tuple[Number, ...], Field(min_length=1)]
Loading = Annotated[Number, Field(ge=0, lt=1)]
ONE = Decimal(1)
NOTHING = Decimal(0)


class ModelFile(DocumentModel):
    """What every file of a model says of itself."""

    review: Review
    reference: Words
    confidence: Confidence
    note: str = ""


class Factor(StrEnum):
    """Which of the two hidden traits of a person makes something likelier. They go together in part."""

    BODY = "body"
    MIND = "mind"


class Curve(DocumentModel):
    """A value by age for each sex."""

    women: Values
    men: Values

    def fits(self, ages: tuple[int, ...]) -> bool:
        """Whether there is one value for each age."""
        return len(self.women) == len(self.men) == len(ages)


class Lasting(Curve):
    """Something that a person has from some day on: the share of people who have it, by age, never falls.

    ``loading`` is how strongly it hangs on the hidden trait, from 0 (not at all) to below 1. ``deprivation`` is by how
    many standard deviations the most deprived tenth lies above the middle.
    """

    id: Slug
    factor: Factor = Factor.BODY
    loading: Loading
    deprivation: Number = NOTHING

    @model_validator(mode="after")
    def _a_share_that_never_falls(self) -> Self:
        for values in (self.women, self.men):
            if any(later < earlier for earlier, later in pairwise(values)) or values[-1] >= 100 or values[0] < 0:
                message = f"the shares of '{self.id}' are from 0 to below 100 per cent and never fall with age"
                raise ValueError(message)
        return self


class Sex(StrEnum):
    """The sexes that the models know."""

    FEMALE = "female"
    MALE = "male"


class CodeShare(DocumentModel):
    """A code as it is written, and how often it is the one that is used. ``only`` for one sex, where it is said."""

    code: Words
    only: Sex | None = None
    share: Annotated[Number, Field(gt=0)] = ONE


class LastingCondition(Lasting):
    """A condition that stays, and who records it.

    ``again``: it is recorded every year, so that a look-back finds it. ``in_hospital``: hospitals copy it.
    """

    codes: Annotated[tuple[CodeShare, ...], Field(min_length=1)]
    again: Truth = False
    in_hospital: Truth = True
    source: Words = "gp"


class Episode(Curve):
    """Something that happens on a day: events of a thousand people a year, by age.

    ``loading`` is the spread of the rate between people, ``deprivation`` the logarithm of how many times likelier it is
    in the most deprived tenth than in the middle. ``given`` names a lasting condition without which it does not happen.
    ``before_death``: it happens to this share (per cent) of those who die with ``given``, in their last year.
    """

    id: Slug
    factor: Factor = Factor.BODY
    loading: Annotated[Number, Field(ge=0)] = NOTHING
    deprivation: Number = NOTHING
    given: Slug | None = None
    before_death: Annotated[Number, Field(ge=0, le=100)] = NOTHING
    birth: Truth = False
    source: Words = "gp"
    codes: Annotated[tuple[CodeShare, ...], Field(min_length=1)]


class Illness(ModelFile):
    """Every condition and event. ``together`` is the correlation of the two hidden traits."""

    ages: tuple[int, ...]
    together: Loading
    copied_to_hospital: Annotated[int, Field(ge=0)]
    lasting: tuple[LastingCondition, ...]
    episodes: tuple[Episode, ...]

    @model_validator(mode="after")
    def _curves_fit(self) -> Self:
        _refuse_short_curves(self.ages, (*self.lasting, *self.episodes))
        known = {one.id for one in self.lasting}
        strange = [one.given for one in self.episodes if one.given and one.given not in known]
        if strange:
            message = f"'{strange[0]}' is no lasting condition"
            raise ValueError(message)
        return self


class Mortality(DocumentModel):
    """A force of mortality that grows with age as Gompertz has it, ``exp(level + slope * age)`` a year, and what is
    added in the first year of life.
    """

    women: tuple[Number, Number]
    men: tuple[Number, Number]
    first_year: Number
    per_condition: Annotated[Number, Field(gt=0)]
    deprivation: Annotated[Number, Field(gt=0)]


class Lives(ModelFile):
    """Births are the deliveries of the model of illness; this is deaths, moves and lists.

    ``leaving`` and ``changing`` are a thousand people a year; ``arriving`` is how many come for each who leaves.
    """

    ages: tuple[int, ...]
    mortality: Mortality
    leaving: Curve
    changing: Curve
    arriving: Annotated[Number, Field(ge=0)]
    years_on_list: Annotated[Number, Field(gt=0)]
    share_female: Values
    beyond_ninety: Annotated[Number, Field(gt=0)]
    population: Values

    @model_validator(mode="after")
    def _curves_fit(self) -> Self:
        _refuse_short_curves(self.ages, (self.leaving, self.changing))
        return self


class Risk(DocumentModel):
    """How many times more a person uses than another of the same age and sex.

    ``per_condition`` for each long-term condition up to ``most_conditions`` of the file; ``deprivation`` for the most
    deprived tenth against the middle; ``dying`` in the year of death; ``conditions`` for those who have one.
    """

    per_condition: Annotated[Number, Field(gt=0)] = ONE
    deprivation: Annotated[Number, Field(gt=0)] = ONE
    dying: Annotated[Number, Field(gt=0)] = ONE
    spread: Annotated[Number, Field(ge=0)] = NOTHING
    conditions: dict[Slug, Annotated[Number, Field(gt=0)]] = Field(default_factory=dict)


class Stay(DocumentModel):
    """Nights in a bed: the share (per cent) that leaves on the same day, and the mean and spread of the others."""

    same_day: Annotated[Number, Field(ge=0, le=100)]
    mean: Annotated[Number, Field(gt=0)]
    spread: Annotated[Number, Field(ge=0)]
    per_decade_after_sixty: Number = NOTHING


class Cost(DocumentModel):
    """Pounds an event, and for each night; ``spread`` is the standard deviation of the logarithm."""

    event: Annotated[Number, Field(ge=0)]
    night: Annotated[Number, Field(ge=0)] = NOTHING
    spread: Annotated[Number, Field(ge=0)]


class Use(Curve):
    """One point of delivery: events a thousand people a year, who has more of them, stays and cost.

    ``published`` names the groups of the published rates whose sum takes the place of the curve where a data folder has
    them; ``diagnosed``: conditions of the person are recorded by the hospital on that day.
    """

    id: Slug
    setting: Words
    provider: Words
    risk: Risk
    cost: Cost
    stay: Stay | None = None
    published: tuple[Words, ...] = ()
    diagnosed: Truth = False


class Activity(ModelFile):
    """Every point of delivery."""

    ages: tuple[int, ...]
    most_conditions: Annotated[int, Field(ge=1)]
    uses: tuple[Use, ...]

    @model_validator(mode="after")
    def _curves_fit(self) -> Self:
        _refuse_short_curves(self.ages, self.uses)
        return self


class Package(Lasting):
    """A care package: pounds a week and their spread."""

    weekly: Annotated[Number, Field(gt=0)]
    spread: Annotated[Number, Field(ge=0)]


class Deficits(DocumentModel):
    """Deficits of frailty, of 36: at an age, for each year after, for each condition, and their spread.

    ``measured``: the share (per cent) that is measured each year.
    """

    from_age: int
    measured: Number
    base: Number
    per_year_after: Number
    per_condition: Number
    spread: Number


class BodyMass(DocumentModel):
    """Body mass index: mean at the ages of the file, spread, and what deprivation adds.

    ``measured``: the share (per cent) that is measured each year.
    """

    from_age: int
    measured: Number
    mean: Curve
    spread: Number
    deprivation: Number


class Care(ModelFile):
    """Care packages and measurements. ``marks`` are measurements of 1 for those who have them, taken every year."""

    ages: tuple[int, ...]
    packages: tuple[Package, ...]
    marks: tuple[Lasting, ...]
    smoking: Curve
    smoking_measured: Number
    smoking_deprivation: Number
    deficits: Deficits
    body_mass: BodyMass

    @model_validator(mode="after")
    def _curves_fit(self) -> Self:
        _refuse_short_curves(self.ages, (*self.packages, *self.marks, self.smoking, self.body_mass.mean))
        return self


class Models(DocumentModel):
    """Every model together."""

    illness: Illness
    lives: Lives
    activity: Activity
    care: Care


def _refuse_short_curves(ages: tuple[int, ...], curves: tuple[Curve, ...]) -> None:
    for curve in curves:
        if not curve.fits(ages):
            message = f"a curve has one value for each of the ages {', '.join(map(str, ages))}: see {curve!r:.80}"
            raise ValueError(message)


class NamedPlace(DocumentModel):
    """A place that people can be made up for: its commissioning groups."""

    id: Slug
    title: Words
    groups: Annotated[tuple[Words, ...], Field(min_length=1)]


class NamedPlaces(ModelFile):
    """Every such place."""

    places: Annotated[tuple[NamedPlace, ...], Field(min_length=1)]


class RegisteredPeople(DocumentModel):
    """How many people are on the lists of the place."""

    people: Annotated[Number, Field(gt=0)]
    note: str = ""


class Target(DocumentModel):
    """A printed figure: people in a segment, or pounds a head in a segment and age band."""

    id: Slug
    title: Words
    segment: Slug
    age_band: str = ""
    people: Number | None = None
    pounds: Number | None = None

    @model_validator(mode="after")
    def _one_figure(self) -> Self:
        if (self.people is None) == (self.pounds is None):
            message = f"'{self.id}' is a number of people or pounds a head: give one of the two"
            raise ValueError(message)
        return self


class Targets(ModelFile):
    """Printed figures that a place is set to come near, by a scheme.

    ``leave_out`` names settings that they do not count. ``registers`` says which condition stands beside which
    register.
    """

    scheme: Slug
    place: Slug
    registered: RegisteredPeople
    leave_out: tuple[Words, ...] = ()
    targets: tuple[Target, ...]
    registers: dict[Words, Slug]
