"""From a document to a model: every problem at its line, in plain words."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from pydantic import Field, field_validator

from placeplan.documents.models import DocumentModel, Number, Truth, Words
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError


class Colour(StrEnum):
    RED = "red"
    AMBER = "amber"


class Item(DocumentModel):
    count: int
    amount: Number | None = None
    day: date | None = None
    colour: Colour = Colour.RED
    open: Truth = False
    name: Words = "x"
    code: str = Field("A1", pattern="^[A-Z][0-9]$")
    share: Number = Field(Decimal(1), ge=0, le=1)

    @field_validator("name")
    @classmethod
    def _not_total(cls, name):
        if name == "total":
            message = "a line may not be called 'total'"
            raise ValueError(message)
        return name


class Folder(DocumentModel):
    items: tuple[Item, ...] = ()
    table: dict[str, Item] = Field(default_factory=dict)
    one: Item | None = None
    words: tuple[str, ...] = ()


def problems_in(text, model=Folder, at=()):
    with pytest.raises(InputError) as caught:
        validated(model, read_yaml(text, "plan.yaml"), at=at)
    return [
        (str(problem.location), problem.message, problem.expected, problem.mend) for problem in caught.value.problems
    ]


def test_good_data_become_a_frozen_model():
    text = "items:\n  - {count: 2, amount: 1.50, day: 2014-04-01, colour: amber, open: true}\n"
    (item,) = validated(Folder, read_yaml(text, "plan.yaml")).items
    assert (item.amount, item.day, item.colour, item.open) == (Decimal("1.50"), date(2014, 4, 1), Colour.AMBER, True)


def test_a_part_of_a_document_can_be_read():
    assert validated(Item, read_yaml("deep:\n  one: {count: 3}\n", "plan.yaml"), at=("deep", "one")).count == 3
    assert [found[0] for found in problems_in("deep:\n  one: {cuont: 3}\n", Item, ("deep", "one"))] == [
        "plan.yaml:2:9 (cuont)",
        "plan.yaml:2:8 (one)",
    ]


@pytest.mark.parametrize(
    ("value", "message", "expected"),
    [
        ("count: many", "found 'many'", "a whole number"),
        ("count: 1.5", "found 1.5", "a whole number"),
        ("count: 1\n  amount: 1,234", "found '1,234'", "a number"),
        ("count: 1\n  amount: 2.7%", "found '2.7%'", "a number"),
        ("count: 1\n  amount: true", "found true", "a number"),
        ("count: 1\n  amount: 1e5", "found '1e5'", "a number"),
        ("count: 1\n  day: 2014-02-30", "found '2014-02-30'", "a date such as 2014-04-01"),
        ("count: 1\n  colour: green", "found 'green'", "one of: 'red', 'amber'"),
        ("count: 1\n  open: yes", "found 'yes'", "true or false"),
        ("count: 1\n  name: 12", "found 12", "text"),
        ("count: 1\n  name: ''", "found an empty value", "something to stand here"),
        ("count: 1\n  name: total", "a line may not be called 'total'", ""),
        ("count: 1\n  code: zz", "found 'zz'", "text of the form ^[A-Z][0-9]$"),
        ("count: 1\n  share: 1.2", "found 1.2", "a number that is at most 1"),
        ("count: [1]", "found a list of 1", "a whole number"),
    ],
)
def test_a_value_that_does_not_fit_is_told_kindly(value, message, expected):
    (found,) = problems_in(f"one:\n  {value}\n")
    assert found[1:3] == (message, expected)
    assert found[0].startswith("plan.yaml:2:" if "\n" not in value else "plan.yaml:3:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("one: 3\n", "a table of keys"), ("items: a\n", "a list"), ("- a\n", "a table of keys"), ("", "a table of keys")],
)
def test_a_wrong_shape_is_told_kindly(text, expected):
    assert problems_in(text)[0][2] == expected


def test_an_unknown_key_is_found_at_the_key_with_the_nearest_known_one():
    (found,) = problems_in("one:\n  count: 1\n  amuont: 2\n")
    assert found == (
        "plan.yaml:3:3 (amuont)",
        "the key 'amuont' is not known here",
        "one of: amount, code, colour, day, name, open, share",
        "Did you mean 'amount'?",
    )


@pytest.mark.parametrize("where", ["items: [{count: 1, amuont: 2}]", "table: {a: {count: 1, amuont: 2}}"])
def test_known_keys_are_found_inside_lists_and_tables(where):
    assert problems_in(where + "\n")[0][3] == "Did you mean 'amount'?"


def test_a_missing_key_is_found_at_the_table_that_should_hold_it():
    (found,) = problems_in("items:\n  - count: 1\n  - {}\n")
    assert found[:2] == ("plan.yaml:3:5 (items)", "the key 'count' is missing")


def test_long_values_are_cut_short():
    assert problems_in(f"one: {{count: {'x' * 100}}}\n")[0][1] == f"found '{'x' * 40}…'"


def test_everything_wrong_is_told_at_once():
    assert len(problems_in("itmes: []\none: {count: a, day: b}\nwords: [1, null]\n")) == 5
