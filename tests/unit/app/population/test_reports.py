"""What is said about the people of a place, and what a plan prints about them, checked."""

import json
from pathlib import Path

import pytest
from tests.unit.app.bundled import EXAMPLES
from tests.unit.app.population.public_files import DISTRICTS

from placeplan.app.data_folder import data_folder
from placeplan.app.population.definitions import programmes_in, read_programmes
from placeplan.app.population.growing import (
    growth_document,
    growth_sentences,
    path_document,
    path_sentences,
    registered_document,
    variant_rows,
)
from placeplan.app.population.places import PlacePopulation, PlaceRequest, place_population
from placeplan.app.population.printed import printed_population
from placeplan.app.population.programme_demand import chosen_programmes, cohorts_document, cohorts_sentences
from placeplan.app.population.showing import people_document, people_sentences, pyramid_of, write_pyramid
from placeplan.kernel.errors import InputError
from placeplan.kernel.printed import Verdict


@pytest.fixture
def west_kent(public_files: Path) -> PlacePopulation:
    return place_population(PlaceRequest("west-kent"), data_folder(public_files))


def test_bands_and_districts_add_up_to_everybody(west_kent: PlacePopulation) -> None:
    document = people_document(west_kent, years=[2017, 2030], bands=[])
    people = document["people"]
    for place in range(2):
        bands = [people[band][place] for band in people if band != "all ages"]
        assert sum(bands) == pytest.approx(people["all ages"][place])
        assert sum(one["people"][place] for one in document["districts"]) == pytest.approx(people["all ages"][place])
    assert [one["name"] for one in document["districts"]] == list(DISTRICTS.values())
    assert json.loads(json.dumps(document)) == document


def test_lines_hold_the_numbers_and_every_note(west_kent: PlacePopulation) -> None:
    document = people_document(west_kent, years=[2017], bands=["85+"])
    lines = "\n".join(people_sentences(document))
    assert f"{document['people']['85+'][0]:,.0f}" in lines
    assert all(note in lines for note in west_kent.notes)
    assert "Source: " in lines


def test_years_and_bands_that_are_not_there_are_all_named(west_kent: PlacePopulation) -> None:
    with pytest.raises(InputError) as caught:
        people_document(west_kent, years=[1999, 2050], bands=["old", "90+"])
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 3
    assert "band: 'old' is no band of ages" in told[0]
    assert "year: 1999 is not among the years of this population. Expected a year from 2015 to 2035." in told[1]


def test_growth_is_after_less_before(west_kent: PlacePopulation) -> None:
    document = growth_document(west_kent, first=2017, last=2030)
    for change in document["changes"]:
        assert change["people"] == pytest.approx(change["after"] - change["before"])
        assert change["per_cent"] == pytest.approx(100 * change["people"] / change["before"])
    assert sum(one["people"] for one in document["districts"]) == pytest.approx(document["changes"][0]["people"])
    assert "it does not add up" in "\n".join(growth_sentences(document))
    with pytest.raises(InputError, match="2030 is not after 2035"):
        growth_document(west_kent, first=2035, last=2030)


def test_the_path_compounds_to_the_growth_over_all_years(west_kent: PlacePopulation) -> None:
    document = path_document(west_kent, first=2017, last=2030, over=1)
    path = document["path"]
    assert path[-1]["since_first_per_cent"] == pytest.approx(100 * (path[-1]["people"] / path[0]["people"] - 1))
    assert set(document["new_list"]["first_year"]) == set(DISTRICTS.values())
    lines = "\n".join(path_sentences(document))
    assert "2024 projected" in lines
    assert "2023 projected" not in lines
    with pytest.raises(InputError, match="there is no growth from 2017 to 2077"):
        path_document(west_kent, first=2017, last=2077)


def test_variants_stand_beside_the_principal_projection(west_kent: PlacePopulation, public_files: Path) -> None:
    rows = variant_rows(west_kent, data_folder(public_files), year=2030)
    assert [row["variant"] for row in rows] == ["principal", "High fertility", "High migration"]
    assert rows[0]["against_principal"] == 0
    for row in rows[1:]:
        place = place_population(PlaceRequest("west-kent", variant=row["variant"]), data_folder(public_files))
        assert row["people"] == pytest.approx(place.whole.total(year=2030))


def test_the_pyramid_holds_everybody_of_both_years(west_kent: PlacePopulation, tmp_path: Path) -> None:
    picture = pyramid_of(west_kent, now=2017, then=2030)
    drawn = sum(float(picture.data[side].sum()) for side in ("men 2017", "women 2017"))
    assert drawn == pytest.approx(west_kent.whole.total(year=2017))
    assert picture.marks == ()
    files = write_pyramid(west_kent, tmp_path / "out", now=2017, then=2030, formats=("svg",))
    assert sorted(file.suffix for file in files) == [".csv", ".svg", ".txt"]


def test_a_pyramid_of_invented_people_says_so() -> None:
    assert pyramid_of(place_population(PlaceRequest("west-kent"), None), now=2017, then=2035).marks == ("Synthetic",)


def test_programmes_see_a_share_of_their_cohorts(west_kent: PlacePopulation) -> None:
    chosen = chosen_programmes(read_programmes(), ["bowel-screening", "abdominal-aortic-aneurysm-screening"])
    document = cohorts_document(west_kent, chosen, years=[2017], uptake=50)
    bowel, men = document["programmes"]
    row = bowel["years"][0]
    assert row["invited"] == pytest.approx(row["eligible"] / 2)
    assert row["asked"] == pytest.approx(row["invited"] / 2)
    assert men["years"][0]["eligible"] == pytest.approx(west_kent.whole.total(sex="m", band="65", year=2017))
    lines = "\n".join(cohorts_sentences(document))
    assert lines.count("[UNCONFIRMED]") == 2


def test_an_unknown_programme_names_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean 'bowel-screening'"):
        chosen_programmes(read_programmes(), ["bowel-screenings"])


def test_single_years_of_a_programme_cannot_come_from_bands(public_files: Path) -> None:
    place = place_population(PlaceRequest("west-kent", variant="v6"), data_folder(public_files))
    chosen = chosen_programmes(read_programmes(), ["bowel-screening", "shingles-70"])
    with pytest.raises(InputError, match=r"shingles-70\): ages: 71 lies inside the band 70-74"):
        cohorts_document(place, chosen, years=[2017])


def test_programmes_of_ones_own_are_read_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("review: {reviewed: 2026-11-28, reviewer: Me, review_due: 2027-11-28}\nprogrammes: []\n", "utf-8")
    with pytest.raises(InputError, match=r"own\.yaml:2"):
        programmes_in(path)


def test_what_the_plan_of_2017_prints_about_its_people_holds() -> None:
    printed = printed_population(EXAMPLES / "west-kent-2017")
    assert [check.verdict for check in printed.checks] == [
        Verdict.EXACT, Verdict.WITHIN_ROUNDING, Verdict.WITHIN_ROUNDING,
    ]  # fmt: skip
    assert "together 12,490 to 12,577" in printed.checks[2].words


def test_printed_figures_that_contradict_each_other_fail(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(EXAMPLES / "west-kent-2017", tmp_path / "plan"))
    table = folder / "performance" / "observations.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace('"562,040"', '"562,140"').replace('"18,048"', '"28,048"'), encoding="utf-8")
    printed = printed_population(folder)
    assert [check.verdict for check in printed.checks] == [Verdict.FAILS, Verdict.WITHIN_ROUNDING, Verdict.FAILS]
    assert "they have no base in common" in printed.checks[2].words


def test_lists_of_the_plan_stand_against_residents_of_the_same_year(west_kent: PlacePopulation) -> None:
    document = registered_document(west_kent, printed_population(EXAMPLES / "west-kent-2017"))
    assert document is not None
    assert (document["registered"], document["resident_year"]) == (484_460, 2016)
    resident = west_kent.whole.total(year=2016)
    assert document["inflation"] == pytest.approx(484_460 - resident)
    assert document["payment_gbp"] == pytest.approx(document["inflation"] * 2_700_000 / 14_000)


def test_a_plan_that_prints_no_list_of_the_place_says_nothing(west_kent: PlacePopulation) -> None:
    assert registered_document(west_kent, printed_population(EXAMPLES / "kent-medway-2014")) is None
