"""Conditions, scores, flags and frailty as data: which codes say that a person has something, how far to look back."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug

ICD10 = "icd10"
ONE = Decimal(1)
_CATEGORY = re.compile(r"[A-Z]\d{2}")
_PREFIX = re.compile(r"[A-Z]\d{2}[0-9X]{0,2}")

Months = Annotated[int, Field(ge=1)]


class Sourced(DocumentModel):
    """Something that was decided by somebody: by whom, and how sure that is."""

    reference: Words
    confidence: Confidence
    note: str = ""


def prefixes_of(entry: str) -> tuple[str, ...]:
    """The prefixes that an entry of a code list stands for: ``I50`` itself, ``C00-C43`` every category of the range.

    Raises:
        ValueError: neither a prefix nor a range within one letter.
    """
    first, dash, last = entry.partition("-")
    if not dash and _PREFIX.fullmatch(entry):
        return (entry,)
    if _CATEGORY.fullmatch(first) and _CATEGORY.fullmatch(last) and first[0] == last[0] and first <= last:
        return tuple(f"{first[0]}{number:02d}" for number in range(int(first[1:]), int(last[1:]) + 1))
    message = f"'{entry}' is neither a code such as I50 or I110, without a dot, nor a range such as C00-C43"
    raise ValueError(message)


class Condition(Sourced):
    """Something that a diagnosis may say of a person.

    ``long_term``: it counts towards the number of long-term conditions. ``look_back_months``: a diagnosis older than
    this does not count; without it every diagnosis counts.
    """

    id: Slug
    title: Words
    long_term: Truth
    look_back_months: Months | None = None
    icd10: Annotated[tuple[Words, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_can_be_read(self) -> Self:
        """Refuse an entry that is neither a code nor a range."""
        for entry in self.icd10:
            prefixes_of(entry)
        return self

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Every prefix, ranges written out."""
        return tuple(prefix for entry in self.icd10 for prefix in prefixes_of(entry))


class Frailty(StrEnum):
    """Bands of frailty, least first."""

    FIT = "fit"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"

    @property
    def level(self) -> int:
        """0 for fit to 3 for severe."""
        return list(Frailty).index(self)


class FrailtyBand(DocumentModel):
    """A band and the level at which it begins. ``beyond``: a value of exactly that level is still in the band below."""

    band: Frailty
    level: Number
    beyond: Truth = False


class FrailtyIndex(Sourced):
    """Bands of a share of deficits held: the value of ``measure`` over ``out_of``."""

    measure: Words
    out_of: Annotated[int, Field(ge=1)]
    look_back_months: Months
    bands: tuple[FrailtyBand, ...]


class HospitalFrailty(Sourced):
    """Bands of points of diagnoses in hospital, for people of at least an age."""

    look_back_months: Months
    from_age: Annotated[int, Field(ge=0)]
    bands: tuple[FrailtyBand, ...]


class FlagOf(StrEnum):
    """What a flag is read from."""

    MEASURE = "measure"
    CARE_PACKAGE = "care-package"
    ACTIVITY = "activity"


class Flag(Sourced):
    """Something true or false of a person that no diagnosis says.

    ``of`` a measure: the latest value within ``look_back_months`` is at least ``at_least``. Of a care package: one of
    these kinds is running on the last day. Of activity: at least so many events in these settings in the period.
    """

    id: Slug
    title: Words
    of: FlagOf
    among: Annotated[tuple[Words, ...], Field(min_length=1)]
    at_least: Number = ONE
    look_back_months: Months | None = None

    @model_validator(mode="after")
    def _measure_looks_back(self) -> Self:
        """Refuse a flag of a measure that does not say how far to look back."""
        if self.of is FlagOf.MEASURE and (self.look_back_months is None or len(self.among) != 1):
            message = f"the flag '{self.id}' is of a measure: name one measure and look_back_months"
            raise ValueError(message)
        return self


class Score(Sourced):
    """A published score: which list and weights of the user's data folder it takes, and what outranks what.

    ``outranks``: pairs in which the first, where present, leaves the second without weight.
    """

    id: Literal["charlson", "elixhauser"]
    title: Words
    scheme: Words
    weighting: Words
    look_back_months: Months
    outranks: tuple[tuple[Words, Words], ...] = ()


class Definitions(DocumentModel):
    """Conditions, flags, frailty and scores that come with Placeplan or stand in a folder of the user's."""

    review: Review
    conditions: tuple[Condition, ...]
    flags: tuple[Flag, ...]
    frailty_index: FrailtyIndex
    hospital_frailty: HospitalFrailty
    scores: tuple[Score, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        """Refuse an identifier that is used twice."""
        names = [*(one.id for one in self.conditions), *(one.id for one in self.flags)]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            message = f"the identifier '{repeated[0]}' is used twice"
            raise ValueError(message)
        return self

    @cached_property
    def long_term(self) -> frozenset[str]:
        """Identifiers of the long-term conditions."""
        return frozenset(one.id for one in self.conditions if one.long_term)

    @cached_property
    def condition_ids(self) -> frozenset[str]:
        """Identifiers of all conditions."""
        return frozenset(one.id for one in self.conditions)

    @cached_property
    def flag_ids(self) -> frozenset[str]:
        """Identifiers of all flags."""
        return frozenset(one.id for one in self.flags)
