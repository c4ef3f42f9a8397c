"""Where there is no value there is a reason, and one bad row never hides a good one."""

import numpy as np
import pytest

from placeplan.indicators import methods
from placeplan.indicators.methods import NOTE_WORDS, Note

BANDS = (0, 1, 5, 75)
PEOPLE = [1_000, 4_000, 40_000, 3_000]
DEATHS = [4, 2, 80, 200]


def test_every_note_has_words() -> None:
    assert set(NOTE_WORDS) == set(Note)
    assert all(words for note, words in NOTE_WORDS.items() if note is not Note.NONE)


def test_notes_of_a_proportion() -> None:
    found = methods.proportion([10, None, np.inf, -1, 5, 0, 3], [100, 9, 9, 9, 4, 0, np.nan])
    assert found.note.tolist() == [
        Note.NONE, Note.MISSING, Note.INFINITE, Note.NEGATIVE, Note.COUNT_ABOVE_POPULATION, Note.NO_POPULATION,
        Note.MISSING,
    ]  # fmt: skip
    assert found.why[4] == "the count is above the population"
    assert np.isnan(found.value).tolist() == [False] + [True] * 6


def test_a_rate_may_have_more_events_than_people() -> None:
    assert methods.rate(5, 4, multiplier=1).value == 1.25


def test_numbers_beyond_what_can_be_held_are_noted() -> None:
    assert methods.rate(1e308, 1e-308).why == "the numbers are too large or too small to work with"


def test_scalars_give_arrays_without_an_axis() -> None:
    found = methods.rate(3, 1_000)
    assert found.value.shape == found.lower.shape == found.note.shape == ()
    assert isinstance(found.value, np.ndarray)


def test_empty_input_gives_empty_results() -> None:
    assert methods.proportion([], []).value.shape == (0,)
    assert methods.funnel_limits([], []).value.shape == (0,)
    assert methods.quantiles([]).value.shape == (0,)
    assert methods.xmr(np.empty((0, 12)), improvement="up").variation.shape == (0,)
    assert methods.xmr([], improvement="up").variation == 0
    assert methods.life_expectancy(np.empty((0, 4)), np.empty((0, 4)), band_starts=BANDS).value.shape == (0, 4)


def test_notes_of_a_standardised_rate() -> None:
    counts = [[5, 6], [5, 4], [5, np.nan], [50, 60], [5, -1]]
    people = [[100, 100], [100, 100], [100, 100], [100, 0], [100, 100]]
    found = methods.directly_standardised_rate(counts, people, [1, 1])
    assert found.note.tolist() == [
        Note.NONE, Note.FEWER_THAN_TEN_EVENTS, Note.MISSING, Note.NO_POPULATION, Note.NEGATIVE,
    ]  # fmt: skip


def test_nothing_expected_has_no_ratio() -> None:
    found = methods.indirectly_standardised_ratio([1], [5], reference_counts=[0], reference_populations=[10])
    assert found.note == Note.NOTHING_EXPECTED


@pytest.mark.parametrize(
    ("band", "deaths", "people", "note"),
    [
        (0, 1, 0, Note.NO_POPULATION),
        (1, np.nan, 4_000, Note.MISSING),
        (1, -1, 4_000, Note.NEGATIVE),
        (2, 41_000, 40_000, Note.COUNT_ABOVE_POPULATION),
        (3, 0, 3_000, Note.NO_DEATHS_IN_LAST_BAND),
        (0, 4, 500, Note.NONE),
    ],
)
def test_notes_of_a_life_table(band: int, deaths: float, people: float, note: Note) -> None:
    dead, living = np.array([DEATHS, DEATHS], dtype=float), np.array([PEOPLE, PEOPLE], dtype=float)
    dead[1, band], living[1, band] = deaths, people
    found = methods.life_expectancy(dead, living, band_starts=BANDS)
    assert (found.note[0] == Note.NONE).all()
    assert np.isfinite(found.value[0]).all()
    assert set(found.note[1]) == {note}


def test_life_expectancy_needs_more_than_five_thousand_person_years() -> None:
    people = [1_000, 1_000, 2_000, 1_000]
    assert set(methods.life_expectancy([1, 1, 1, 9], people, band_starts=BANDS).note) == {Note.POPULATION_TOO_SMALL}
    people[0] += 1
    assert Note.POPULATION_TOO_SMALL not in methods.life_expectancy([1, 1, 1, 9], people, band_starts=BANDS).note


def test_a_wide_interval_withholds_the_value_and_keeps_the_limits() -> None:
    found = methods.life_expectancy([0, 0, 2, 2], [500, 1_000, 4_000, 60], band_starts=BANDS)
    assert found.note[0] == Note.INTERVAL_TOO_WIDE
    assert np.isnan(found.value[0])
    assert found.upper[0] - found.lower[0] > 20
    assert np.isfinite(found.standard_error[0])


def test_ages_that_nobody_reaches_are_noted() -> None:
    found = methods.life_expectancy([1, 1, 39_000, 200], PEOPLE, band_starts=BANDS)
    assert found.note.tolist() == [Note.NONE, Note.NONE, Note.NONE, Note.NO_SURVIVORS]


def test_notes_of_a_slope_index() -> None:
    values, errors = np.full((5, 5), 2.0), np.full((5, 5), 0.1)
    people = np.full((5, 5), 100.0)
    values[1, 2], errors[2, 0], people[3, 4], values[4, 0] = np.nan, -1, 0, -9
    plain = methods.slope_index_of_inequality(values, errors, people, repetitions=1_000, seed=1)
    assert plain.note.tolist() == [Note.NONE, Note.MISSING, Note.NEGATIVE, Note.NO_POPULATION, Note.NONE]
    assert plain.relative_why[4] == "the fitted line starts or ends at zero or below, so there is no ratio"
    logs = methods.slope_index_of_inequality(values, errors, people, transform="log", repetitions=1_000, seed=1)
    assert logs.note[4] == Note.OUTSIDE_TRANSFORM


def test_units_with_a_note_take_no_part_in_the_average() -> None:
    found = methods.funnel_limits([10, 20, 99, 5], [100, 100, 50, np.nan])
    assert found.baseline == pytest.approx(0.15)
    assert found.significance_words.tolist() == ["not significant", "not significant", "", ""]


def test_a_unit_of_which_nothing_is_expected_is_noted() -> None:
    assert methods.funnel_limits([1], [0], statistic="ratio").note == Note.NOTHING_EXPECTED


def test_quantiles_need_as_many_areas() -> None:
    found = methods.quantiles([3, 1, 2, np.nan, 9], parents=["a", "a", "a", "a", "b"], number=3)
    assert found.value[:3].tolist() == [1, 3, 2]
    assert found.note[3:].tolist() == [Note.MISSING, Note.TOO_FEW_AREAS]


def test_trends_need_points_at_several_times() -> None:
    assert methods.trend([1, 2]).note == Note.TOO_FEW_VALUES
    assert methods.trend([1, 2, 3], times=[4, 4, 4]).note == Note.NO_SPREAD_OF_TIMES
    assert methods.trend_of_counts([1, 2, 30], [10, 0, 40]).note == Note.NO_POPULATION
    assert methods.trend_of_counts([1, 60], [10, 40]).note == Note.COUNT_ABOVE_POPULATION


def test_a_mean_of_one_value_has_no_limits() -> None:
    assert methods.mean([[4, np.nan], [4, 6]]).note.tolist() == [Note.TOO_FEW_VALUES, Note.NONE]


def test_no_deaths_lose_no_years_but_have_an_upper_limit() -> None:
    found = methods.years_of_life_lost([0, 0, 0, 9], PEOPLE, band_starts=BANDS)
    assert (found.value, found.lower, found.note) == (0, 0, Note.NONE)
    assert found.upper > 0
    few = methods.years_of_life_lost([0, 0, 9, 9], PEOPLE, band_starts=BANDS, weights=[1, 1, 1, 1])
    assert few.note == Note.FEWER_THAN_TEN_EVENTS
