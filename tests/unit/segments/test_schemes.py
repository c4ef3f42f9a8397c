"""A scheme that is not a partition does not load, and the refusal names a person."""

from pathlib import Path
from typing import Any

import pytest

from placeplan.app.segments.definitions import FOLDER, read_definitions, read_scheme, read_schemes
from placeplan.kernel.errors import InputError
from placeplan.segments.conditions import Frailty
from placeplan.segments.explaining import explained
from placeplan.segments.facts import Facts, rules_that_hold
from placeplan.segments.proving import proof_of

KENT = (FOLDER / "schemes" / "kent-2017.yaml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, *, new: str, text: str = KENT) -> Path:
    """The Kent scheme with one thing changed."""
    assert old in text
    path = tmp_path / "kent-2017.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_scheme(path, read_definitions())
    return str(caught.value)


@pytest.mark.parametrize("scheme", read_schemes(), ids=lambda scheme: scheme.id)
def test_schemes_that_come_along_are_partitions(scheme: Any) -> None:
    proof = proof_of(scheme, read_definitions())
    assert proof.cells > 1_000
    assert not proof.faults


def test_numbers_of_segments_are_those_of_the_sources() -> None:
    sizes = {scheme.id: len(scheme.segments) for scheme in read_schemes()}
    assert sizes == {"kent-2017": 9, "bridges-to-health": 8, "six-groups": 7}


def test_gap_names_a_person_who_is_nowhere(tmp_path: Path) -> None:
    said = refused(changed(tmp_path, "at_most: 3}", new="at_most: 2}", text=KENT.replace("when: [{}]", new_healthy())))
    assert "no rule holds for a person with: age unknown, 3 long-term conditions" in said
    assert "kent-2017.yaml" in said


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(KENT.splitlines(), 1) if words in line)


def new_healthy() -> str:
    return "when: [{long_term_conditions: {at_most: 0}}]"


def test_two_rules_of_one_priority_name_a_person_whom_both_claim(tmp_path: Path) -> None:
    said = refused(changed(tmp_path, "segment: cancer, priority: 2", new="segment: cancer, priority: 1"))
    assert "'cancer' and 'dementia' have the same priority and both hold for a person with" in said
    assert "cancer, dementia" in said
    assert said.startswith(f"segments/kent-2017.yaml:{line_of('id: dementia, segment')}:")


def test_rule_that_never_decides_is_refused(tmp_path: Path) -> None:
    said = refused(
        changed(tmp_path, "segment: mostly-healthy, priority: 9", new="segment: mostly-healthy, priority: 1")
    )
    assert "have the same priority" in said
    said = refused(
        changed(tmp_path, "priority: 1, when: [{any_condition: [dementia]}]", new="priority: 10, when: [{}]")
    )
    assert "'dementia' never decides" in said


def test_order_in_the_file_means_nothing(tmp_path: Path) -> None:
    _, rules = KENT.split("rules:\n")
    first, rest = rules.split("\n", 1)
    turned = read_scheme(changed(tmp_path, rules, new=f"{rest}{first}\n", text=KENT), read_definitions())
    assert {rule.id: rule for rule in turned.rules} == {rule.id: rule for rule in kent().rules}
    assert turned.by_priority == kent().by_priority


def kent() -> Any:
    return next(scheme for scheme in read_schemes() if scheme.id == "kent-2017")


def test_condition_that_nobody_defines_is_refused(tmp_path: Path) -> None:
    assert "no condition is called 'dementa'" in refused(changed(tmp_path, "[dementia]", new="[dementa]"))


def test_age_bands_must_meet(tmp_path: Path) -> None:
    said = refused(changed(tmp_path, "{id: '16-69', from: 16, to: 69}", new="{id: '16-69', from: 16, to: 64}"))
    assert "each begin one year after the last ends" in said


def test_too_many_separate_names_cannot_be_proved(tmp_path: Path) -> None:
    names = sorted(read_definitions().condition_ids)[:20]
    rules = "\n".join(
        f"  - {{id: r{n}, segment: dementia, priority: {20 + n}, when: [{{any_condition: [{name}]}}]}}"
        for n, name in enumerate(names)
    )
    assert "too many to prove" in refused(changed(tmp_path, "rules:\n", new=f"rules:\n{rules}\n"))


def test_segment_without_a_rule_is_refused(tmp_path: Path) -> None:
    extra = "segments:\n  - {id: nobody, title: Nobody, confidence: unconfirmed}\n"
    assert "segments and rules do not agree on: nobody" in refused(changed(tmp_path, "segments:\n", new=extra))


def test_test_on_an_unknown_fact_does_not_hold() -> None:
    six = next(scheme for scheme in read_schemes() if scheme.id == "six-groups")
    assert rules_that_hold(six, Facts(age=None))[0].segment == "live-well"
    assert rules_that_hold(six, Facts(age=17))[0].segment == "children"
    assert rules_that_hold(six, Facts(age=80, frailty=None))[0].segment == "live-well"
    assert rules_that_hold(six, Facts(age=80, frailty=Frailty.MODERATE))[0].segment == "stay-well"


def test_person_is_told_why() -> None:
    facts = Facts(age=82, long_term_conditions=5, conditions=frozenset({"dementia", "cancer"}))
    said = explained(kent(), facts)
    assert str(said) == (
        "In 'dementia' by the rule 'dementia': has dementia. "
        "These would hold too: cancer, four-or-more, mostly-healthy."
    )


def test_what_the_kent_document_does_not_name_is_unconfirmed() -> None:
    unconfirmed = {one.id for one in kent().segments if one.confidence == "unconfirmed"}
    assert unconfirmed == {"dementia", "cancer", "learning-disability", "socially-excluded"}
