"""Options of a table appraised: amounts by year, weights shared out, what must not be missed, and what is refused."""

from pathlib import Path

import pytest

from placeplan import capacity
from placeplan.app.siting.appraising import answer_appraisal
from placeplan.app.siting.option_tables import read_options
from placeplan.kernel.errors import InputError

EXAMPLE = Path(capacity.__file__).parent / "definitions" / "examples" / "options.csv"
HEADINGS = "option,kind,item,year,until,value"
WEIGHTS = ("all,weight,access,,,3", "all,weight,staffing,,,1")
STAY = ("stay,cost,running,0,2,100", "stay,score,access,,,4", "stay,score,staffing,,,8")
MOVE = ("move,cost,building,0,,500", "move,benefit,sale,1,,207", "move,score,access,,,8", "move,score,staffing,,,4")


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "options.csv"
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


def test_amounts_stand_in_their_years_and_weights_add_up_to_one(tmp_path: Path) -> None:
    table = read_options(_file(tmp_path, *WEIGHTS, *STAY, *MOVE))
    stay, move = table.options
    assert (stay.costs, stay.benefits) == ((100, 100, 100), ())
    assert (move.costs, move.benefits) == ((500,), (0, 207))
    assert table.weights == {"access": 0.75, "staffing": 0.25}


def test_amounts_of_one_year_add_up(tmp_path: Path) -> None:
    rows = (*WEIGHTS, *STAY, *MOVE, "stay,cost,repairs,1,1,40")
    assert read_options(_file(tmp_path, *rows)).options[0].costs == (100, 140, 100)


def test_the_document_has_what_a_business_case_needs(tmp_path: Path) -> None:
    answer = answer_appraisal(_file(tmp_path, *WEIGHTS, *STAY, *MOVE), do_minimum=None).as_document()
    first, second = answer["options"]
    assert (answer["do_minimum"], first["option"], first["score"], second["score"]) == ("stay", "move", 7.0, 5.0)
    assert first["net_present_cost"] == pytest.approx(500 - 207 / 1.035)
    assert second["net_present_cost"] == pytest.approx(100 + 100 / 1.035 + 100 / 1.035**2)
    assert first["extra_cost"] == pytest.approx(first["net_present_cost"] - second["net_present_cost"])
    assert answer["flips"] == [
        {"criterion": "access", "rival": "stay", "weight": 0.75, "level_at": pytest.approx(0.5)},
        {"criterion": "staffing", "rival": "stay", "weight": 0.25, "level_at": pytest.approx(0.5)},
    ]
    assert first["share_of_weights_for_which_first"] == pytest.approx(0.5)


def test_an_order_that_a_small_change_turns_is_a_finding(tmp_path: Path) -> None:
    weights = ("all,weight,access,,,52", "all,weight,staffing,,,48")
    answer = answer_appraisal(_file(tmp_path, *weights, *STAY, *MOVE), do_minimum="stay")
    assert "'stay' draws level when the weight of access goes from 52.0% to 50.0%." in answer.findings
    assert any(finding.startswith("Options last 1 to 2 years") for finding in answer.findings)


def test_the_example_is_marked_as_made_up() -> None:
    answer = answer_appraisal(EXAMPLE, do_minimum=None)
    assert answer.marks == ("Synthetic",)
    assert sum(one["share_of_weights_for_which_first"] for one in answer.document["options"]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((*WEIGHTS, *STAY), "fewer than two options"),
        ((*STAY, *MOVE), "no criterion has a weight"),
        ((*WEIGHTS, *STAY, *MOVE[:-1]), r"options.csv:7:1 \(option\): 'move' has no score for staffing"),
        ((*WEIGHTS, *STAY, *MOVE[1:]), "'move' has no cost"),
        ((*WEIGHTS, *STAY, *MOVE, "move,score,acess,,,4"), r"\(item\): the criterion 'acess' has no weight"),
        ((*WEIGHTS, *STAY, *MOVE, "move,cost,rent,5,3,4"), r"\(until\): 3 is before the year 5"),
        ((*WEIGHTS, *STAY, *MOVE, "move,cost,rent,1,200,4"), r"\(until\): no rate is given for year 200"),
        ((*WEIGHTS, *STAY, *MOVE, "all,cost,rent,1,2,4"), r"\(option\): a cost is of one option"),
        ((*WEIGHTS, *STAY, *MOVE, "stay,weight,estate,,,4"), r"\(option\): a weight is of no option of its own"),
        ((*WEIGHTS, *STAY, *MOVE, "all,weight,estate,,,-1"), r"\(value\): a weight is below 0"),
        ((*WEIGHTS, *STAY, *MOVE, "move,gain,rent,1,2,4"), r"\(kind\)"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(rows: tuple[str, ...], words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        read_options(_file(tmp_path, *rows))


def test_a_do_minimum_that_is_none_of_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no option 'sta'.*Did you mean 'stay'\?"):
        answer_appraisal(_file(tmp_path, *WEIGHTS, *STAY, *MOVE), do_minimum="sta")
