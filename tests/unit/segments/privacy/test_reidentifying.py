"""The one way back to a person: a clinician of the practice, through the key holder, and noted."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.unit.segments.privacy.made_up import (
    ANN,
    BOB,
    CAT,
    DAN,
    PEOPLE,
    PURPOSE,
    SECRET,
    made,
    numbered,
    write_extracts,
)

from placeplan.app.segments.reidentifying import Holding, reidentify
from placeplan.kernel.errors import InputError
from placeplan.segments.privacy.nhs_numbers import written
from placeplan.segments.privacy.pseudonyms import Key
from placeplan.segments.privacy.reidentifying import Reidentified
from placeplan.segments.privacy.stages import NotPermittedError, Request

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ASKED = Request(
    "stage-2", "re-identify", "Dr A. Clinician", "practice-clinician", "risk-stratification",
    practice="G82001", works_for="G82001", reason="Care planning for the top 2% of adults",
)  # fmt: skip


def pseudonym(number: str) -> str:
    return Key(SECRET).for_purpose(PURPOSE).pseudonyms([number], kind="person")[0]


@pytest.fixture
def holding(tmp_path: Path) -> Holding:
    gone = replace(BOB, number=numbered(9)[8])
    lists = [*(person.on_list() for person in PEOPLE), gone.on_list(TO="2016-03-31")]
    needed = {"diagnoses": "person_key,code_system,code,recorded,source\n"}
    dataset, _ = made(write_extracts(tmp_path, lists=lists, hospital=[]))
    for name, headings in needed.items():
        (dataset / f"{name}.csv").write_text(headings, encoding="utf-8")
    own = tmp_path / "practice.csv"
    own.write_text("".join(f"{number}\n" for number in numbered(9)), encoding="utf-8")
    return Holding(dataset, own, tmp_path / "requests.jsonl")


def asked(holding: Holding, *numbers: str, key: bytes = SECRET, **changed: str) -> Reidentified:
    pseudonyms = [pseudonym(number) for number in numbers]
    return reidentify(pseudonyms, holding, request=replace(ASKED, **changed), key=Key(key), at=AT)


def test_a_clinician_learns_who_the_people_of_the_own_practice_are(holding: Holding) -> None:
    found = asked(holding, ANN.number, BOB.number)
    assert set(found.numbers.values()) == {written(int(ANN.number)), written(int(BOB.number))}
    assert found.not_found == 0


def test_people_of_another_practice_stay_unknown_even_where_their_numbers_are_given_in(holding: Holding) -> None:
    """The list that was handed over holds everybody's number; the dataset says who is on the list of the practice."""
    found = asked(holding, ANN.number, CAT.number, DAN.number, numbered(9)[8])
    assert list(found.numbers.values()) == [written(int(ANN.number))]
    assert found.not_found == 3


def test_who_is_not_on_the_own_list_is_not_found(holding: Holding) -> None:
    holding.own_list.write_text(f"{BOB.number}\n", encoding="utf-8")
    assert asked(holding, ANN.number) == Reidentified({}, 1)


def test_every_request_is_noted_without_a_number(holding: Holding) -> None:
    asked(holding, ANN.number, CAT.number)
    with pytest.raises(NotPermittedError, match="commissioner-analyst may not re-identify"):
        asked(holding, ANN.number, role="commissioner-analyst")
    text = holding.log.read_text(encoding="utf-8")
    first, second = (json.loads(line)["says"] for line in text.splitlines())
    assert (first["allowed"], first["requester"], first["practice"]) == (True, "Dr A. Clinician", "G82001")
    assert first["reason"] == "Care planning for the top 2% of adults"
    assert first["found"] == [pseudonym(ANN.number)]
    assert (second["allowed"], "found" in second) == (False, False)
    assert not any(number in text for number in numbered(9))


@pytest.mark.parametrize(
    "changed",
    [{"works_for": "G82002"}, {"reason": ""}, {"purpose": "planning"}, {"stage": "stage-1"}, {"role": "key-holder"}],
)
def test_anything_else_is_refused(holding: Holding, changed: dict[str, str]) -> None:
    with pytest.raises(NotPermittedError, match="Refused"):
        asked(holding, ANN.number, **changed)


def test_without_a_note_there_is_no_answer(holding: Holding) -> None:
    asked(holding, ANN.number)
    holding.log.write_text("changed\n", encoding="utf-8")
    with pytest.raises(InputError, match="entry 1 cannot be read"):
        asked(holding, ANN.number)
    nowhere = replace(holding, log=holding.dataset / "none" / "requests.jsonl")
    with pytest.raises(InputError, match="cannot be written"):
        asked(nowhere, ANN.number)


def test_another_key_opens_nothing(holding: Holding) -> None:
    with pytest.raises(InputError, match="were not made with this key"):
        asked(holding, ANN.number, key=bytes(range(100, 140)))


def test_an_answer_does_not_show_itself(holding: Holding) -> None:
    found = asked(holding, ANN.number)
    assert repr(found) == "Reidentified(1 found, 0 not found)"


def test_a_list_that_is_missing_or_wrong_is_one_message(holding: Holding) -> None:
    holding.own_list.write_text("12345\n", encoding="utf-8")
    with pytest.raises(InputError, match="1 entries are no valid NHS numbers"):
        asked(holding, ANN.number)
    with pytest.raises(InputError, match="the practice's own list is not there"):
        asked(replace(holding, own_list=holding.own_list.with_name("none.csv")), ANN.number)
