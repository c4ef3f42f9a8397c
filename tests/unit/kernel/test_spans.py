"""Periods of observation: what a text says, when it starts and ends, which one follows, which are missing."""

import re
from datetime import date

import pytest

from placeplan.kernel.spans import Frequency, gaps_in, next_span, parse_span

READ = [
    ("2014-04-30", Frequency.DAY, date(2014, 4, 30), date(2014, 4, 30), "2014-05-01"),
    ("2020-W53", Frequency.WEEK, date(2020, 12, 28), date(2021, 1, 3), "2021-W01"),
    ("2011-12", Frequency.MONTH, date(2011, 12, 1), date(2011, 12, 31), "2012-01"),
    ("2011-12", Frequency.FINANCIAL_YEAR, date(2011, 4, 1), date(2012, 3, 31), "2012-13"),
    ("2013/2014 Q4", Frequency.QUARTER, date(2014, 1, 1), date(2014, 3, 31), "2014-15 Q1"),
    ("2014", Frequency.CALENDAR_YEAR, date(2014, 1, 1), date(2014, 12, 31), "2015"),
    ("2012-2014", Frequency.SEVERAL_YEARS, date(2012, 1, 1), date(2014, 12, 31), "2013 to 2015"),
    ("2012/13 to 2014/15", Frequency.SEVERAL_YEARS, date(2012, 4, 1), date(2015, 3, 31), "2013-14 to 2015-16"),
]


@pytest.mark.parametrize(("text", "frequency", "starts", "ends", "following"), READ)
def test_a_period_has_a_first_and_a_last_day_and_one_that_follows(
    text: str, frequency: Frequency, starts: date, ends: date, following: str
) -> None:
    span = parse_span(text, frequency=frequency)
    assert (span.starts, span.ends) == (starts, ends)
    assert next_span(span).text == following
    assert next_span(span).frequency is frequency


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("2014-15", Frequency.MONTH),
        ("2014-13", Frequency.MONTH),
        ("2014-02-30", Frequency.DAY),
        ("2014-15 Q5", Frequency.QUARTER),
        ("2014-16", Frequency.FINANCIAL_YEAR),
        ("2015 to 2014", Frequency.SEVERAL_YEARS),
        ("0014", Frequency.CALENDAR_YEAR),
        ("2021-W54", Frequency.WEEK),
        ("", Frequency.MONTH),
    ],
)
def test_what_is_no_such_period_is_refused_with_what_was_expected(text: str, frequency: Frequency) -> None:
    with pytest.raises(ValueError, match=re.escape(frequency.expected)):
        parse_span(text, frequency=frequency)


def test_missing_periods_between_the_first_and_the_last_are_named() -> None:
    spans = [parse_span(text, frequency=Frequency.MONTH) for text in ("2022-02", "2021-11", "2022-03")]
    assert [span.text for span in gaps_in(spans)] == ["2021-12", "2022-01"]
