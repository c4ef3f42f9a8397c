"""Opening hours as people write them, the share of sites open in each half hour, and sites with few hours."""

import polars as pl
import pytest

from placeplan.app.indicator_levels import read_levels
from placeplan.indicators.observed.remarks import RemarkKind
from placeplan.indicators.variation.declared_hours import DeclaredDay, DeclaredWeek, Site, SiteHours, declared_hours
from placeplan.indicators.variation.opening_hours import hours_of_practices, opening_matrix, sites_below, weekly_hours
from placeplan.indicators.variation.reading_hours import HoursError, read_clock, read_day, read_week, read_weekday
from placeplan.indicators.variation.variation_levels import named
from placeplan.kernel.errors import Place

LEVELS = read_levels()
WINDOW = LEVELS.windows[0]
DAY = 1440
WEEKDAY_HOURS = tuple((day * DAY + 480, day * DAY + 1110) for day in range(5))
HEADINGS = ("site", "weekday", "opens", "closes")


def _week(text: str) -> SiteHours:
    return declared_hours([Site("S")], [DeclaredWeek("S", text)]).sites[0]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("08:00", 480), ("8.00", 480), ("0800", 480), ("8am", 480), ("8 a.m.", 480), ("6.30pm", 1110), ("noon", 720),
        ("12am", 0), ("12pm", 720), ("12:15 pm", 735), ("midnight", 0), ("24:00", 1440), ("00:00", 0), ("1830", 1110),
    ],
)  # fmt: skip
def test_times(text: str, minutes: int) -> None:
    assert read_clock(text) == minutes


@pytest.mark.parametrize("text", ["8", "", "25:00", "24:01", "08:60", "13pm", "0am", "8:0", "late", "1:2:3"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(HoursError, match="no time of day"):
        read_clock(text)


def test_weekdays() -> None:
    assert [read_weekday(text) for text in ("Monday", "tues", "Wed.", "SUN")] == [0, 1, 2, 6]
    for text in ("weekdays", "Mo nday", ""):
        with pytest.raises(HoursError, match="no day of the week"):
            read_weekday(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 08:00-18:30",
        "Monday to Friday: 8am to 6.30pm",
        "weekdays 0800-1830",
        "Mon, Tue, Wed, Thu and Fri 08:00–18:30",
        "Mon 08:00-18:30; Tue 08:00-18:30\nWed 08:00-18:30 Thu 08:00-18:30, Fri 08:00-18:30; Sat closed",
        "Mon-Fri 08:00-13:00, 13:00-18:30",
    ],
)
def test_one_week_in_many_words(text: str) -> None:
    assert _week(text).stretches == WEEKDAY_HOURS
    assert _week(text).hours_a_week == 52.5


def test_past_midnight_and_round_the_end_of_the_week() -> None:
    friday = _week("Fri 22:00-02:00")
    assert friday.stretches == ((4 * DAY + 1320, 5 * DAY + 120),)
    assert friday.notes == ("Friday 22:00 to 02:00 is read as open past midnight",)
    sunday = _week("Sun 22:00-02:00")
    assert sunday.stretches == ((0, 120), (6 * DAY + 1320, 7 * DAY))
    assert sunday.hours_a_week == 4
    assert _week("Sun 22:00-midnight").notes == ()
    assert _week("every day 24 hours").hours_a_week == 168


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mon 08:00", "no list of opening and closing times"),
        ("Mon", "no list of opening and closing times"),
        ("08:00-18:30", "stands where a day is expected"),
        ("Mon 08:00-08:00", "opens and closes at the same time"),
        ("Mon 24:00-02:00", "opens at 24:00"),
        ("Mon 8:00-6:30", "morning or evening"),
        ("Mon by appointment", "'by' in"),
        ("Mon 8-6", "'8' in"),
        ("Mon closed 08:00-09:00", "no list of opening"),
        ("; ;", "it says nothing"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, said: str) -> None:
    with pytest.raises(HoursError) as caught:
        read_week(text)
    assert said in str(caught.value)


def test_a_day_alone() -> None:
    assert read_day("08:00-13:00, 14:00-18:30", day=2).stretches == ((3360, 3660), (3720, 3990))
    assert read_day("closed", day=2).closed_days == {2}
    with pytest.raises(HoursError, match="names a day"):
        read_day("Mon 08:00-13:00", day=0)


def test_an_unreadable_row_is_located_and_hides_no_other() -> None:
    rows = [
        DeclaredDay("A", "Mon", "08:00", "18:30", Place("hours.csv", 2, HEADINGS)),
        DeclaredDay("A", "Tue", "late", "18:30", Place("hours.csv", 3, HEADINGS)),
        DeclaredDay("A", "Wed", "", "", Place("hours.csv", 4, HEADINGS)),
        DeclaredDay("X", "Wed", "08:00", "18:30", Place("hours.csv", 5, HEADINGS)),
        DeclaredDay("B", "Mon", "08:00-12:00, 13:00-18:00", place=Place("hours.csv", 6, HEADINGS)),
    ]
    found = declared_hours([Site("A"), Site("B"), Site("C")], rows)
    first, second, third = found.sites
    assert first.stretches == ((480, 1110),)
    assert (first.unknown_days, first.hours_a_week) == ({1, 2}, None)
    assert first.notes == ("hours are not known for Tuesday, Wednesday",)
    assert second.hours_a_week == 9
    assert third.notes == ("no day's hours are known",)
    assert [remark.kind for remark in found.remarks] == [
        RemarkKind.UNREADABLE,
        RemarkKind.NOTHING_MEASURED,
        RemarkKind.UNKNOWN_AREA,
    ]
    assert str(found.remarks[0]) == (
        "hours.csv:3:3 (opens): hours of the site 'A' cannot be read: 'late' in 'late-18:30' cannot be read. Expected "
        "hours such as 08:00-13:00, 14:00-18:30, or 'closed', or '24 hours'. Write times of the 24-hour clock, the "
        "opening time first."
    )


def test_a_day_that_cannot_be_told_makes_the_week_unknown() -> None:
    found = declared_hours(
        [Site("A")], [DeclaredDay("A", "Mon", "08:00", "12:00"), DeclaredDay("A", "Tunday", "09:00", "12:00")]
    )
    assert found.sites[0].unknown_days == set(range(7))
    texts = declared_hours([Site("A")], [DeclaredWeek("A", "Mon 08:00-12:00; Tue maybe"), DeclaredWeek("A", " ")])
    assert texts.sites[0].hours_a_week is None
    assert len(texts.remarks) == 2


def test_a_day_both_open_and_closed_is_not_known() -> None:
    found = declared_hours([Site("A")], [DeclaredWeek("A", "Mon closed; Tue 08:00-12:00; Mon 09:00-12:00")])
    assert found.sites[0].unknown_days == {0}
    rows = [DeclaredDay("A", "Mon", "closed"), DeclaredDay("A", "Mon", "09:00", "12:00")]
    found = declared_hours([Site("A")], rows)
    assert found.sites[0].unknown_days == {0}
    assert "Monday is both closed and open" in str(found.remarks[0])


def test_days_that_no_row_names() -> None:
    rows = [DeclaredDay("A", "Mon", "08:00", "12:00")]
    assert declared_hours([Site("A")], rows).sites[0].hours_a_week == 4
    strict = declared_hours([Site("A")], rows, unnamed_days_are_closed=False).sites[0]
    assert strict.unknown_days == {1, 2, 3, 4, 5, 6}


def test_hours_that_overlap_count_once() -> None:
    found = _week("Mon 08:00-12:00, 11:00-14:00")
    assert found.hours_a_week == 6
    assert found.notes == ("hours that overlap are counted once",)


def test_share_of_sites_open() -> None:
    sites = [
        _week("Mon-Fri 08:00-18:30"),
        _week("Mon-Fri 08:15-18:30"),
        declared_hours([Site("U")], [DeclaredDay("U", "Mon", "?", "?")]).sites[0],
    ]
    found = opening_matrix(sites, window=WINDOW)
    assert found.cells.height == 33 * 7
    monday = found.cells.filter(pl.col("weekday") == "Monday")
    assert monday["slot"][0] == "06:30"
    assert monday["slot"][-1] == "22:30"
    cell = {(row["weekday"], row["slot"]): row for row in found.cells.iter_rows(named=True)}
    assert cell["Monday", "08:00"]["share"] == 0.5
    assert cell["Monday", "08:30"]["share"] == 1
    assert cell["Monday", "18:30"]["share"] == 0
    assert cell["Monday", "08:30"]["sites"] == 2
    assert cell["Tuesday", "08:30"]["sites"] == 3
    assert "1 of 3 sites have days whose hours are not known; those days are left out." in found.caveats


def test_no_site_at_all_has_no_share() -> None:
    assert opening_matrix([], window=WINDOW).cells["share"].null_count() == 33 * 7
    assert weekly_hours([]).spread["hours"].null_count() == 5


def test_hours_a_week_and_sites_with_few() -> None:
    texts = {"A": "Mon-Fri 08:00-18:30", "B": "Mon-Fri 09:00-17:00", "C": "Mon 09:00-12:00", "D": "Mon-Fri 08:00-20:00"}
    found = declared_hours(
        [Site(code) for code in [*texts, "E"]], [DeclaredWeek(code, text) for code, text in texts.items()]
    )
    hours = weekly_hours(found.sites)
    assert hours.sites["hours"].to_list() == [52.5, 40, 3, 60, None]
    assert hours.sites["quantile"].to_list() == [3, 2, 1, 4, None]
    assert hours.sites["note"].to_list() == ["", "", "", "", "no day's hours are known"]
    assert hours.spread["hours"].to_list() == [3, 30.75, 46.25, 54.375, 60]
    few = sites_below(hours, level=named(LEVELS.low_hours, "low-hours-52"))
    assert few.select("site", "hours", "short").rows() == [("C", 3, 49), ("B", 40, 12)]
    assert sites_below(hours, level=named(LEVELS.low_hours, "low-hours-25"))["site"].to_list() == ["C"]


def test_a_practice_is_open_when_any_of_its_sites_is() -> None:
    sites = [Site("M", "Main", "P"), Site("B", "Branch", "P", main=False), Site("X", "Alone")]
    rows = [DeclaredWeek("M", "Mon 08:00-12:00"), DeclaredWeek("B", "Mon 11:00-14:00"), DeclaredWeek("X", "Mon closed")]
    together = hours_of_practices(declared_hours(sites, rows).sites)
    assert [(one.site.code, one.site.name, one.hours_a_week) for one in together] == [
        ("P", "Main", 6),
        ("X", "Alone", 0),
    ]
