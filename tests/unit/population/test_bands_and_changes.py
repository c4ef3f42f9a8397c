"""Bands of ages, and changes of them as plans print them."""

from decimal import Decimal

import pytest
from tests.unit.population.people_examples import table_of

from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.population.ages import band_names, parse_band
from placeplan.population.aligning import aligned_people
from placeplan.population.banding import banded, people_aged
from placeplan.population.changes import band_changes
from placeplan.population.errors import PopulationError
from placeplan.population.printed_changes import PrintedChange, chained


def number(text: str) -> PrintedNumber:
    read = parse_printed(text)
    assert read is not None
    return read


def test_names_of_bands() -> None:
    assert band_names((0, 1, 5, 90)) == ("0", "1-4", "5-89", "90+")
    assert band_names((0,)) == ("0+",)


@pytest.mark.parametrize(
    ("text", "ages"), [("85+", (85, None)), ("16-64", (16, 65)), (" 65 ", (65, 66)), ("0–4", (0, 5))]
)
def test_bands_are_read(text: str, ages: tuple[int, int | None]) -> None:
    assert parse_band(text) == ages


@pytest.mark.parametrize("text", ["", "old", "85 and over", "-5", "5-", "64-16", "1000+"])
def test_what_is_no_band_is_refused(text: str) -> None:
    with pytest.raises(PopulationError, match="ages: '"):
        parse_band(text)


def test_people_of_wider_bands_are_added() -> None:
    table = table_of()
    wider = banded(table, (0, 65))
    assert wider.bands == ("0-64", "65+")
    assert wider.total(area="E1", band="65+") == table.total(area="E1", band="65-84") + table.total(
        area="E1", band="85+"
    )


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ((0, 70), "ages: 70 lies inside the band 65-84, which cannot be split"),
        ((0, 90), r"ages: 90 lies inside the band 85\+, which cannot be split"),
        ((16, 65), "ages: the bands begin at 16; expected 0, so that nobody is left out"),
        ((0, 65, 65), "ages: 65 stands here twice"),
        ((), "ages: expected at least one age"),
    ],
)
def test_bands_that_cannot_be(bounds: tuple[int, ...], message: str) -> None:
    with pytest.raises(PopulationError, match=message):
        banded(table_of(), bounds)


def test_an_age_below_the_first_is_not_there() -> None:
    adults = table_of(ages=(18, 40, 65, 85))
    with pytest.raises(PopulationError, match="ages: nobody below 18 is in this table; 16 cannot begin a band"):
        people_aged(adults, first=16)


def test_changes_of_all_ages_and_of_bands_for_each_area() -> None:
    table = table_of()
    found = band_changes(table, first=2015, last=2017, bands=["85+", "0-64"])
    assert [(one.area, one.band) for one in found] == [
        (area, band) for area in ("E1", "E2") for band in ("all ages", "85+", "0-64")
    ]
    old = found[1]
    assert old.before == table.total(area="E1", band="85+", year=2015)
    assert old.people == table.total(area="E1", band="85+", year=2017) - old.before
    assert old.per_cent == pytest.approx(100 * old.people / old.before)


def test_a_change_from_nobody_has_no_per_cent() -> None:
    table = table_of()
    people = table.people.copy()
    people[..., 0] = 0
    assert band_changes(table.with_people(people), first=2015, last=2017)[0].per_cent is None


def test_all_problems_of_changes_are_named() -> None:
    with pytest.raises(PopulationError) as caught:
        band_changes(table_of(), first=2019, last=2016)
    assert len(caught.value.messages) == 2
    with pytest.raises(PopulationError) as caught:
        band_changes(table_of(), first=2015, last=2016, bands=["70+", "old"])
    assert len(caught.value.messages) == 2


def test_the_printed_changes_of_west_kent_rest_on_the_same_people_over_85() -> None:
    to_2020 = PrintedChange("to 2020", number("2,803"), number("22%"))
    to_the_end = PrintedChange("to a lost year", number("18,048"), number("144%"))
    found = chained(to_2020, to_the_end)
    assert found.agrees
    assert found.base is not None
    assert (round(found.base.low), round(found.base.high)) == (12490, 12577)
    assert found.between.holds(Decimal("2.44") / Decimal("1.22"))


def test_changes_that_cannot_rest_on_the_same_people_are_found() -> None:
    found = chained(
        PrintedChange("a", number("2,803"), number("22%")), PrintedChange("b", number("30,000"), number("144%"))
    )
    assert not found.agrees


def test_the_printed_growth_of_west_kent_rests_on_its_printed_population() -> None:
    change = PrintedChange("2015 to 2035", number("85,543"), number("18.0%"))
    assert change.base.holds(476_497)
    assert not change.base.holds(484_460)


@pytest.mark.parametrize(
    ("people", "share", "message"),
    [("-5", "2%", "go different ways"), ("5", "0%", "may be no change"), ("5", "0.4%", None)],
)
def test_a_printed_change_has_to_make_sense(people: str, share: str, message: str | None) -> None:
    if message is None:
        assert PrintedChange("x", number(people), number(share)).base.low > 0
    else:
        with pytest.raises(PopulationError, match=message):
            PrintedChange("x", number(people), number(share))


def test_a_fall_has_a_base_too() -> None:
    assert PrintedChange("x", number("-50"), number("-5%")).base.holds(1000)


def test_people_are_aligned_with_rates_of_adults() -> None:
    table = table_of()
    found = aligned_people(table, ages=(16, 65), sexes=("m", "f"), years=(2016, 2017))
    assert found.people.shape == (2, 2, 2, 2)
    assert found.people[0, 0, 1, 0] == table.total(area="E1", sex="m", band="65-84", year=2016) + table.total(
        area="E1", sex="m", band="85+", year=2016
    )
    assert found.left_out[1, 1] == table.total(area="E2", band="0-15", year=2017)
    assert found.people.sum() + found.left_out.sum() == table.select(years=[2016, 2017]).total()


@pytest.mark.parametrize("ages", [(), (18, 65), (65, 16), (0, 100)])
def test_rates_that_people_do_not_fit_are_refused(ages: tuple[int, ...]) -> None:
    with pytest.raises(PopulationError, match="ages: "):
        aligned_people(table_of(), ages=ages)


def test_rates_of_ages_below_the_people_are_refused() -> None:
    adults = table_of(ages=(18, 40, 65, 85))
    with pytest.raises(PopulationError, match="ages: the rates begin at 0, the people at 18; expected younger people"):
        aligned_people(adults, ages=(0, 65))
