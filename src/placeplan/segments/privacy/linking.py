"""Linkage: which person of the lists a record belongs to, by passes that are data, in their order.

A person is an NHS number that stands on a list. A record with a valid number belongs to that number and to nobody else;
other passes are for records without one. Records come with keyed hashes of what a pass compares, never with the
identifiers themselves. A pass that finds two people links neither, and no later pass is asked.
"""

from enum import StrEnum
from typing import Annotated, Self

import narwhals.stable.v2 as nw
from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Words
from placeplan.rounds.governance import Governed
from placeplan.rounds.money_rules import Slug
from placeplan.segments.contract import PERSON_KEY
from placeplan.segments.engine import Frame

NUMBER, OUTCOME, PASS = "number", "outcome", "pass"
LISTED, MATCH, HELD_BACK = "listed", "match", "held_back"
ON_A_LIST = -1
FEWEST_FIELDS = 3


class Identifier(StrEnum):
    """What identifies a person in an extract, and what a pass may compare."""

    NHS_NUMBER = "nhs_number"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    POSTCODE = "postcode"
    SMALL_AREA = "small_area"
    SURNAME = "surname"
    SURNAME_INITIAL = "surname_initial"


class LinkagePass(DocumentModel):
    """One pass: a record and a person are the same where all of ``agree`` are known of both and equal."""

    name: Slug
    agree: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    says: Words

    @property
    def by_number_alone(self) -> bool:
        """Whether nothing but the NHS number is compared: its pseudonym is all that is needed."""
        return self.agree == (Identifier.NHS_NUMBER,)

    @property
    def by_number(self) -> bool:
        """Whether the NHS number is compared."""
        return Identifier.NHS_NUMBER in self.agree

    @model_validator(mode="after")
    def _compares_enough(self) -> Self:
        """Refuse a pass that would take strangers for one person."""
        if not self.by_number and len(set(self.agree)) < FEWEST_FIELDS:
            message = f"a pass without the NHS number compares {FEWEST_FIELDS} things or more"
            raise ValueError(message)
        return self


class Linkage(Governed):
    """Passes in their order."""

    id: Slug
    title: Words
    passes: Annotated[tuple[LinkagePass, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        """Refuse two passes of one name."""
        names = [one.name for one in self.passes]
        if len(set(names)) < len(names):
            message = "two passes have the same name"
            raise ValueError(message)
        return self

    @property
    def may_disagree(self) -> bool:
        """Whether some pass compares the NHS number and something else."""
        return any(one.by_number and len(one.agree) > 1 for one in self.passes)

    @property
    def compared(self) -> frozenset[Identifier]:
        """Everything that some pass compares."""
        return frozenset(field for one in self.passes for field in one.agree)


class NumberStatus(StrEnum):
    """What stands where the NHS number should."""

    VALID = "valid"
    INVALID = "invalid"
    MISSING = "missing"


class Outcome(StrEnum):
    """What became of a row. Every row has one."""

    ON_A_LIST = "on a list"
    LINKED = "linked"
    OPTED_OUT = "left out: opted out"
    MAY_HAVE_OPTED_OUT = "not linked: may be of a person who opted out"
    TWO_PEOPLE = "not linked: fits two people or more"
    ON_NO_LIST = "not linked: the number is on no list"
    DISAGREES = "not linked: the number is on a list and other identifiers disagree"
    NOBODY = "not linked: no number, and fits nobody"

    @property
    def kept(self) -> bool:
        """Whether the row is in the dataset."""
        return self in {Outcome.ON_A_LIST, Outcome.LINKED}


def match_column(number: int) -> str:
    """The column that holds the keyed hash of what a pass compares."""
    return f"match_{number}"


def candidates(people: Frame) -> Frame:
    """For each pass and hash, how many people of the lists it fits, one of them, and whether it fits one who opted out.

    Args:
        people: a row for each person and pass: ``pass``, ``match``, ``person_key`` (blank for who opted out) and
            ``held_back`` (1 for who opted out).
    """
    return people.group_by(PASS, MATCH).agg(
        nw.col(PERSON_KEY).min().alias("one"),
        nw.col(PERSON_KEY).max().alias("other"),
        nw.col(HELD_BACK).max().alias(HELD_BACK),
    )


def linked(rows: Frame, found: Frame, *, linkage: Linkage) -> Frame:
    """Rows with ``person_key`` of the person that they belong to, ``outcome``, and the ``pass`` that decided.

    Args:
        rows: records with ``number`` (its status), ``listed`` (1 for a row of a list), ``person_key`` (blank without a
            valid number) and, for each pass but one by the number alone, ``match_0``, ``match_1``, ... (blank where
            something is not known).
        found: what ``candidates`` gives; where a pass may disagree, with numbers of the lists as pass ``ON_A_LIST``.
        linkage: the passes in their order.
    """
    frame, passes = rows, linkage.passes
    if linkage.may_disagree:
        numbers = found.filter(nw.col(PASS) == ON_A_LIST).select(nw.col(MATCH).alias(PERSON_KEY), known=nw.lit(1))
        frame = frame.join(numbers, on=PERSON_KEY, how="left")
    for number, one_pass in enumerate(passes):
        mine = PERSON_KEY if one_pass.by_number_alone else match_column(number)
        fitting = found.filter(nw.col(PASS) == number).select(
            nw.col(MATCH).alias(mine),
            nw.col("one").alias(f"one_{number}"),
            nw.col("other").alias(f"other_{number}"),
            nw.col(HELD_BACK).alias(f"held_back_{number}"),
        )
        frame = frame.join(fitting, on=mine, how="left")
    valid = nw.col(NUMBER) == NumberStatus.VALID.value
    listed = valid & (nw.col(LISTED) == 1)
    key, outcome, decided = _of_nobody(valid, may_disagree=linkage.may_disagree)
    for number in reversed(range(len(passes))):
        one, other = nw.col(f"one_{number}"), nw.col(f"other_{number}")
        asked = valid if passes[number].by_number else ~valid
        hit = asked & ~nw.col(f"held_back_{number}").is_null()
        held_back, alone = hit & (nw.col(f"held_back_{number}") == 1), hit & (one == other)
        key = nw.when(hit).then(nw.when(alone & ~held_back).then(one).otherwise(nw.lit(None))).otherwise(key)
        outcome = (
            nw.when(held_back).then(nw.lit(Outcome.MAY_HAVE_OPTED_OUT.value))
            .otherwise(nw.when(alone).then(nw.lit(Outcome.LINKED.value))
            .otherwise(nw.when(hit).then(nw.lit(Outcome.TWO_PEOPLE.value)).otherwise(outcome)))
        )  # fmt: skip
        decided = nw.when(hit).then(nw.lit(passes[number].name)).otherwise(decided)
    return frame.with_columns(
        nw.when(listed).then(nw.col(PERSON_KEY)).otherwise(key).alias("belongs_to"),
        nw.when(listed).then(nw.lit(Outcome.ON_A_LIST.value)).otherwise(outcome).alias(OUTCOME),
        nw.when(listed).then(nw.lit("")).otherwise(decided).alias(PASS),
    )


def _of_nobody(valid: nw.Expr, *, may_disagree: bool) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """What holds of a row that no pass finds a person for."""
    unlisted = nw.lit(Outcome.ON_NO_LIST.value)
    if may_disagree:
        unlisted = nw.when(nw.col("known") == 1).then(nw.lit(Outcome.DISAGREES.value)).otherwise(unlisted)
    outcome = nw.when(valid).then(unlisted).otherwise(nw.lit(Outcome.NOBODY.value))
    return nw.lit(None, dtype=nw.String), outcome, nw.lit("")
