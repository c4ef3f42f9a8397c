"""Rows are checked before anything is worked out: bad ones are set aside with a place and a way to mend them."""

import pytest
from tests.unit.indicators.observation_examples import measure_with, observed, row

from placeplan.indicators.measures import Method
from placeplan.indicators.observed.checking_observations import Checked, checked
from placeplan.indicators.observed.locating_remarks import MOST_LISTED
from placeplan.indicators.observed.observations import Observations
from placeplan.indicators.observed.remarks import RemarkKind, set_aside
from placeplan.kernel.spans import Frequency, next_span, parse_span

PROPORTION = measure_with(Method.PROPORTION)
GOOD = row("good", numerator=1, denominator=10)


def kinds(found: Checked) -> list[RemarkKind]:
    return [remark.kind for remark in found.remarks]


def areas(found: Checked) -> list[str]:
    return found.observations.frame["area"].to_list()


def test_good_rows_pass_without_a_word() -> None:
    rows = observed(GOOD, row("other", numerator=0, denominator=4))
    found = checked(rows, measure=PROPORTION, areas={"good", "other"})
    assert found.observations.frame.equals(rows.frame)
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("bad", "kind", "said"),
    [
        ({"numerator": -1, "denominator": 10}, RemarkKind.NEGATIVE, "has a numerator of -1"),
        ({"numerator": 1, "denominator": -10}, RemarkKind.NEGATIVE, "has a denominator of -10"),
        ({"numerator": 1, "denominator": 0}, RemarkKind.NO_DENOMINATOR, "has a denominator of zero"),
        ({"numerator": 11, "denominator": 10}, RemarkKind.NUMERATOR_ABOVE_DENOMINATOR, "counts 11 of 10"),
        ({"denominator": 10}, RemarkKind.NOTHING_MEASURED, "has neither a numerator nor a value"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line(bad: dict[str, float], kind: RemarkKind, said: str) -> None:
    found = checked(observed(GOOD, row("bad", **bad)), measure=PROPORTION)
    assert areas(found) == ["good"]
    [remark] = set_aside(found.remarks)
    assert remark.kind is kind
    assert str(remark.problem).startswith(f"example.csv:3 ({remark.problem.location.field}): bad in 2018-19 {said}. ")
    assert remark.problem.expected
    assert remark.problem.mend


def test_events_may_be_more_than_people_in_a_rate() -> None:
    rows = observed(row(numerator=11, denominator=10))
    assert kinds(checked(rows, measure=measure_with(Method.RATE))) == []


def test_a_count_needs_no_denominator() -> None:
    rows = observed(row("a", numerator=11), row("b", numerator=11, denominator=0))
    assert kinds(checked(rows, measure=measure_with(Method.COUNT))) == []


def test_an_unknown_area_is_told_once_with_the_area_that_may_be_meant() -> None:
    rows = observed(
        GOOD,
        row("gooD", "2017-18", numerator=1, denominator=2),
        row("gooD", numerator=1, denominator=2),
        row("elsewhere", numerator=1, denominator=2),
    )
    found = checked(rows, measure=PROPORTION, areas=["good"])
    assert areas(found) == ["good"]
    assert [(remark.problem.message, remark.count) for remark in found.remarks] == [
        ("there is no area 'gooD'; did you mean 'good'?", 2),
        ("there is no area 'elsewhere'", 1),
    ]


def test_rows_that_say_the_same_are_used_once() -> None:
    found = checked(observed(GOOD, GOOD), measure=PROPORTION)
    assert areas(found) == ["good"]
    [remark] = found.remarks
    assert str(remark).startswith("example.csv:3: good in 2018-19 says the same as line 2, which is used.")


def test_rows_that_contradict_each_other_are_all_set_aside() -> None:
    rows = observed(GOOD, row("b", numerator=1, denominator=9), row("b", numerator=2, denominator=9), GOOD)
    found = checked(rows, measure=PROPORTION)
    assert areas(found) == ["good"]
    contradiction = found.remarks[0]
    assert contradiction.count == 2
    assert contradiction.problem.message == "b in 2018-19 has 2 rows that differ in numerator (lines 3, 4)"


def test_a_bad_row_does_not_contradict_a_good_one() -> None:
    found = checked(observed(GOOD, row("good", numerator=-1, denominator=10)), measure=PROPORTION)
    assert found.observations.frame["numerator"].to_list() == [1]
    assert kinds(found) == [RemarkKind.NEGATIVE]


def test_periods_of_another_length_are_set_aside() -> None:
    month = row("good", "2018-04", frequency=Frequency.MONTH, numerator=1, denominator=5)
    found = checked(observed(GOOD, row("b", numerator=1, denominator=5), month), measure=PROPORTION)
    assert areas(found) == ["good", "b"]
    [remark] = found.remarks
    assert remark.kind is RemarkKind.MIXED_FREQUENCY
    assert "good in 2018-04 is a period of another length (month) than most (financial-year)" in str(remark)


def test_many_rows_of_one_series_do_not_outvote_the_measure() -> None:
    months = [row(period=f"2018-{month:02d}", frequency="month", numerator=1, denominator=2) for month in range(4, 13)]
    found = checked(observed(row(numerator=9, denominator=18), *months), measure=PROPORTION)
    assert found.observations.frame["period"].to_list() == ["2018-19"]


def test_a_measure_may_be_read_at_another_length_when_all_rows_have_it() -> None:
    month = row("good", "2018-04", frequency=Frequency.MONTH, numerator=1, denominator=5)
    found = checked(observed(month), measure=PROPORTION)
    assert areas(found) == ["good"]
    assert kinds(found) == [RemarkKind.OTHER_FREQUENCY]
    assert set_aside(found.remarks) == ()


def test_a_gap_is_told_at_the_row_after_it_with_the_periods_that_lack() -> None:
    years = ("2012-13", "2013-14", "2016-17", "2018-19")
    whole = [row("whole", year, numerator=1, denominator=2) for year in ("2012-13", "2013-14", "2014-15")]
    rows = observed(*whole, *(row("holes", year, numerator=1, denominator=2) for year in years))
    found = checked(rows, measure=PROPORTION)
    assert len(found.observations) == len(rows)
    [remark] = found.remarks
    assert (remark.kind, remark.count) == (RemarkKind.GAP, 3)
    assert remark.problem.location.line == 7
    assert remark.problem.message == "before holes in 2016-17 the series lacks 2014-15, 2015-16, 2017-18"


def test_a_row_that_was_set_aside_leaves_a_gap() -> None:
    counts = {"2012-13": 1, "2013-14": -1, "2014-15": 1}
    rows = observed(*(row("a", year, numerator=count, denominator=2) for year, count in counts.items()))
    assert kinds(checked(rows, measure=PROPORTION)) == [RemarkKind.NEGATIVE, RemarkKind.GAP]


def test_a_long_gap_names_the_first_periods_only() -> None:
    days = [row("a", day, frequency=Frequency.DAY, numerator=1, denominator=2) for day in ("2019-01-01", "2019-03-01")]
    daily = measure_with(Method.PROPORTION, frequency=Frequency.DAY)
    [remark] = checked(observed(*days), measure=daily).remarks
    assert remark.problem.message.endswith("2019-01-06 and 53 more")


def test_pooled_years_that_overlap_are_remarked_on_and_kept() -> None:
    pooled = measure_with(Method.PROPORTION, frequency=Frequency.SEVERAL_YEARS)
    periods = ("2012 to 2014", "2013 to 2015", "2018 to 2020")
    rows = [row("a", text, frequency=Frequency.SEVERAL_YEARS, numerator=1, denominator=2) for text in periods]
    found = checked(observed(*rows), measure=pooled)
    assert len(found.observations) == len(periods)
    [remark] = found.remarks
    assert remark.problem.message == "periods overlap in 1 series, such as 2012 to 2014 and 2013 to 2015"


def test_figures_that_are_not_final_are_counted_in_one_remark_each() -> None:
    statuses = {"2014-15": "final", "2015-16": "provisional", "2016-17": "provisional", "2017-18": "synthetic"}
    rows = [row("a", year, numerator=1, denominator=2, status=status) for year, status in statuses.items()]
    found = checked(observed(*rows, row("a", status="suppressed")), measure=PROPORTION)
    assert len(found.observations) == 5
    assert [(remark.kind, remark.problem.message) for remark in found.remarks] == [
        (RemarkKind.PROVISIONAL, "2 rows are provisional, from 2015-16 to 2016-17"),
        (RemarkKind.SYNTHETIC, "1 row is synthetic, in 2017-18"),
        (RemarkKind.SUPPRESSED, "1 row is suppressed, in 2018-19"),
    ]


def test_remarks_of_one_kind_beyond_twenty_are_counted() -> None:
    bad = [row(f"area {number}", numerator=-1, denominator=10) for number in range(50)]
    found = checked(observed(*bad), measure=PROPORTION)
    assert len(found.remarks) == MOST_LISTED + 1
    assert sum(remark.count for remark in found.remarks) == 50
    assert found.remarks[-1].problem.message == "30 more like the one before, from here on"


def test_a_file_about_something_else_says_so() -> None:
    found = checked(observed(GOOD | {"measure": "another"}), measure=PROPORTION)
    assert len(found.observations) == 0
    [remark] = found.remarks
    assert "no row is about 'example'. Expected rows of 'example'. The rows are about another." in str(remark)
    assert checked(Observations(observed(GOOD).frame.clear()), measure=PROPORTION).remarks == ()


def test_thousands_of_series_with_gaps_are_remarked_on_without_being_lost() -> None:
    first = parse_span("2016-04", frequency=Frequency.MONTH)
    months = [first]
    for _ in range(11):
        months.append(next_span(months[-1]))
    months.pop(5)
    monthly = measure_with(Method.PROPORTION, frequency=Frequency.MONTH)
    series = [
        row(f"area {number}", month.text, frequency=Frequency.MONTH, numerator=1, denominator=2)
        for number in range(300)
        for month in months
    ]
    found = checked(observed(*series), measure=monthly)
    assert len(found.observations) == len(series)
    assert sum(remark.count for remark in found.remarks) == 300
