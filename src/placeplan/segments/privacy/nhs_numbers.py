"""NHS numbers: one by one with the field's package, and millions at once with the same answer.

Ten digits. The first nine are weighted 10 to 2; the last is 11 less the remainder of their sum by 11, where 11 is
written 0 and 10 is never issued (NHS Data Dictionary, NHS NUMBER). Numbers whose first six digits belong to the
Scottish range are a date of birth too, as the package has it.
"""

from datetime import date
from functools import cache

import numpy as np
from nhs_number.validate import is_valid
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

DIGITS = 10
WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
MODULUS = 11
FIRST_SCOTTISH, LAST_SCOTTISH = 101_010_000, 3_112_999_999
WRITTEN = r"^([0-9]{10}|[0-9]{3} [0-9]{3} [0-9]{4}|[0-9]{3}-[0-9]{3}-[0-9]{4})$"
"""How a number may be written once blanks around it are gone: the forms of the package, in plain digits only."""
_YEARS_OF_TWO_DIGITS = 100
_CENTURY_TURNS = 69  # years written 69 to 99 are of the 1900s, others of the 2000s, as POSIX reads them


def is_nhs_number(text: str) -> bool:
    """Whether a text is a valid NHS number, as the field's package says. Digits of other scripts are refused.

    >>> is_nhs_number("943 476 5919"), is_nhs_number("123 456 7890")
    (True, False)
    """
    return text.isascii() and bool(is_valid(text))


def are_nhs_numbers(numbers: Integers) -> Flags:
    """Which whole numbers are valid NHS numbers; leading zeros are understood. Equal to ``is_nhs_number`` for each.

    Args:
        numbers: one dimension of 64-bit whole numbers; what has more than ten digits or is negative is not valid.
    """
    inside = (numbers >= 0) & (numbers < 10**DIGITS)
    rest, check = np.divmod(np.where(inside, numbers, 0), 10)
    total = np.zeros(numbers.shape, dtype=np.int64)
    for weight in reversed(WEIGHTS):
        rest, digit = np.divmod(rest, 10)
        total += weight * digit
    expected = (MODULUS - total % MODULUS) % MODULUS
    return np.asarray(inside & (expected == check) & _dated_where_scottish(numbers))


def is_placeholder(numbers: Integers) -> Flags:
    """Which numbers are one digit ten times. Each passes the check digit, and stands where no number is known."""
    return np.asarray((numbers % 1_111_111_111 == 0) & (numbers >= 0) & (numbers < 10**DIGITS))


def written(number: int) -> str:
    """A number as it is printed: three, three and four digits.

    >>> written(9434765919)
    '943 476 5919'
    """
    digits = f"{number:0{DIGITS}d}"
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _dated_where_scottish(numbers: Integers) -> Flags:
    """False for numbers of the Scottish range that do not begin with a day, a month and a year."""
    scottish = (numbers >= FIRST_SCOTTISH) & (numbers <= LAST_SCOTTISH)
    return np.asarray(~scottish | _real_days()[np.where(scottish, numbers // 10_000, 0)])


@cache
def _real_days() -> Flags:
    """For each six digits whether they are a day of a calendar (day, month, year of two digits)."""
    real = np.zeros(10**6, dtype=np.bool_)
    for short in range(_YEARS_OF_TWO_DIGITS):
        year = short + (1900 if short >= _CENTURY_TURNS else 2000)
        first = date(year, 1, 1).toordinal()
        days = [date.fromordinal(number) for number in range(first, date(year + 1, 1, 1).toordinal())]
        real[[day.day * 10_000 + day.month * 100 + short for day in days]] = True
    return real
