"""Days counted in months and in working days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placeplan.registers.calendar import is_working, months_on, working_day_by, working_days_before
from placeplan.registers.meetings import Attendee, attendance_problems, is_quorate, numbered, recurrences

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2060, 12, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=8)
NAMES = st.sampled_from(["Ann Archer", "ann  archer", "Bob Baker", "Cat Carter"])
STANDINGS = st.sampled_from(["present", "in-attendance", "apologies"])


@given(day=DAYS, months=st.integers(-240, 240))
def test_months_on_keep_the_day_or_take_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = months_on(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(day=DAYS, days=st.integers(0, 60), holidays=HOLIDAYS)
def test_working_days_are_counted_one_by_one(day: date, days: int, holidays: frozenset[date]) -> None:
    by = working_day_by(day, holidays)
    found = working_days_before(day, days, holidays=holidays)
    assert is_working(found, holidays)
    between = sum(is_working(found + timedelta(days=each), holidays) for each in range((by - found).days))
    assert between == days


@given(first=DAYS, every=st.integers(1, 36), until=DAYS)
def test_recurrences_are_in_order_and_none_is_left_out(first: date, every: int, until: date) -> None:
    found = recurrences(first, every_months=every, until=until)
    assert found == tuple(months_on(first, every * place) for place in range(len(found)))
    assert all(each <= until for each in found)
    assert months_on(first, every * len(found)) > until


@given(people=st.lists(st.builds(Attendee, NAMES, STANDINGS, st.booleans()), max_size=6))
def test_a_name_stands_in_an_attendance_once(people: list[Attendee]) -> None:
    names = [" ".join(each.name.casefold().split()) for each in people]
    assert bool(attendance_problems(people)) == (len(set(names)) < len(names))
    assert is_quorate(people, 0)
    assert not is_quorate(people, len(people) + 1)


@given(first=st.integers(1, 999), counts=st.lists(st.integers(0, 12), max_size=5))
def test_minutes_are_numbered_consecutively_over_meetings(first: int, counts: list[int]) -> None:
    numbers = [
        number for place, count in enumerate(counts) for number in numbered(first, count, before=sum(counts[:place]))
    ]
    assert numbers == list(range(first, first + sum(counts)))
