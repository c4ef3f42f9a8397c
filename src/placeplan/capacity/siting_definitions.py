"""What the siting of hubs starts from, as data: each with its source."""

from typing import Annotated

from pydantic import Field

from placeplan.documents.models import DocumentModel, Number, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug

Share = Annotated[Number, Field(gt=0, le=1)]
Kilometres = Annotated[Number, Field(gt=0)]


class Referenced(DocumentModel):
    """Something with a source."""

    reference: Words
    confidence: Confidence


class Question(DocumentModel):
    """A question of the hub model, and what answers it."""

    id: Slug
    words: Words
    answered_by: Words


class Questions(Referenced):
    """Questions of the hub model."""

    asked: tuple[Question, ...]

    def words_of(self, question: str) -> str:
        """A question in the words of its source.

        Raises:
            KeyError: there is no such question.
        """
        return {one.id: one.words for one in self.asked}[question]


class Configurations(Referenced):
    """How much more travel of the most deprived fifth counts in the configuration that is shown for them."""

    deprived_weight: Annotated[Number, Field(gt=0)]


class TravelRules(Referenced):
    """How minutes are estimated: journeys for the fit, and how near a measured site has to be to be the same."""

    longest_km: Kilometres
    same_site_km: Kilometres


class FairnessShares(Referenced):
    """Shares of people whose travel is shown beside everybody's."""

    most_deprived: Share
    worst_off: Share


class FrontierRules(Referenced):
    """How many hubs somebody may look at, from one, and how many seconds the choice of each number may take."""

    most: Annotated[int, Field(strict=True, gt=0)]
    seconds: Annotated[Number, Field(gt=0)]


class Hospital(DocumentModel):
    """A hospital of the existing estate, by its name in the public file."""

    id: Slug
    name: Words
    kind: Words


class Estate(Referenced):
    """Existing hospitals of a place."""

    place: Slug
    hospitals: tuple[Hospital, ...]


class SitingDefinitions(DocumentModel):
    """All of it."""

    review: Review
    questions: Questions
    configurations: Configurations
    travel: TravelRules
    fairness: FairnessShares
    frontier: FrontierRules
    estate: tuple[Estate, ...]

    def hospitals_of(self, place: str) -> tuple[Hospital, ...]:
        """Existing hospitals of a place; none where none are known."""
        return tuple(hospital for one in self.estate if one.place == place for hospital in one.hospitals)
