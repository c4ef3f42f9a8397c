"""The care model of a plan: one chain from activity to money, beds and staff; what does not fit is said at its cell."""

from decimal import Decimal

import pytest
from tests.unit.app.care.small_care_plan import CARE, HEADER, care_plan

from placeplan.app.computing import Computed, compute
from placeplan.app.loading import loaded
from placeplan.app.plan_texts import read_texts
from placeplan.kernel.errors import InputError
from placeplan.kernel.figures import Figure

TOTAL = "demand.total.2018-19"


def _computed(changes: dict[str, tuple[str, str]] | None = None, **more: str) -> Computed:
    plan = loaded(read_texts({**care_plan(changes), **more}))
    return compute(plan.plan, plan.round)


def _value(figure: str, changes: dict[str, tuple[str, str]] | None = None) -> Decimal:
    value = _computed(changes).figures[figure].value
    assert value is not None
    return value


def _own(figure: Figure) -> dict[str, Decimal]:
    return {given.label: given.share for given in figure.inputs if given.share is not None}


def test_savings_are_what_a_spreadsheet_gives() -> None:
    admissions = 3000 * 1.03**2 * 0.5 * 0.2 * 1.0
    attendances = 4000 * 1.03**2 * 1.01 * 1.02 * 0.5 * 0.1
    left = 1 - 0.5 * 0.2
    days = 30000 * 1.03**2 * left * 0.4 * 0.15 + 24000 * 0.1 * 0.15
    saving = (admissions * 2000 + attendances * 150 + days * 250) / 1000
    assert float(_value(f"{TOTAL}.saving")) == pytest.approx(saving, abs=1e-6)
    assert _value(f"{TOTAL}.investment") == 280
    assert float(_value(f"{TOTAL}.net")) == pytest.approx(saving - 280, abs=1e-6)


def test_segments_and_points_are_two_cuts_of_one_saving() -> None:
    figures = _computed().figures
    by_segment = sum(figures[f"demand.segments.{name}.2018-19.saving"].value or 0 for name in ("older", "others"))
    assert float(by_segment) == pytest.approx(float(figures[f"{TOTAL}.saving"].value or 0), abs=1e-5)


def test_one_effect_moves_every_figure_downstream() -> None:
    before = _computed().figures
    after = _computed({"care/effects.csv": ("avoided,,20%", "avoided,,22%")}).figures
    moved = {name for name in before if before[name].value != after[name].value}
    assert {
        "demand.non-elective-admissions.2018-19.with-interventions",
        "demand.non-elective-bed-days.2018-19.with-interventions",
        "demand.non-elective-admissions.2018-19.saving",
        f"{TOTAL}.net",
        "capacity.beds.non-elective-bed-days.2018-19.needed",
    } <= moved
    assert not any(name.endswith(("do-nothing", "investment", "in-post", "there")) for name in moved)


def test_an_intervention_that_is_taken_away_takes_its_own_share_and_changes_what_is_done_together() -> None:
    name = "demand.non-elective-bed-days.2018-19.with-interventions"
    with_both = _own(_computed().figures[name])
    without = dict(CARE)
    for table in ("interventions", "reach", "effects", "costs", "staff"):
        path = f"care/{table}.csv"
        kept = [line for line in CARE[path].splitlines(keepends=True) if "rapid-response" not in line]
        without[path] = "".join(kept)
    alone = loaded(read_texts({"plan.yaml": HEADER, **without}))
    with_one = _own(compute(alone.plan, alone.round).figures[name])
    assert with_one["reablement"] == with_both["reablement"]
    assert "rapid-response" not in with_one
    assert "together, beyond what each does alone" in with_both


def test_every_figure_leads_back_to_cells_of_the_care_tables() -> None:
    figures = _computed().figures
    found, waiting = set(), [f"{TOTAL}.net"]
    while waiting:
        for given in figures[waiting.pop()].inputs:
            if hasattr(given.origin, "figure"):
                waiting.append(given.origin.figure)
            else:
                found.add(given.origin.location.file)
    assert found == {"care/interventions.csv", "care/costs.csv"}


def test_money_links_to_a_saving_of_its_own_year() -> None:
    lines = (
        "service,provider,line,step,recurrent,starts,2017-18,2018-19,reason,source\n"
        'place,,Outturn,outturn,,,"10,000",,,\n'
        "place,,Local care,efficiency-scheme,,,-@demand.total.saving,-@demand.total.saving,,\n"
    )
    figures = _computed(**{"finance/lines.csv": lines}).figures
    scheme = figures["finance.place.2017-18.efficiency-scheme"]
    assert scheme.value == -(figures["demand.total.2017-18.saving"].value or 0)


def test_a_stated_saving_is_reconciled_with_the_modelled_one() -> None:
    stated = "figure,value,sign,source\ndemand.total.2018-19.saving,900,,page 1\n"
    (found,) = _computed(**{"finance/stated.csv": stated}).reconciliations
    assert (found.figure, found.verdict.value) == ("demand.total.2018-19.saving", "fails")


def test_the_same_plan_and_seed_give_the_same_runs() -> None:
    assert _value(f"{TOTAL}.saving-low") == _value(f"{TOTAL}.saving-low")
    other = loaded(read_texts(care_plan(header=HEADER.replace("seed: 7", "seed: 8"))))
    assert compute(other.plan, other.round).figures[f"{TOTAL}.saving-low"].value != _value(f"{TOTAL}.saving-low")


def test_a_claim_within_the_evidence_is_often_reached() -> None:
    modest = {"care/effects.csv": ("avoided,,20%", "avoided,,1%")}
    assert _value(f"{TOTAL}.claim-probability", modest) > _value(f"{TOTAL}.claim-probability")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        ("care/effects.csv", "avoided,,20%", "avoided,,120%", 2, "at most 1, that is 100% of the activity"),
        ("care/effects.csv", "avoided,,20%", "avoided,,-5%", 2, "expected 0 or more"),
        ("care/effects.csv", "shorter-stay,,15%,100%,100%", "shorter-stay,,15%,100%,50%", 4, "expected it not to fall"),
        ("care/interventions.csv", "50%,100%", "-50%,100%", 2, "expected 0 to 1"),
        ("care/interventions.csv", "25%,100%", "25%,", 3, "this year has no rate"),
        ("care/reach.csv", "older,50%", "elderly,50%", 2, "there is no segment called 'elderly'"),
        ("care/reach.csv", "older,50%", "older,150%", 2, "150% of a segment cannot be reached"),
        (
            "care/reach.csv",
            "rapid-response,older",
            "rapid-reply,older",
            2,
            "there is no intervention called 'rapid-reply'",
        ),
        ("care/activity.csv", "older,place,4000", "older,town,4000", 2, "there is no area called 'town'"),
        ("care/activity.csv", "older,place,4000", "older,place,-4000", 2, "below zero"),
        ("care/activity.csv", "ae-attendances,older", "casualty,older", 2, "no point of delivery called 'casualty'"),
        (
            "care/staff.csv",
            "agenda-for-change-home,10",
            "as-one-likes,10",
            2,
            "no pattern of work called 'as-one-likes'",
        ),
        ("care/prices.csv", "150,150", "-150,150", 2, "expected pounds, 0 or more"),
        ("care/growth.csv", "3.0%,3.0%", "3.0%,tbc", 2, "tbc is not a rate"),
        ("care/growth.csv", "3.0%,3.0%", "3.0%,@demand.total.saving", 2, "@demand.total.saving is not a rate"),
        ("care/costs.csv", "100,200", "100,@finance.place.2018-19.total", 2, "makes a circle"),
    ],
)
def test_what_does_not_fit_is_said_at_its_row(file: str, old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        _computed({file: (old, new)})
    assert any(
        (problem.location.file, problem.location.line) == (file, line) and words in str(problem)
        for problem in caught.value.problems
    ), str(caught.value)


def test_all_problems_are_said_at_once() -> None:
    changes = {"care/effects.csv": ("avoided,,20%", "avoided,,120%"), "care/growth.csv": ("3.0%,3.0%", "3.0%,tbc")}
    with pytest.raises(InputError) as caught:
        _computed(changes)
    assert {problem.location.file for problem in caught.value.problems} == set(changes)


def test_two_claims_on_one_activity_are_refused() -> None:
    twice = CARE["care/effects.csv"] + (
        "rapid-response,non-elective-admissions,avoided,older,5%,,,,,,,low,synthetic,made up\n"
    )
    with pytest.raises(InputError, match="two of its effects claim non-elective-admissions"):
        _computed(**{"care/effects.csv": twice})


def test_the_base_year_stands_before_the_plan() -> None:
    plan = loaded(read_texts(care_plan(header=HEADER.replace("base_year: 2016-17", "base_year: 2014-15"))))
    with pytest.raises(InputError, match="the year before the plan, which begins in 2017-18"):
        compute(plan.plan, plan.round)


def test_a_range_of_clusters_is_in_order() -> None:
    wrong = HEADER.replace("  seed: 7", "  clusters: {least: 50000, most: 30000}\n  seed: 7")
    with pytest.raises(InputError, match="the least, 50,000, is more than the most, 30,000"):
        read_texts(care_plan(header=wrong))


def test_a_figure_names_the_tables_behind_it_that_are_made_up_or_fitted() -> None:
    changed = {"care/effects.csv": ("moderate,synthetic", "moderate,calibrated")}
    figures = _computed(changed).figures
    assert figures["demand.ae-attendances.2018-19.do-nothing"].leans_on == (
        "care/growth.csv (synthetic)",
        "care/activity.csv (synthetic)",
    )
    net = figures[f"{TOTAL}.net"].leans_on
    assert {"care/effects.csv (synthetic)", "care/effects.csv (calibrated)", "care/costs.csv (synthetic)"} <= set(net)
    assert "care/prices.csv (synthetic)" in net


def test_a_care_model_of_firm_rows_leans_on_nothing() -> None:
    firm = {path: text.replace(",synthetic,", ",published,") for path, text in CARE.items()}
    assert not any(figure.leans_on for figure in _computed(**firm).figures.values())


def test_money_that_links_to_a_made_up_saving_says_so() -> None:
    lines = (
        "service,provider,line,step,recurrent,starts,2017-18,2018-19,reason,source\n"
        'place,,Outturn,outturn,,,"10,000",,,\n'
        "place,,Local care,efficiency-scheme,,,-@demand.total.saving,-@demand.total.saving,,\n"
    )
    figures = _computed(**{"finance/lines.csv": lines}).figures
    assert "care/activity.csv (synthetic)" in figures["finance.place.2017-18.total"].leans_on
