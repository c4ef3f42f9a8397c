"""What the page of a care model says: figures of the plan where nothing moved, else those of the changed plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.unit.app.care.small_care_plan import care_plan

from placeplan.app.care.keeping import scenario_with, sections_with
from placeplan.app.care.long_runs import long_run_content, read_long_run, with_long_run
from placeplan.app.care.moved_answer import CareAnswer, care_answer
from placeplan.app.care.moved_charts import money_chart
from placeplan.app.care.moved_figures import Worth, asked_of, moved_figures, with_runs
from placeplan.app.care.moving import moved_plan
from placeplan.app.care.plan_care import compute_care
from placeplan.app.computing import compute
from placeplan.app.demonstration import EXAMPLES
from placeplan.app.loading import loaded
from placeplan.app.plan_texts import check_texts, read_texts, texts_of_folder
from placeplan.kernel.errors import InputError
from placeplan.plan.overriding import apply_scenario, scenario_named
from placeplan.reports.charts import Waterfall
from placeplan.reports.document import Table, parts_of
from placeplan.reports.types import PlanResults

TODAY = date(2026, 11, 28)
MOVED = {"reach.rapid-response": "60", "effect.reablement": "120", "delay.rapid-response": "6"}
WEST_KENT = {"reach.self-care": "80", "effect.care-planning": "50", "delay.rapid-response": "-9"}


@pytest.fixture(scope="module")
def results() -> PlanResults:
    return check_texts(care_plan(), today=TODAY)


@pytest.fixture(scope="module")
def west_kent() -> dict[str, str]:
    return texts_of_folder(EXAMPLES / "west-kent-2017")


def _tables(answer: CareAnswer) -> dict[str, Table]:
    return {part.id: part for part in parts_of(answer.sections) if isinstance(part, Table)}


def _numbers(table: Table, row: int) -> list[str]:
    return ["".join(getattr(run, "printed", None) or run.text for run in cell.runs) for cell in table.rows[row].cells]


def test_moving_nothing_gives_the_figures_of_the_plan_for_every_year_and_point(west_kent: dict[str, str]) -> None:
    results = check_texts(west_kent, today=TODAY)
    found = moved_figures(results, asked_of(results.plan, {}))
    assert found.figures is results.figures
    fresh = compute_care(moved_plan(results.plan, found.asked.positions), known={}).figures
    assert len(fresh) > 200
    assert {name: figure.value for name, figure in fresh.items()} == {
        name: results.figures[name].value for name in fresh
    }


def test_moved_sliders_give_the_figures_of_the_plan_that_has_their_cells(west_kent: dict[str, str]) -> None:
    results = check_texts(west_kent, today=TODAY)
    found = moved_figures(results, asked_of(results.plan, WEST_KENT))
    section, text = scenario_with(west_kent, found.asked.positions, title="Moved", description="")
    kept = read_texts({**west_kent, section: text})
    under = apply_scenario(kept, scenario_named(kept, "moved"))
    as_scenario = compute(under, results.round).figures
    written = loaded(read_texts({**west_kent, **sections_with(west_kent, found.asked.positions)}))
    in_draft = compute(written.plan, written.round).figures
    assert len(found.figures) > 200
    for name, figure in found.figures.items():
        assert figure.value == as_scenario[name].value == in_draft[name].value, name


def test_what_is_kept_in_a_table_leaves_its_other_cells_alone(results: PlanResults) -> None:
    texts = care_plan()
    positions = asked_of(results.plan, {"effect.rapid-response": "50"}).positions
    changed = sections_with(texts, positions)
    assert list(changed) == ["care/effects.csv"]
    before = texts["care/effects.csv"]
    halved = before.replace("avoided,,10%", "avoided,,5%").replace("avoided,,20%", "avoided,,10%")
    assert changed["care/effects.csv"] == halved


@pytest.mark.parametrize("worth", list(Worth))
def test_net_is_saving_less_investment_however_savings_are_counted(results: PlanResults, worth: Worth) -> None:
    found = moved_figures(results, asked_of(results.plan, {**MOVED, "worth": worth}))
    saved = found.after(f"demand.total.2018-19.{worth.measure}")
    assert saved is not None
    assert found.net("2018-19") == saved - Decimal(280)
    assert found.net("2018-19") != found.net("2018-19", moved=False)


def test_at_marginal_cost_no_figure_of_the_payer_stands_there(results: PlanResults) -> None:
    tariff, marginal = (care_answer(results, asked_of(results.plan, {"worth": each})) for each in Worth)
    first, second = (_numbers(_tables(each)["moved-money-by-year"], 0) for each in (tariff, marginal))
    assert first[0] == second[0]
    assert first[1:] != second[1:]
    assert "at marginal cost" in marginal.tiles[1].title


@pytest.mark.parametrize("worth", list(Worth))
@pytest.mark.parametrize("year", ["2017-18", "2018-19"])
def test_the_steps_of_the_waterfall_add_up_to_net_benefit(results: PlanResults, worth: Worth, year: str) -> None:
    found = moved_figures(results, asked_of(results.plan, {**MOVED, "worth": worth, "year": year}))
    picture = money_chart(found).picture
    assert isinstance(picture, Waterfall)
    assert picture.levels[0] == 0
    assert picture.levels[-1] == pytest.approx(float(found.net(year) or 0), abs=1e-5)


def test_the_answer_says_how_it_differs_from_the_plan(results: PlanResults) -> None:
    same, other = (care_answer(results, asked_of(results.plan, given)) for given in ({}, MOVED))
    assert same.says.endswith("as in the plan.")
    assert same.changed == 0
    assert {tile.better for tile in same.tiles} == {None}
    assert "less than in the plan" in other.says
    assert other.tiles[0].better is False
    assert other.changed == 4


def test_what_each_slider_means_is_said_beside_it(results: PlanResults) -> None:
    answer = care_answer(results, asked_of(results.plan, MOVED))
    words = {slider.name: slider.words for each in answer.interventions for slider in each.sliders}
    assert words["reach.rapid-response"] == "3,000 of 10,000 people (30% of each segment)"
    assert words["effect.reablement"].endswith("1 of 1 effects are above what evidence allows")
    assert words["delay.rapid-response"] == "at 25%, 75% of full effect, year by year"


def test_beds_and_staff_follow(results: PlanResults) -> None:
    answer = care_answer(results, asked_of(results.plan, {"reach.rapid-response": "0"}))
    rows = {each[0]: each for each in (_numbers(_tables(answer)["moved-needs"], row) for row in range(3))}
    assert rows["Beds: non-elective bed days"][3] > rows["Beds: non-elective bed days"][2]
    assert float(rows["Nurse"][3]) < float(rows["Nurse"][2])
    assert rows["Therapist"][2] == rows["Therapist"][3]


def test_a_plan_that_asks_for_very_many_runs_is_answered_with_fewer_while_sliders_move() -> None:
    results = check_texts(care_plan(header=care_plan()["plan.yaml"].replace("runs: 64", "runs: 4000")), today=TODAY)
    moved = care_answer(results, asked_of(results.plan, MOVED))
    assert moved.runs == 1000
    assert care_answer(results, asked_of(results.plan, {})).runs == 4000


def test_a_long_run_is_what_the_plan_would_find_with_so_many_runs(results: PlanResults) -> None:
    told: list[str] = []
    run = read_long_run(long_run_content(care_plan(), {"reach.rapid-response": "60"}, progress=told.append))
    assert told[-1] == "10,000 of 10,000 runs"
    assert len(told) == 20
    found = moved_figures(results, asked_of(results.plan, {"reach.rapid-response": "60"}))
    longer = compute_care(with_runs(found.plan, 10_000), known={}).figures
    shown = with_long_run(found, run)
    assert shown.runs == 10_000
    for year in ("2017-18", "2018-19"):
        for measure in ("saving-low", "saving-middle", "saving-high", "claim-probability", "saving"):
            name = f"demand.total.{year}.{measure}"
            assert shown.after(name) == longer[name].value, name


def test_all_that_an_address_gets_wrong_is_said_at_once(results: PlanResults) -> None:
    with pytest.raises(InputError) as refused:
        asked_of(results.plan, {"year": "1999-00", "worth": "gold", "reach.rapid-response": "x", "z": "1"})
    assert len(refused.value.problems) == 4


@pytest.mark.parametrize("title", ["", "   ", "!!!", "x" * 300])
def test_a_scenario_needs_a_title_that_makes_a_name(results: PlanResults, title: str) -> None:
    positions = asked_of(results.plan, MOVED).positions
    with pytest.raises(InputError, match="no name that can be kept"):
        scenario_with(care_plan(), positions, title=title, description="")


def test_nothing_moved_is_nothing_to_keep(results: PlanResults) -> None:
    positions = asked_of(results.plan, {}).positions
    with pytest.raises(InputError, match="nothing to keep"):
        sections_with(care_plan(), positions)


def test_a_name_is_not_taken_twice(results: PlanResults) -> None:
    positions = asked_of(results.plan, MOVED).positions
    section, text = scenario_with(care_plan(), positions, title="Late start", description="")
    assert section == "scenarios/late-start.yaml"
    with pytest.raises(InputError, match="there is a scenario called late-start"):
        scenario_with({**care_plan(), section: text}, positions, title="late  START", description="")


def test_a_plan_without_costs_has_savings_and_no_net() -> None:
    texts = care_plan()
    del texts["care/costs.csv"]
    results = check_texts(texts, today=TODAY)
    answer = care_answer(results, asked_of(results.plan, MOVED))
    assert answer.says.startswith("Saving in 2018-19")
    assert [tile.title for tile in answer.tiles] == ["Saving, 2018-19", "Runs that reach the claim"]


def test_a_plan_without_interventions_has_no_sliders_and_is_shown() -> None:
    texts = care_plan()
    for name in ("interventions", "reach", "effects", "costs", "staff"):
        del texts[f"care/{name}.csv"]
    results = check_texts(texts, today=TODAY)
    answer = care_answer(results, asked_of(results.plan, {}))
    assert answer.interventions == ()
    assert replace(answer).says.startswith("Saving in 2018-19")
