"""YAML documents: what is read, what is refused, and where everything stands."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.documents.text_reading import text_of
from placeplan.documents.yaml_reading import DEEPEST, LONGEST_TEXT, read_yaml
from placeplan.kernel.errors import InputError, Location


def problems_in(text):
    with pytest.raises(InputError) as caught:
        read_yaml(text, "plan.yaml")
    return [(str(problem.location), problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1", 1),
        ("-3", -3),
        ("2.50", Decimal("2.50")),
        ("2014-04-01", date(2014, 4, 1)),
        ("true", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("yes", "yes"),
        ("off", "off"),
        ("True", "True"),
        ("2014-15", "2014-15"),
        ("2014-12", "2014-12"),
        ("2014-02-30", "2014-02-30"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("12:30", "12:30"),
        ("1,234", "1,234"),
        (".inf", ".inf"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("9" * 41, "9" * 41),
        ("٣", "٣"),
    ],
)
def test_plain_words_are_read_without_guessing(written, read):
    value = read_yaml(f"key: {written}\n", "plan.yaml").data["key"]
    assert value == read
    assert type(value) is type(read)


def test_a_number_keeps_the_digits_that_were_written():
    assert str(read_yaml("rate: 2.70\n", "plan.yaml").data["rate"]) == "2.70"


def test_keys_are_always_text():
    assert read_yaml("2014: a\ntrue: b\n2014-04-01: c\n", "plan.yaml").data == {
        "2014": "a",
        "true": "b",
        "2014-04-01": "c",
    }


def test_every_value_knows_its_line_and_column():
    document = read_yaml("who: me\nlist:\n  - a: 1\n    b: 2\n", "plan.yaml")
    assert document.locate(("list", 0, "b")) == Location("plan.yaml", 4, "b", 8)
    assert document.locate_key(("list", 0, "b")) == Location("plan.yaml", 4, "b", 5)
    assert document.locate(("list", 0)) == Location("plan.yaml", 3, "list", 5)


def test_what_is_not_there_is_located_at_what_should_hold_it():
    document = read_yaml("who:\n  name: me\n", "plan.yaml")
    assert document.locate(("who", "years")) == Location("plan.yaml", 2, "who", 3)
    assert document.locate_key(("who", "years")) == Location("plan.yaml", 1, "who", 1)


def test_values_are_found_by_path():
    document = read_yaml("list:\n  - a: 1\n", "plan.yaml")
    assert document.value_at(("list", 0, "a")) == 1
    for path in (("list", 1), ("nothing",), ("list", 0, "a", "b")):
        with pytest.raises(KeyError):
            document.value_at(path)


def test_an_empty_document_has_no_data():
    document = read_yaml("# only a remark\n", "plan.yaml")
    assert document.data is None
    assert document.locate(()) == Location("plan.yaml", 1, "", 1)


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("a: 1\na: 2\n", "plan.yaml:2:1 (a)", "the key 'a' is already on line 1"),
        ("a: {b: 1, b: [2, {c: 3}]}\n", "plan.yaml:1:11 (b)", "the key 'b' is already on line 1"),
        ("a: &x 1\n", "plan.yaml:1:4 (a)", "'&x' names this value for use elsewhere, which is not read here"),
        ("a: *x\n", "plan.yaml:1:4 (a)", "'*x' points at another part of the file, which is not read here"),
        ("a: !money 1\n", "plan.yaml:1:4 (a)", "'!money' gives this value a type, which is not read here"),
        ("<<: {a: 1}\n", "plan.yaml:1:1 (<<)", "merge keys ('<<') are not read here"),
        ("? [a]\n: b\n", "plan.yaml:1:3", "a key must be one word or phrase"),
        ("? ''\n: b\n", "plan.yaml:1:3", "a value stands here without a key"),
        ("a: 1\n---\nb: 2\n", "plan.yaml:2:1", "a second document starts here"),
        ("a: b: c\n", "plan.yaml:1:5", "there is a second colon on this line, or the line is indented too far"),
        ("a:\n\t- b\n", "plan.yaml:2:1", "this line is indented with a tab"),
        ("a: @b\n", "plan.yaml:1:4", "a value may not start with '@'"),
        ("a: 'b\n", "plan.yaml:1:4", "a quotation mark is opened and never closed"),
        ("a: [1\n", "plan.yaml:1:4", "a list in square brackets is not closed"),
        ("a: 1\nb: \x01\n", "plan.yaml:2:4", "there is a control character in the file"),
        ("a: \ud800\n", "plan.yaml:1:4", "there is a control character in the file"),
        ("a: 1\n]\n", "plan.yaml:2:1", "this line does not line up with the keys above it"),
    ],
)
def test_what_hides_or_breaks_a_value_is_refused_in_plain_words(text, where, message):
    assert problems_in(text) == [(where, message)]


def test_every_problem_is_collected():
    assert len(problems_in("a: &x 1\na: 2\nb: *x\nc: !t 3\n")) == 4


@pytest.mark.parametrize("bomb", ["[" * 100_000, "- " * 5_000 + "a", "{a: " * 500])
def test_nesting_past_the_limit_is_refused_at_once(bomb):
    assert f"tables and lists are nested more than {DEEPEST} deep here" in problems_in(bomb)[0][1]


def test_a_file_past_the_limit_is_refused_unread():
    assert problems_in("a" * (LONGEST_TEXT + 1)) == [("plan.yaml", "this file has 4,000,001 characters")]


def lines_refused(text):
    """The lines of the problems in a text; none when it is read."""
    try:
        read_yaml(text, "plan.yaml")
    except InputError as error:
        return [problem.location.line for problem in error.problems]
    return []


@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab:-[]{}&*!#|>'\"%@`, \n\t?<.1", max_size=40)))
def test_any_text_is_read_or_refused_with_a_line(text):
    assert all(line >= 1 for line in lines_refused(text))


def test_text_is_utf_8_with_or_without_a_mark():
    assert text_of("£".encode(), "plan.yaml") == "£"
    assert text_of("£".encode("utf-8-sig"), "plan.yaml") == "£"


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        (b"a: 1\nb: \xa3\n", "plan.yaml:2", "the byte 0xa3 is not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "plan.yaml:1", "this file is written in UTF-16"),
    ],
)
def test_other_encodings_are_refused_with_a_way_to_mend_them(content, where, message):
    with pytest.raises(InputError) as caught:
        text_of(content, "plan.yaml")
    (problem,) = caught.value.problems
    assert (str(problem.location), problem.message) == (where, message)
    assert "Save the file as UTF-8" in problem.mend
