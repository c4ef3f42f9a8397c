"""Levels and words that checks are held to: dated data with a reference, read at the edge and handed in."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from placeplan.rounds.governance import Governed, Review, Value
from placeplan.rounds.money_rules import Slug

Words = Annotated[str, Field(min_length=1)]


class Threshold(Value):
    """A level at which a check speaks; ``of`` says in words what is measured."""

    id: Slug
    value: Decimal
    of: Words


class Phrases(Governed):
    """Wordings that a check looks for, in small letters."""

    id: Slug
    phrases: Annotated[tuple[Words, ...], Field(min_length=1)]


class DefinitionsFile(BaseModel):
    """A file of definitions: one review for all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    review: Review


class ThresholdsFile(DefinitionsFile):
    """``thresholds.yaml``."""

    thresholds: tuple[Threshold, ...]


class PhrasesFile(DefinitionsFile):
    """``phrases.yaml``."""

    phrases: tuple[Phrases, ...]


class Definitions(BaseModel):
    """Every level and every list of words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    thresholds: tuple[Threshold, ...]
    phrases: tuple[Phrases, ...]

    def level(self, threshold_id: str) -> Threshold:
        """The threshold with this identifier.

        Raises:
            KeyError: there is none.
        """
        for threshold in self.thresholds:
            if threshold.id == threshold_id:
                return threshold
        raise KeyError(threshold_id)

    def words(self, phrases_id: str) -> Phrases:
        """The list of words with this identifier.

        Raises:
            KeyError: there is none.
        """
        for phrases in self.phrases:
            if phrases.id == phrases_id:
                return phrases
        raise KeyError(phrases_id)
