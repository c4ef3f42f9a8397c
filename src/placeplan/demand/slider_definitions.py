"""How far the sliders of a care model go, as data."""

from typing import Annotated

from pydantic import Field

from placeplan.documents.models import DocumentModel, Words
from placeplan.rounds.governance import Confidence, Review

Whole = Annotated[int, Field(strict=True, gt=0)]


class ShareSlider(DocumentModel):
    """A slider on shares of the plan: per cent of what its cells say, from 0."""

    most: Annotated[int, Field(strict=True, ge=100)]
    step: Whole


class DelaySlider(DocumentModel):
    """A slider on when an intervention grows up: months before and after what the plan says."""

    early: Whole
    late: Whole
    step: Whole


class FirstSettings(DocumentModel):
    """Settings of a care model that somebody begins, until they decide on others."""

    seed: Whole
    runs: Whole
    claim_probability: Whole


class SliderDefinitions(DocumentModel):
    """The sliders, and how many runs somebody may ask for.

    While a slider moves there are at most ``live_runs``. ``more_runs`` is the number of a long run, done
    ``runs_at_a_time``; one person may have ``most_waiting`` of them under way.
    """

    review: Review
    reference: Words
    confidence: Confidence
    reach: ShareSlider
    effect: ShareSlider
    delay: DelaySlider
    live_runs: Whole
    more_runs: Whole
    runs_at_a_time: Whole
    most_waiting: Whole
    beginning: FirstSettings
