"""Scenarios: a plan with some named cells set to other values, and nothing else changed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from placeplan.plan.header import Identifier, Text


class Override(BaseModel):
    """One cell that a scenario sets: the table, the key of the row, the column, and the new text of the cell."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    table: Text
    row: dict[str, Annotated[str, Field(max_length=2_000)]] = Field(min_length=1)
    column: Text
    value: Annotated[str, Field(max_length=2_000)]


class Scenario(BaseModel):
    """A named set of overrides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: Identifier
    title: Text
    description: Text | None = None
    overrides: tuple[Override, ...] = Field(min_length=1)
