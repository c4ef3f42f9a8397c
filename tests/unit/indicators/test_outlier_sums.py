"""Red outliers added up by unit, theme and group; reasons beside flags; weighted surveys."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from pydantic import ValidationError
from tests.unit.indicators.practice_results import measure_of, results_of

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.measures import Method
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.averages import Average
from placeplan.indicators.variation.bands import Band, Bands
from placeplan.indicators.variation.outlier_reasons import Finding, OutlierReason, with_reasons
from placeplan.indicators.variation.outlier_sums import outlier_sums, target_after
from placeplan.indicators.variation.outliers import Outliers, outliers_of
from placeplan.indicators.variation.survey_bases import on_effective_base

LEVELS = read_levels()
BANDS = LEVELS.outlier_bands[0]
GROUP = {"A": "North", "B": "North", "C": "South"}
AVERAGE = Average("England", 80, 79, 81)


def _outliers(measure_id: str, rows: dict[str, int | None], *, theme: str | None = "access") -> Outliers:
    measure = measure_of(id=measure_id, theme=theme)
    counts = [(area, count, 100.0) for area, count in rows.items()]
    return outliers_of(results_of(counts, measure=measure), levels=LEVELS, average=AVERAGE, group=GROUP)


FOUND = [
    _outliers("phone", {"A": 50, "B": 80, "C": 40, "D": None}),
    _outliers("hours", {"A": 50, "B": 95, "C": 80}),
    _outliers("trust", {"A": 80, "C": 30}, theme=None),
]


def test_sums_by_unit() -> None:
    sums = outlier_sums(FOUND, bands=BANDS)
    rows = {row["area"]: row for row in sums.by_unit.iter_rows(named=True)}
    assert [rows[area]["red"] for area in "ABC"] == [2, 0, 2]
    assert [rows[area]["better"] for area in "ABC"] == [0, 1, 0]
    assert [rows[area]["band"] for area in "ABC"] == ["1 to 5", "0", "1 to 5"]
    assert rows["A"]["review"] is False
    assert sums.red == 4


def test_a_unit_of_which_nothing_is_known_is_in_no_band() -> None:
    sums = outlier_sums(FOUND, bands=BANDS)
    unknown = sums.by_unit.filter(pl.col("area") == "D").row(0, named=True)
    assert (unknown["measured"], unknown["band"], unknown["review"]) == (0, None, None)
    assert "1 units have an interval for no measure and are in no band." in sums.caveats


def test_sums_by_theme_and_group() -> None:
    sums = outlier_sums(FOUND, bands=BANDS)
    themes = {(row["group"], row["theme"]): row["red"] for row in sums.by_theme.iter_rows(named=True)}
    assert themes == {
        ("North", "access"): 2,
        ("North", "no theme"): 0,
        ("South", "access"): 1,
        ("South", "no theme"): 1,
        ("no group", "access"): 0,
    }
    assert sums.by_group["group"].to_list() == ["North", "South", "no group", "all"]
    assert sums.by_group["red"].to_list() == [2, 2, 0, 4]
    assert sums.by_group["target"].to_list() == [1, 1, 0, 3]
    assert sums.by_group["0"].to_list() == [1, 0, 0, 1]
    assert sums.by_group["1 to 5"].to_list() == [1, 1, 0, 2]


def test_a_quarter_fewer_is_never_rounded_up() -> None:
    assert [target_after(red, reduction=Decimal(25)) for red in (0, 1, 4, 26, 41)] == [0, 0, 3, 19, 30]


def test_sums_refuse_what_would_count_twice() -> None:
    with pytest.raises(MethodInputError, match="measures that differ"):
        outlier_sums([FOUND[0], FOUND[0]], bands=BANDS)
    with pytest.raises(MethodInputError, match="measures that differ"):
        outlier_sums([], bands=BANDS)
    moved = outliers_of(
        results_of([("A", 1, 2)], measure=measure_of(id="other")), levels=LEVELS, average=AVERAGE, group={"A": "West"}
    )
    with pytest.raises(MethodInputError, match="'A' belongs to several groups"):
        outlier_sums([*FOUND, moved], bands=BANDS)


def test_different_averages_are_said() -> None:
    other = outliers_of(results_of([("A", 1, 2)], measure=measure_of(id="other")), levels=LEVELS, group=GROUP)
    caveats = outlier_sums([*FOUND, other], bands=BANDS).caveats
    assert "Measures are held against different averages: England, all units together." in caveats


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        ([(0, 4), (6, None)], "belongs to no band"),
        ([(0, 4), (4, None)], "overlap"),
        ([(0, None), (5, None)], "overlap"),
        ([(1, None)], "what is below belongs to no band"),
        ([(0, 4)], "what is above belongs to no band"),
        ([], "too_short"),
    ],
)
def test_bands_must_partition(edges: list[tuple[int, int | None]], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Bands(bands=tuple(Band(first=first, last=last) for first, last in edges))
    assert said in str(caught.value)


def test_words_of_bands() -> None:
    bands = Bands(bands=(Band(first=0, last=0), Band(first=1, last=5), Band(first=6)))
    assert [band.words for band in bands.bands] == ["0", "1 to 5", "6 or more"]
    assert bands.numbers_in([0, 1, 5, 6, 600]) == (1, 2, 2)
    with pytest.raises(ValueError, match="-1 is no count"):
        bands.band_of(-1)
    with pytest.raises(ValidationError, match="before it begins"):
        Band(first=3, last=2)


def _reason(area: str, finding: Finding = Finding.WARRANTED) -> OutlierReason:
    return OutlierReason(
        measure="phone",
        area=area,
        period="2013-14",
        finding=finding,
        reason="New telephone system that month",
        found_by="Quality lead",
        found_on=date(2014, 5, 1),
        action="Ask again in six months",
    )


def test_reasons_stand_beside_the_flag() -> None:
    table = with_reasons(FOUND[0], [_reason("A"), _reason("B")])
    assert table.select("area", "flag", "finding").rows() == [
        ("A", "red outlier", "warranted"),
        ("C", "red outlier", "not looked at"),
    ]
    assert with_reasons(FOUND[1], [_reason("A")])["finding"].to_list() == ["not looked at"]
    with pytest.raises(MethodInputError, match="'A' has several reasons"):
        with_reasons(FOUND[0], [_reason("A"), _reason("A", Finding.UNWARRANTED)])


def test_a_finding_says_why_and_who() -> None:
    with pytest.raises(ValidationError, match="needs a reason, the name of who found it and the day"):
        OutlierReason(measure="phone", area="A", period="2013-14", finding=Finding.WARRANTED, reason="New system")


def test_weighted_answers_have_wider_intervals() -> None:
    plain = results_of([("A", 60, 100), ("B", 80, 100)])
    halved = on_effective_base(plain, design_effect=2)
    assert halved.frame["value"].to_list() == plain.frame["value"].to_list()
    assert halved.frame["denominator"].to_list() == [50, 50]
    assert halved.frame["numerator"].to_list() == pytest.approx([30, 40])
    assert halved.frame["lower"][0] < plain.frame["lower"][0]
    named = on_effective_base(plain, bases={"A": 50})
    assert named.frame["lower"][0] == pytest.approx(halved.frame["lower"][0])
    assert named.frame.row(1, named=True)["value"] is None
    assert named.frame["note"].to_list() == ["", "an input is missing"]


def test_effective_bases_are_refused_where_they_make_no_sense() -> None:
    plain = results_of([("A", 60, 100)])
    for given in ({}, {"design_effect": 0}, {"design_effect": 2, "bases": {"A": 1.0}}):
        with pytest.raises(MethodInputError, match="give either"):
            on_effective_base(plain, **given)  # type: ignore[arg-type]
    with pytest.raises(MethodInputError, match="an effective base is for a proportion"):
        on_effective_base(results_of([("A", 1, 2)], measure=measure_of(method=Method.RATE)), design_effect=2)
