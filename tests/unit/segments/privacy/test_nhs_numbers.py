"""NHS numbers: what is valid, and what only looks so."""

import numpy as np
import pytest

from placeplan.segments.privacy.nhs_numbers import are_nhs_numbers, is_nhs_number, is_placeholder, written


@pytest.mark.parametrize("text", ["943 476 5919", "401 023 2137", "9434765919", "943-476-5919", " 9434765919 "])
def test_valid_numbers_in_the_forms_that_people_write(text: str) -> None:
    assert is_nhs_number(text)


@pytest.mark.parametrize(
    "text", ["123 456 7890", "943 476 591", "943476 5919", "94347659190", "", "９４３４７６５９１９"]
)
def test_what_is_no_number(text: str) -> None:
    assert not is_nhs_number(text)


def test_a_remainder_of_ten_is_never_issued() -> None:
    """The first nine digits 987 654 327 leave 10, so no check digit makes a number of them."""
    stem = 9_876_543_270
    every = np.arange(stem, stem + 10)
    assert not are_nhs_numbers(every).any()
    assert not any(is_nhs_number(str(number)) for number in every)


def test_numbers_outside_ten_digits_are_not_valid() -> None:
    assert are_nhs_numbers(np.array([-1, 10**10, 9_434_765_919, 2**62])).tolist() == [False, False, True, False]


def test_a_scottish_number_begins_with_a_day_that_was() -> None:
    """29 February 1900 was no day; the two digits 00 mean 2000, which had one."""
    days = np.array([2_902_000_000 + number for number in range(10_000)])
    later = np.array([3_002_000_000 + number for number in range(10_000)])
    assert are_nhs_numbers(days).any()
    assert not are_nhs_numbers(later).any()


def test_ten_equal_digits_pass_the_check_and_are_placeholders() -> None:
    equal = np.array([1_111_111_111 * digit for digit in range(10)])
    assert is_placeholder(equal).all()
    assert are_nhs_numbers(equal[4:]).all()
    assert not is_placeholder(np.array([9_434_765_919, -1, 1_111_111_112])).any()


def test_a_number_is_printed_in_three_groups() -> None:
    assert written(23) == "000 000 0023"
