from datetime import date
from pathlib import Path

import numpy as np
import pytest

from placeplan.app.care.capacity_definitions import read_care_definitions, read_workforce_definitions
from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.intervention_library import (
    FOLDER,
    read_enhanced_services,
    read_interventions,
    read_interventions_in,
    read_maturity_stages,
    read_unit_prices,
    unit_prices_in,
)
from placeplan.app.segments.describing import describe_scheme
from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.combining import combine
from placeplan.demand.errors import DemandError
from placeplan.demand.investment import investment
from placeplan.demand.savings import savings
from placeplan.kernel.errors import InputError

LIBRARY = read_interventions()
RAPID = FOLDER / "interventions" / "rapid-response.yaml"


def test_the_eight_interventions_of_kent_and_medway_in_the_order_of_the_plan() -> None:
    assert LIBRARY.ids == (
        "care-planning",
        "self-care",
        "healthy-living-environment",
        "multidisciplinary-teams",
        "single-point-of-access",
        "rapid-response",
        "discharge-and-reablement",
        "expert-opinion-and-diagnostics",
    )
    assert [one.number for one in LIBRARY.interventions] == list(range(1, 9))


def test_targets_points_roles_and_levels_are_those_of_the_other_definitions() -> None:
    points = set(read_points().ids)
    roles = {role.id for module in read_workforce_definitions().modules for role in module.roles}
    levels = {level.id for level in read_care_definitions().levels}
    for one in LIBRARY.interventions:
        assert {effect.point for effect in one.effects} <= points
        assert {each.role for each in one.staff} <= roles
        assert set(one.levels) <= levels
    assert set(read_unit_prices().unit_prices()) == points


def test_every_effect_cites_evidence_with_its_finding_and_strength() -> None:
    strengths = {each.id for each in LIBRARY.strengths}
    for one in LIBRARY.interventions:
        for effect in one.effects:
            assert effect.strength in strengths
            assert all(each.finding for each in LIBRARY.cited(effect))
    used = {name for one in LIBRARY.interventions for effect in one.effects for name in effect.evidence}
    assert used == {each.id for each in LIBRARY.evidence}


def test_nothing_general_is_said_to_be_confirmed() -> None:
    assert not any(one.confirmed for one in LIBRARY.interventions)
    assert not LIBRARY["rapid-response"].overdue(date(2027, 11, 28))
    assert LIBRARY["rapid-response"].overdue(date(2027, 11, 29))


def test_the_whole_library_runs_on_a_place_and_its_waterfall_closes() -> None:
    segments = tuple(dict.fromkeys(target.segment for one in LIBRARY.interventions for target in one.targets))
    axes = Axes(read_points().ids, segments, ("Maidstone", "Weald"), ("2017-18", "2018-19", "2019-20", "2020-21"))
    path = Activity(axes, np.random.default_rng(3).uniform(50, 5000, axes.shape))
    made = [LIBRARY.intervention(name, start="2017-18") for name in LIBRARY.ids]
    found = combine(path, made, bed_days=read_points().bed_days)
    assert found.attribution.discrepancy < 1e-9 * path.values.max()
    worth = savings(found.saved, axes, prices=read_unit_prices().unit_prices())
    assert (worth.at_marginal_cost.total <= worth.at_full_cost.total).all()
    people = np.full(axes.shape[1:], 3000.0)
    costs = investment(made, axes, costs=LIBRARY.costs(), people=people)
    assert costs.total.sum(axis=(0, 1)).min() > 0


def test_reach_of_other_segments_stands_in_for_that_of_the_library() -> None:
    one = LIBRARY.intervention("rapid-response", start="2017-18", reach={"older complex, tier 1": 0.3})
    assert one.reach == {"older complex, tier 1": 0.3}
    with pytest.raises(DemandError, match="there is no intervention 'robots'; expected one of: care-planning"):
        LIBRARY["robots"]


def test_targets_of_the_library_are_segments_of_the_scheme_that_kent_used() -> None:
    words = str(describe_scheme("kent-2017", day=date(2026, 11, 28)))
    for one in LIBRARY.interventions:
        assert all(target.segment in words for target in one.targets)


def broken(folder: Path, *changes: tuple[str, str], name: str = "rapid-response.yaml") -> str:
    text = RAPID.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_interventions_in(folder)
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("pert: [0.02, 0.10, 0.20]", "pert: [0.02, 0.10, 1.20]", "a share of 1.2 may come; expected at most 1"),
        ("pert: [0.02, 0.10, 0.20]", "pert: [-0.1, 0.10, 0.20]", "a share of -0.1 may come; expected 0 or more"),
        ("pert: [0.02, 0.10, 0.20]", "pert: [0.2, 0.10, 0.20]", "the mode 0.1 lies outside"),
        ("reach: 0.3, low: 0.15", "reach: 0.1, low: 0.15", "expected 0 <= low <= reach <= high <= 1"),
        ("segment: dementia", "segment: four-or-more-conditions", "'four-or-more-conditions' stands there twice"),
        ("ramp: west-kent-2017", "ramp: steep", "there is no ramp 'steep'; expected one of: west-kent-2017"),
        ("[edgar-2024, monitor-2015]", "[edgar-2024, nobody-1999]", "'nobody-1999' does not stand in the list"),
        ("strength: low", "strength: strong", "there is no strength 'strong'; expected one of: high, moderate"),
        ("basis: team, amount: 500000", "basis: team, amount: -5", "the amount is -5"),
        ("point: ae-attendances", "point: non-elective-admissions", "claim non-elective-admissions (avoided)"),
        ("contacts: 3", "contacts: -3", "expected contacts and minutes of 0 or more"),
        ("id: rapid-response", "id: slow-response", "'slow-response' stands in a file called rapid-response.yaml"),
        ("about: >-", "aboot: >-", "the key 'aboot' is not known here"),
    ],
)
def test_a_definition_that_cannot_be_is_one_message_with_its_line(
    tmp_path: Path, old: str, new: str, wanted: str
) -> None:
    words = broken(tmp_path, (old, new))
    assert wanted in words
    assert "interventions/rapid-response.yaml:" in words


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("id: [", encoding="utf-8")
    words = broken(tmp_path, ("ramp: west-kent-2017", "ramp: steep"), ("strength: low", "strength: strong"))
    assert "other.yaml" in words
    assert "'steep'" in words
    assert "'strong'" in words


def test_prices_of_the_user_are_checked_the_same_way(tmp_path: Path) -> None:
    given = (FOLDER / "unit_prices.yaml").read_text(encoding="utf-8")
    file = tmp_path / "prices.yaml"
    file.write_text(given.replace("variable: 0.2", "variable: 0.4", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"add up to 1\.2; expected 1"):
        unit_prices_in(file)
    file.write_text(given.replace("point: outpatient-first", "point: ae-attendances", 1), encoding="utf-8")
    with pytest.raises(InputError, match="'ae-attendances' stands there twice"):
        unit_prices_in(file)
    with pytest.raises(InputError, match="the file cannot be opened"):
        unit_prices_in(tmp_path / "none.yaml")


def test_stages_and_services_that_come_with_placeplan() -> None:
    assert read_maturity_stages().ladder()[0].share == 0
    assert [service.id for service in read_enhanced_services().services] == ["hpv-catch-up", "childhood-immunisation"]
