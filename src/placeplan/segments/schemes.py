"""Segmentation schemes as data: rules by priority over a small closed list of tests.

A test is about one fact of a person. A test on a fact that is not known does not hold: this is the one meaning of a
blank. What no diagnosis, measure or package says is not there: a condition or flag is then absent, never unknown.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Words
from placeplan.rounds.governance import Confidence, Review
from placeplan.rounds.money_rules import Slug
from placeplan.segments.conditions import Definitions, Frailty, Sourced

UNKNOWN_AGE = "unknown"

Whole = Annotated[int, Field(ge=0)]


class AgeTest(DocumentModel):
    """Age in whole years, both ends included; an end that is left out is open."""

    from_: Annotated[Whole | None, Field(alias="from")] = None
    to: Whole | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        """Refuse no end at all, and ends the wrong way round."""
        if self.from_ is None and self.to is None:
            message = "an age needs 'from', 'to' or both"
            raise ValueError(message)
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            message = f"the age runs from {self.from_} to {self.to}"
            raise ValueError(message)
        return self


class CountTest(DocumentModel):
    """A number of long-term conditions, both ends included."""

    at_least: Whole | None = None
    at_most: Whole | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        """Refuse no end at all, and ends the wrong way round."""
        if self.at_least is None and self.at_most is None:
            message = "a count needs 'at_least', 'at_most' or both"
            raise ValueError(message)
        if self.at_least is not None and self.at_most is not None and self.at_most < self.at_least:
            message = f"the count is at least {self.at_least} and at most {self.at_most}"
            raise ValueError(message)
        return self


class FrailtyTest(DocumentModel):
    """A band of frailty or a heavier one."""

    at_least: Frailty


class Alternative(DocumentModel):
    """Tests that must all hold; without a test it always holds."""

    age: AgeTest | None = None
    long_term_conditions: CountTest | None = None
    any_condition: tuple[Slug, ...] = ()
    any_flag: tuple[Slug, ...] = ()
    frailty: FrailtyTest | None = None


class Rule(DocumentModel):
    """A rule puts a person in a segment when any of its alternatives holds.

    ``priority``: of the rules that hold, the one with the lowest number decides. Two rules that may hold for the same
    person must have different priorities; the order in the file means nothing.
    """

    id: Slug
    segment: Slug
    priority: Annotated[int, Field(ge=1)]
    when: Annotated[tuple[Alternative, ...], Field(min_length=1)]


class Segment(DocumentModel):
    """A segment, and whether its source names it."""

    id: Slug
    title: Words
    confidence: Confidence


class AgeBand(DocumentModel):
    """A band of ages, both ends included; the last is open."""

    id: Words
    from_: Annotated[Whole, Field(alias="from")]
    to: Whole | None = None


class Scheme(Sourced):
    """Segments, the rules that fill them, and the age bands that cross them.

    Raises:
        pydantic.ValidationError: a name used twice or not at all, or age bands that leave a gap or overlap.
    """

    id: Slug
    title: Words
    review: Review
    age_bands: Annotated[tuple[AgeBand, ...], Field(min_length=1)]
    segments: Annotated[tuple[Segment, ...], Field(min_length=1)]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        """Refuse a name used twice, a rule for no segment, and a segment without a rule."""
        for what, names in (("segment", [s.id for s in self.segments]), ("rule", [r.id for r in self.rules])):
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                message = f"the {what} '{repeated[0]}' stands here twice"
                raise ValueError(message)
        meant, filled = {one.id for one in self.segments}, {rule.segment for rule in self.rules}
        if meant != filled:
            message = f"segments and rules do not agree on: {', '.join(sorted(meant ^ filled))}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _age_bands_meet(self) -> Self:
        """Refuse age bands that do not run from 0 without a gap to an open end."""
        starts = [band.from_ for band in self.age_bands]
        ends = [band.to for band in self.age_bands]
        follow_on = [None if end is None else end + 1 for end in ends]
        if starts[0] != 0 or follow_on[:-1] != starts[1:] or ends[-1] is not None:
            message = "age bands must begin at 0, each begin one year after the last ends, and the last have no 'to'"
            raise ValueError(message)
        return self

    @cached_property
    def by_priority(self) -> tuple[Rule, ...]:
        """The rules, the first to decide first."""
        return tuple(sorted(self.rules, key=lambda rule: (rule.priority, rule.id)))

    @property
    def alternatives(self) -> Iterator[Alternative]:
        """Every alternative of every rule."""
        return (one for rule in self.rules for one in rule.when)

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Conditions that a rule asks for, in alphabetical order."""
        return tuple(sorted({name for one in self.alternatives for name in one.any_condition}))

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """Flags that a rule asks for, in alphabetical order."""
        return tuple(sorted({name for one in self.alternatives for name in one.any_flag}))

    @property
    def segment_ids(self) -> tuple[str, ...]:
        """Segments in the order of the file, in which tables show them."""
        return tuple(segment.id for segment in self.segments)

    @property
    def age_band_ids(self) -> tuple[str, ...]:
        """Age bands, youngest first, and the band of those whose age is not known."""
        return (*(band.id for band in self.age_bands), UNKNOWN_AGE)


def unknown_names(scheme: Scheme, definitions: Definitions) -> list[str]:
    """Sentences about conditions and flags that a scheme asks for and nobody defines."""
    conditions = [name for name in scheme.conditions if name not in definitions.condition_ids]
    flags = [name for name in scheme.flags if name not in definitions.flag_ids]
    return [
        *(f"no condition is called '{name}'" for name in conditions),
        *(f"no flag is called '{name}'" for name in flags),
    ]


def needed_for(schemes: Sequence[Scheme], definitions: Definitions) -> Definitions:
    """The definitions that some schemes rest on: the long-term conditions, and the conditions and flags asked for.

    A run that works out nothing else is quicker, and holds no more about a person than it has a use for.
    """
    conditions = definitions.long_term.union(*(scheme.conditions for scheme in schemes))
    flags = {name for scheme in schemes for name in scheme.flags}
    return Definitions(
        review=definitions.review,
        conditions=tuple(one for one in definitions.conditions if one.id in conditions),
        flags=tuple(one for one in definitions.flags if one.id in flags),
        frailty_index=definitions.frailty_index,
        hospital_frailty=definitions.hospital_frailty,
        scores=definitions.scores,
    )
