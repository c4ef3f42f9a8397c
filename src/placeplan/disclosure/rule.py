"""Rules of disclosure control: which counts of people are too small to show, and how the others are rounded."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, Strict, model_validator

from placeplan.documents.models import DocumentModel, Truth, Words
from placeplan.rounds.governance import Confidence, Governed
from placeplan.rounds.money_rules import Slug

Count = Annotated[int, Strict(), Field(ge=0)]


class Level(StrEnum):
    """Whether numbers are about the whole country or about a part of it."""

    NATIONAL = "national"
    LOCAL = "local"


class Statement(DocumentModel):
    """One part of a rule, and whether it was read in a good source."""

    says: Words
    confidence: Confidence


class DisclosureRule(Governed):
    """A named rule.

    Counts from ``lowest`` to ``highest`` are shown as ``symbol``; without ``highest`` nothing is withheld and a reason
    must be given. Other counts are rounded to the nearest ``rounded_to``, or shown as they are. ``secondary_symbol``
    stands where a number is withheld so that another cannot be worked out. A reader must be left with at least
    ``least_possible`` values for every withheld number. ``secondary_suppression`` says whether the rule as published
    asks for it; Placeplan does it wherever a small number could be worked out. ``levels`` are those that the rule is
    for.
    """

    id: Slug
    title: Words
    lowest: Count | None = None
    highest: Count | None = None
    symbol: Words = "*"
    secondary_symbol: Words = "[c]"
    rounded_to: Annotated[int, Strict(), Field(ge=2)] | None = None
    levels: tuple[Level, ...] = (Level.NATIONAL, Level.LOCAL)
    secondary_suppression: Truth = False
    percentages_from_rounded: Truth = False
    least_possible: Annotated[int, Strict(), Field(ge=2)] | None = None
    statements: tuple[Statement, ...] = ()

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        """Refuse bounds that contradict each other."""
        if (self.lowest is None) != (self.highest is None) or (self.highest is None) != (self.least_possible is None):
            message = "'lowest', 'highest' and 'least_possible' are given together or not at all"
            raise ValueError(message)
        if self.highest is None:
            return self
        if self.lowest not in {0, 1}:
            message = f"'lowest' must be 1, or 0 where zero is withheld too, not {self.lowest}"
            raise ValueError(message)
        if self.highest - self.lowest + 1 < (self.least_possible or 0):
            message = f"{self.lowest} to {self.highest} holds fewer values than 'least_possible' asks for"
            raise ValueError(message)
        if self.rounded_to and self.rounded_to > 2 * (self.highest + 1):
            message = (
                f"a count above {self.highest} would be rounded to zero; round to {2 * (self.highest + 1)} at most"
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _rounding_is_not_given_away(self) -> Self:
        """Refuse rounded counts beside percentages of exact ones."""
        if self.rounded_to and not self.percentages_from_rounded:
            message = "counts are rounded, so 'percentages_from_rounded' must be true: others would give them away"
            raise ValueError(message)
        return self

    @property
    def withholds(self) -> bool:
        """Whether the rule withholds anything."""
        return self.highest is not None

    @property
    def zero_shown(self) -> bool:
        """Whether a zero is shown."""
        return self.lowest != 0

    @property
    def small(self) -> tuple[int, int]:
        """The smallest and the largest count that is withheld.

        Raises:
            ValueError: the rule withholds nothing.
        """
        if self.lowest is None or self.highest is None:
            raise ValueError(f"the rule '{self.id}' withholds nothing")
        return self.lowest, self.highest

    @property
    def needed_values(self) -> int:
        """How many values a reader must be left with for a withheld number."""
        return self.least_possible or 1

    def in_words(self) -> str:
        """The rule in one sentence."""
        if not self.withholds:
            return "Nothing is withheld."
        lowest, highest = self.small
        zero = ", zero is shown" if self.zero_shown else ""
        rounding = f", other counts are rounded to the nearest {self.rounded_to}" if self.rounded_to else ""
        return f"Counts from {lowest} to {highest} are shown as {self.symbol}{zero}{rounding}."


class DisclosureRules(DocumentModel):
    """Every rule, in the order of their identifiers."""

    rules: tuple[DisclosureRule, ...]

    @cached_property
    def _by_id(self) -> dict[str, DisclosureRule]:
        return {rule.id: rule for rule in self.rules}

    def __getitem__(self, rule_id: str) -> DisclosureRule:
        """The rule with this identifier.

        Raises:
            KeyError: there is none; the message names those that there are.
        """
        if rule_id not in self._by_id:
            raise KeyError(f"there is no disclosure rule '{rule_id}'; there are {', '.join(self._by_id)}")
        return self._by_id[rule_id]

    def __contains__(self, rule_id: object) -> bool:
        """Whether there is a rule with this identifier."""
        return rule_id in self._by_id

    @property
    def ids(self) -> Iterator[str]:
        """The identifiers of all rules."""
        return iter(self._by_id)
