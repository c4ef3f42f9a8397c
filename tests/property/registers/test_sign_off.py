"""Whatever the bodies and whatever changes: a signature is re-opened exactly when it rested on what changed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placeplan.registers.sign_off import SIGNED, Body, Signature, State, Verdict, may_sign, sign_off, turns

SECTIONS = ("plan.yaml", "finance/lines.csv", "care/beds.csv", "narrative/01.md")
PATTERNS = st.lists(st.sampled_from(["finance/*", "care/*", "narrative/*", "plan.yaml"]), max_size=3, unique=True)
STEPS = st.lists(st.sampled_from(["Officers", "Cabinet"]), max_size=2, unique=True)
START = datetime(2026, 4, 1, tzinfo=UTC)
NOW = dict.fromkeys(SECTIONS, "before")


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Body, ...]:
    """Bodies that wait for all before them, for some, or for nobody, with internal steps or without."""
    found: list[Body] = []
    names: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        named = tuple(draw(st.lists(st.sampled_from(names), unique=True))) if names else ()
        after = draw(st.sampled_from([None, named]))
        body = Body(f"Body {number}", tuple(draw(PATTERNS)), after)
        found.extend(body.with_internal_steps(draw(STEPS)))
        names.append(body.name)
    return tuple(found)


def _all_signed(every: tuple[Body, ...]) -> list[Signature]:
    """Everybody signs in turn, one at a time."""
    given: list[Signature] = []
    while due := turns(sign_off(every, given, checksums=NOW)):
        body = next(each for each in every if each.name == due[0])
        at = START + timedelta(minutes=len(given))
        stood = body.sections(NOW)
        given.append(Signature(body=body.name, verdict=Verdict.APPROVED, at=at, sections=stood))
        assert len(given) <= len(every), "nobody signs twice"
    return given


@given(every=bodies())
def test_signing_in_turn_always_comes_to_an_end_with_every_body(every: tuple[Body, ...]) -> None:
    given = _all_signed(every)
    assert {signature.body for signature in given} == {body.name for body in every}
    assert all(state.state in SIGNED for state in sign_off(every, given, checksums=NOW))


@given(every=bodies(), changed=st.sets(st.sampled_from(SECTIONS)))
def test_a_change_reopens_what_rested_on_it_and_nothing_else(every: tuple[Body, ...], changed: set[str]) -> None:
    later = NOW | dict.fromkeys(changed, "after")
    states = sign_off(every, _all_signed(every), checksums=later)
    for state in states:
        rested = any(state.body.rests_on(section) for section in changed)
        assert (state.state is State.REOPENED) == rested
        assert set(state.changed) == {section for section in changed if state.body.rests_on(section)}


@given(every=bodies())
def test_a_body_waits_exactly_while_somebody_before_it_has_not_signed(every: tuple[Body, ...]) -> None:
    states = sign_off(every, [], checksums=NOW)
    for state in states:
        assert bool(state.waits_for) == bool(may_sign(states, state.body.name))
    assert turns(states), "somebody can always begin"
