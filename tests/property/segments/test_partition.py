"""What the loader proves holds for every person, and what it refuses is refused for a person who is there."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.segments.conditions import Frailty
from placeplan.segments.facts import Facts, rules_that_hold
from placeplan.segments.proving import proof_of
from placeplan.segments.scaling import shared_out
from placeplan.segments.schemes import Scheme

DEFINITIONS = read_definitions()
SCHEMES = read_schemes()
SOME = sorted(DEFINITIONS.condition_ids)[:4]
FLAGS = sorted(DEFINITIONS.flag_ids)[:2]


@st.composite
def people(draw: st.DrawFn, conditions: list[str], flags: list[str]) -> Facts:
    """Anybody: whoever has long-term conditions has at least as many of them."""
    had = draw(st.frozensets(st.sampled_from(conditions)))
    count = draw(st.integers(len(had & DEFINITIONS.long_term), len(DEFINITIONS.long_term)))
    marked = draw(st.frozensets(st.sampled_from(flags)))
    frailty = draw(st.none() | st.sampled_from(Frailty))
    return Facts(draw(st.none() | st.integers(0, 110)), count, had, marked, frailty)


@given(scheme=st.sampled_from(SCHEMES), facts=people(sorted(DEFINITIONS.condition_ids), sorted(DEFINITIONS.flag_ids)))
def test_anybody_is_in_exactly_one_segment(scheme: Scheme, facts: Facts) -> None:
    found = rules_that_hold(scheme, facts)
    assert found
    assert len({rule.priority for rule in found}) == len(found)


ENDS = st.none() | st.integers(0, 90)


@st.composite
def alternatives(draw: st.DrawFn) -> dict[str, Any]:
    first, last = sorted([draw(st.integers(0, 90)), draw(st.integers(0, 90))])
    least, most = sorted([draw(st.integers(0, 5)), draw(st.integers(0, 5))])
    return {
        name: value
        for name, value in {
            "age": {"from": first, "to": last},
            "long_term_conditions": {"at_least": least, "at_most": most},
            "any_condition": draw(st.lists(st.sampled_from(SOME), min_size=1, max_size=2, unique=True)),
            "any_flag": draw(st.lists(st.sampled_from(FLAGS), min_size=1, unique=True)),
            "frailty": {"at_least": draw(st.sampled_from(Frailty))},
        }.items()
        if not draw(st.integers(0, 2))
    }


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Schemes that somebody might write in a hurry."""
    kent = next(one for one in SCHEMES if one.id == "kent-2017").model_dump(by_alias=True)
    size = draw(st.integers(1, 3))
    rules = [
        {
            "id": f"r{n}", "segment": f"r{n}", "priority": draw(st.integers(1, 3)),
            "when": draw(st.lists(alternatives(), min_size=1, max_size=2)),
        }
        for n in range(size)
    ]  # fmt: skip
    if draw(st.booleans()):
        rules.append({"id": "rest", "segment": "rest", "priority": 4, "when": [{}]})
    segments = [{"id": rule["id"], "title": "x", "confidence": "unconfirmed"} for rule in rules]
    return Scheme.model_validate({**kent, "rules": rules, "segments": segments})


@given(scheme=schemes(), some=st.lists(people(SOME, FLAGS), min_size=20, max_size=40))
def test_proof_is_right_about_anybody(scheme: Scheme, some: list[Facts]) -> None:
    messages = [fault.message for fault in proof_of(scheme, DEFINITIONS).faults]
    gap = any(message.startswith("no rule holds") for message in messages)
    clash = any("have the same priority" in message for message in messages)
    for facts in some:
        found = rules_that_hold(scheme, facts)
        assert found or gap, facts
        assert len({rule.priority for rule in found}) == len(found) or clash, facts


@given(figures=st.lists(st.integers(0, 10**12), min_size=1), whole=st.integers(0, 10**14))
def test_shares_add_up_and_are_never_a_unit_away(figures: list[int], whole: int) -> None:
    linked = sum(figures)
    if not linked:
        return
    shares = shared_out(figures, whole)
    assert sum(shares) == whole
    assert all(abs(share * linked - figure * whole) < linked for share, figure in zip(shares, figures, strict=True))
