"""Code lists, look-backs, published lists and what must be known of a dataset."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.segments.code_lists import BITS_OF_A_WORD, Code, Marker, Markers, condition_markers, normalised
from placeplan.segments.conditions import Score, prefixes_of
from placeplan.segments.contract import Contract
from placeplan.segments.dataset import DatasetDescription
from placeplan.segments.periods import Period, months_before
from placeplan.segments.published_lists import hospital_frailty_list, weighted_list

CHARLSON = read_definitions().scores[0].model_copy(update={"outranks": ()})


@pytest.mark.parametrize("written", ["E11.9", "e119", " E11 9", "E11-9", "E119"])
def test_codes_are_read_however_they_are_written(written: str) -> None:
    assert normalised(written) == "E119"


def test_range_of_categories_is_written_out() -> None:
    assert prefixes_of("I60-I63") == ("I60", "I61", "I62", "I63")
    assert prefixes_of("I110") == ("I110",)


@pytest.mark.parametrize("entry", ["I", "I60-J63", "I63-I60", "I11.0", "i60", "I60-"])
def test_entry_that_is_no_code_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="neither a code such as I50"):
        prefixes_of(entry)


def test_cancer_leaves_out_skin() -> None:
    cancer = next(one for one in read_definitions().conditions if one.id == "cancer")
    assert "C43" in cancer.prefixes
    assert "C44" not in cancer.prefixes
    assert "C97" in cancer.prefixes


def test_every_condition_has_a_source_and_says_how_sure_it_is() -> None:
    assert all(one.reference and one.confidence for one in read_definitions().conditions)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2017, 3, 31), 1, date(2017, 2, 28)),
        (date(2017, 3, 31), 12, date(2016, 3, 31)),
        (date(2017, 3, 31), 13, date(2016, 2, 29)),
        (date(2017, 1, 15), 1, date(2016, 12, 15)),
    ],
)
def test_look_back_reaches_to_the_same_day(day: date, months: int, wanted: date) -> None:
    assert months_before(day, months) == wanted


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Period("2016-17", date(2017, 4, 1), date(2017, 3, 31))


def test_markers_that_look_back_equally_far_share_words() -> None:
    some = tuple(
        Marker(f"m{n}", (Code("icd10", f"A{n:02d}"),), 24 if n % 2 else None) for n in range(2 * BITS_OF_A_WORD + 2)
    )
    markers = Markers(some)
    assert markers.words == {"word_0_0": None, "word_0_1": None, "word_24_0": 24, "word_24_1": 24}
    assert max(place.bit for place in markers.places.values()) == BITS_OF_A_WORD - 1
    assert len({(place.word, place.bit) for place in markers.places.values()}) == len(some)


def test_codes_of_the_user_are_added_to_a_condition() -> None:
    extra = Marker("diabetes", (Code("snomed", "73211009", whole=True),))
    markers = Markers(tuple(condition_markers(read_definitions(), [extra])))
    lookup = markers.lookup()
    row = lookup["prefix"].index("73211009")
    assert (lookup["code_system"][row], lookup["length"][row]) == ("snomed", 0)
    assert markers.places["diabetes"].is_set(int(lookup["word_0_0"][row]))


def test_two_markers_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="one name"):
        Markers((Marker("a", ()), Marker("a", ())))


def test_score_takes_its_scheme_and_weighting() -> None:
    codes = [(CHARLSON.scheme, "diab", "E10.9"), ("another", "diab", "E11")]
    weights = [(CHARLSON.scheme, CHARLSON.weighting, "diab", Decimal(1)), (CHARLSON.scheme, "quan", "diab", Decimal(0))]
    found = weighted_list(CHARLSON, codes=codes, weights=weights)
    assert found.tenths == {"charlson/diab": 10}
    assert found.markers[0].codes == (Code("icd10", "E109"),)


def test_score_without_a_weight_for_a_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="do not agree on: diab"):
        weighted_list(CHARLSON, codes=[(CHARLSON.scheme, "diab", "E109")], weights=[])


def test_points_are_held_in_tenths() -> None:
    found = hospital_frailty_list(read_definitions().hospital_frailty, points=[("F00", Decimal("7.1"))])
    assert found.tenths == {"hospital-frailty/F00": 71}
    with pytest.raises(ValueError, match="more than one decimal place"):
        hospital_frailty_list(read_definitions().hospital_frailty, points=[("F00", Decimal("7.15"))])


def test_only_known_scores_are_defined() -> None:
    with pytest.raises(ValidationError):
        Score.model_validate({**CHARLSON.model_dump(), "id": "other"})


def test_contract_declares_the_tables_of_a_linked_dataset() -> None:
    assert set(read_contract().by_name) == {
        "people", "registrations", "diagnoses", "activity", "care_packages", "measures", "areas", "practices",
    }  # fmt: skip
    assert all(column.unit for table in read_contract().tables for column in table.columns if column.kind == "pence")


def test_grain_must_be_a_column() -> None:
    table = read_contract()["people"].model_dump() | {"grain": ("nhs_number",)}
    with pytest.raises(ValidationError, match="has no column 'nhs_number'"):
        Contract.model_validate({"tables": [table]})


def described(**other: Any) -> dict[str, Any]:
    agreement = {"reference": "DSA-1", "signed": date(2026, 4, 1), "ends": date(2027, 3, 31)}
    return {
        "title": "Synthetic records", "purpose": "Planning", "lawful_basis": ["Article 6(1)(e)"],
        "controller": "Nobody", "agreement": agreement, "opt_outs": "applied", "extracted": date(2026, 10, 1),
        "synthetic": True,
    } | other  # fmt: skip


@pytest.mark.parametrize("name", ["purpose", "lawful_basis", "agreement", "opt_outs", "synthetic"])
def test_dataset_without_its_papers_does_not_load(name: str) -> None:
    papers = described()
    del papers[name]
    with pytest.raises(ValidationError, match=name):
        DatasetDescription.model_validate(papers)


def test_opt_outs_that_are_not_required_need_a_reason() -> None:
    with pytest.raises(ValidationError, match="why opt-outs are not required"):
        DatasetDescription.model_validate(described(opt_outs="not-required"))


def test_agreement_covers_its_first_and_last_day() -> None:
    papers = DatasetDescription.model_validate(described())
    assert papers.in_force(date(2026, 4, 1))
    assert papers.in_force(date(2027, 3, 31))
    assert not papers.in_force(date(2027, 4, 1))
