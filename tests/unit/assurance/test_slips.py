"""The ways in which a number is copied wrongly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeplan.assurance.copying_errors.slips import SlipKind, slips
from placeplan.kernel.printed import PrintedNumber, parse_printed


def _number(text: str) -> PrintedNumber:
    number = parse_printed(text)
    assert number is not None
    return number


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        ("669.441", "569.441", SlipKind.DIGIT),
        ("505.582", "505.852", SlipKind.TRANSPOSITION),
        ("(39.828)", "(39.558)", None),
        ("-12", "12", SlipKind.SIGN),
        ("1.5", "150", SlipKind.SHIFT),
        ("1,234", "1,324", SlipKind.TRANSPOSITION),
        ("85%", "35%", SlipKind.DIGIT),
    ],
)
def test_one_slip_away(printed: str, meant: str, kind: SlipKind | None) -> None:
    found = {slip.number.value: slip.kind for slip in slips(_number(printed))}
    assert found.get(_number(meant).value) is kind


@given(st.decimals(min_value=-99_999, max_value=99_999, places=2))
def test_every_slip_differs_and_stands_once(value: Decimal) -> None:
    number = _number(f"{value:,f}")
    values = [slip.number.value for slip in slips(number)]
    assert number.value not in values
    assert len(values) == len(set(values))
    assert all(slip.number.percent is number.percent for slip in slips(number))
