"""A score that a person can read: points for what is known of somebody, from a file.

It is no probability. What is not known has no points: a blank is read as it is in a rule.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Self

import narwhals.stable.v2 as nw
from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Number
from placeplan.rounds.governance import Review
from placeplan.rounds.money_rules import Slug
from placeplan.segments.conditions import Definitions, Frailty, Sourced
from placeplan.segments.engine import Frame
from placeplan.segments.features import BED_DAYS, EVENTS, FRAILTY, LONG_TERM, SPEND, flag_column
from placeplan.segments.schemes import Scheme
from placeplan.segments.segmenting import SEGMENT

POINTS = "risk_points"

Whole = Annotated[int, Field(ge=0)]


class PointsEach(DocumentModel):
    """Points for each one of something, up to the most."""

    each: Whole
    most: Whole


class PointsFrom(DocumentModel):
    """Points from a number on; the highest that is reached counts."""

    at_least: Annotated[int, Field(ge=1)]
    points: Whole


class Points(DocumentModel):
    """What each fact is worth. ``segments`` by scheme and segment."""

    long_term_conditions: PointsEach
    frailty: Mapping[Frailty, Whole]
    flags: Mapping[Slug, Whole]
    events: tuple[PointsFrom, ...]
    bed_days: tuple[PointsFrom, ...]
    spend_pence: tuple[PointsFrom, ...]
    segments: Mapping[Slug, Mapping[Slug, Whole]]


class AdultsListed(Sourced):
    """From what age a person is an adult, and the share of adults that a practice lists, rounded up."""

    from_age: Whole
    share: Annotated[Number, Field(gt=Decimal(0), le=Decimal(1))]


class ChildrenFlagged(Sourced):
    """What flags a child as having complex needs; any one does."""

    segments: Mapping[Slug, tuple[Slug, ...]]
    flags: tuple[Slug, ...]
    long_term_conditions: Annotated[int, Field(ge=1)]


class DearestListed(Sourced):
    """How many of the dearest people a practice lists."""

    people: Annotated[int, Field(ge=1)]


class RiskRules(Sourced):
    """The score, and who is listed by it."""

    review: Review
    points: Points
    adults: AdultsListed
    children: ChildrenFlagged
    dearest: DearestListed

    @model_validator(mode="after")
    def _more_is_never_worth_less(self) -> Self:
        """Refuse steps that are out of order, or of which a higher one has fewer points."""
        for name in (EVENTS, BED_DAYS, SPEND):
            steps = [(one.at_least, one.points) for one in getattr(self.points, name)]
            points = [worth for _, worth in steps]
            if steps != sorted(steps) or points != sorted(points) or len({start for start, _ in steps}) != len(steps):
                message = f"the steps of {name} must rise, and so must their points"
                raise ValueError(message)
        return self

    @property
    def flags(self) -> tuple[str, ...]:
        """Every flag that is asked for, in alphabetical order."""
        return tuple(sorted({*self.points.flags, *self.children.flags}))

    def faults(self, schemes: Sequence[Scheme], definitions: Definitions) -> list[str]:
        """Sentences about flags that nobody defines, and segments of schemes that have no points or are unknown."""
        found = [f"no flag is called '{name}'" for name in self.flags if name not in definitions.flag_ids]
        for scheme in schemes:
            named = {*self.points.segments.get(scheme.id, {})}
            found += [
                f"the segment '{name}' of '{scheme.id}' has no points"
                for name in scheme.segment_ids
                if named and name not in named
            ]
            asked = named | {*self.children.segments.get(scheme.id, ())}
            found += [f"'{scheme.id}' has no segment '{name}'" for name in sorted(asked - {*scheme.segment_ids})]
        return found


def scored(people: Frame, rules: RiskRules, *, scheme_id: str) -> Frame:
    """People with ``risk_points``.

    A scheme without points for its segments adds none; a flag that was not worked out counts as not set.

    Args:
        people: one row a person, segmented, with what ``Features.of_people`` found.
        rules: what each fact is worth.
        scheme_id: the scheme that the segments are of.
    """
    points, there = rules.points, people.collect_schema().names()
    conditions = points.long_term_conditions
    total = nw.min_horizontal(nw.col(LONG_TERM) * conditions.each, nw.lit(conditions.most))
    if FRAILTY in there:
        for frailty, worth in points.frailty.items():
            total = total + nw.when(nw.col(FRAILTY) == frailty.level).then(worth).otherwise(0)
    for flag, worth in points.flags.items():
        if flag_column(flag) in there:
            total = total + nw.col(flag_column(flag)) * worth
    for segment, worth in points.segments.get(scheme_id, {}).items():
        total = total + nw.when(nw.col(SEGMENT) == segment).then(worth).otherwise(0)
    for name in (EVENTS, BED_DAYS, SPEND):
        reached = nw.lit(0)
        for step in getattr(points, name):
            reached = nw.when(nw.col(name) >= step.at_least).then(step.points).otherwise(reached)
        total = total + reached
    return people.with_columns(total.cast(nw.Int64).alias(POINTS))


def has_complex_needs(rules: RiskRules, *, scheme_id: str, columns: Sequence[str]) -> nw.Expr:
    """Whether a child has complex needs: by segment, a flag, or the number of long-term conditions."""
    children = rules.children
    found = nw.col(LONG_TERM) >= children.long_term_conditions
    found = found | nw.col(SEGMENT).is_in(list(children.segments.get(scheme_id, ())))
    for flag in children.flags:
        if flag_column(flag) in columns:
            found = found | (nw.col(flag_column(flag)) == 1)
    return found
