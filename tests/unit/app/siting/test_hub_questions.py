"""The five questions of the hub model, and which premises come first, each from a small table."""

from pathlib import Path

import pytest

from placeplan import capacity
from placeplan.app.siting.hub_questions import DEPRIVED, ESTATE, LEAST, answer_questions
from placeplan.app.siting.places import SitingPlace, siting_place
from placeplan.app.siting.premises_order import answer_premises
from placeplan.kernel.errors import InputError

EXAMPLES = Path(capacity.__file__).parent / "definitions" / "examples"
HEADINGS = "question,item,there,each"
TIME = 30.0


@pytest.fixture(scope="module")
def place() -> SitingPlace:
    return siting_place("west-kent", None, seed=1)


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "limits.csv"
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_scarcest_thing_decides_how_many_hubs(place: SitingPlace, tmp_path: Path) -> None:
    rows = ("people,Clinic,,100000", "staff,Nurse,21,6", "money,fixed cost,1000000,400000", "contacts,Clinic,900,100")
    answer = answer_questions(_file(tmp_path, *rows), place, time_limit=TIME)
    limits = {one["question"]: one["hubs"] for one in answer.document["limits"]}
    assert limits == {"people": 4, "staff": 3, "money": 2, "contacts": 9}
    assert answer.document["hubs"] == 2
    assert answer.says[1] == "At most 2 hubs: fixed cost is scarcest (£1,000,000, £400,000 for each)."


def test_configurations_stand_in_the_order_of_travel(place: SitingPlace, tmp_path: Path) -> None:
    answer = answer_questions(_file(tmp_path, "staff,Nurse,24,6"), place, time_limit=TIME)
    found = answer.document["configurations"]
    by_aim = {one["aim"]: one for one in found}
    means = [one["mean"] for one in found]
    assert means == sorted(means)
    assert by_aim[LEAST]["mean"] == means[0]
    assert by_aim[ESTATE]["new_sites"] == 0
    assert by_aim[DEPRIVED]["most_deprived_fifth"] <= by_aim[LEAST]["most_deprived_fifth"]
    assert {one["status"] for one in found} == {"optimal"}


def test_every_question_has_an_answer_in_the_words_of_the_plan(place: SitingPlace, tmp_path: Path) -> None:
    answer = answer_questions(_file(tmp_path, "staff,Nurse,13,6"), place, time_limit=TIME)
    asked = dict(answer.tables[0].rows)
    assert asked["How many hubs can be safely staffed?"] == "at most 2: Nurse, 13.0 in post, 6.0 for each"
    assert asked["How many hubs can be supported economically?"] == "no limit is given"
    assert len(asked) == 5


def test_made_up_limits_and_made_up_places_say_so(place: SitingPlace) -> None:
    answer = answer_questions(EXAMPLES / "hub-limits.csv", place, time_limit=TIME)
    assert answer.marks == ("Synthetic",)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("staff,Nurse,2,6", r"limits.csv: Nurse does not suffice for one hub \(2.0 in post, 6.0 for each\)"),
        ("staff,Nurse,,6", r"limits.csv:2:3 \(there\): it is not said how much there is"),
        ("staff,Nurse,6,0", r"limits.csv:2:4 \(each\): 0 sets no limit"),
        ("rooms,Nurse,6,1", r"limits.csv:2:1 \(question\)"),
    ],
)
def test_limits_that_do_not_fit_are_told(place: SitingPlace, tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        answer_questions(_file(tmp_path, row), place, time_limit=TIME)


def test_premises_that_meet_the_criterion_come_first() -> None:
    answer = answer_premises(EXAMPLES / "premises.csv")
    assert [(row[1], row[2]) for row in answer.tables[0].rows] == [
        ("North of the town", "yes"),
        ("Old Mill Surgery", "yes"),
        ("Garden village", "no"),
        ("Station Road", "no"),
    ]
    assert (answer.document["smallest_new_list"], answer.marks) == (8000.0, ("Synthetic",))


def test_premises_for_fewer_than_nobody_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "premises.csv"
    path.write_text("area,people_now,growth,new_practice\nHere,100,-200,no\n", encoding="utf-8")
    with pytest.raises(InputError, match="Here: fewer people than none"):
        answer_premises(path)
