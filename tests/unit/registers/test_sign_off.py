"""Bodies sign in their order; a change re-opens only the signatures that rested on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from placeplan.registers.sign_off import Body, Signature, State, Verdict, complete, may_sign, sign_off, turns

FINANCE = Body("Finance committee", ("finance/*",))
CLINICAL = Body("Clinical committee", ("performance/*", "narrative/*"))
BOARD = Body("Board")
BODIES = (FINANCE, CLINICAL, BOARD)
NOW = {"plan.yaml": "p1", "finance/lines.csv": "f1", "performance/trajectories.csv": "t1", "narrative/01.md": "n1"}
START = datetime(2026, 4, 1, tzinfo=UTC)


def _signed(
    body: Body, *, minutes: int, verdict: Verdict = Verdict.APPROVED, sections: dict[str, str] = NOW
) -> Signature:
    words = "" if verdict is Verdict.APPROVED else "More on risk."
    at = START + timedelta(minutes=minutes)
    conditions = int(verdict is Verdict.CONDITIONS)
    stood = body.sections(sections)
    return Signature(body=body.name, verdict=verdict, at=at, sections=stood, words=words, open_conditions=conditions)


def _states(*signatures: Signature, now: dict[str, str] = NOW) -> list[State]:
    return [each.state for each in sign_off(BODIES, signatures, checksums=now)]


def test_the_first_body_is_open_and_the_others_wait() -> None:
    assert _states() == [State.OPEN, State.WAITING, State.WAITING]


def test_bodies_open_one_after_the_other() -> None:
    first = _signed(FINANCE, minutes=1)
    assert _states(first) == [State.SIGNED, State.OPEN, State.WAITING]
    second = _signed(CLINICAL, minutes=2, verdict=Verdict.CONDITIONS)
    assert _states(first, second) == [State.SIGNED, State.CONDITIONS, State.OPEN]


def test_all_signed_is_complete() -> None:
    every = [_signed(body, minutes=place) for place, body in enumerate(BODIES)]
    assert complete(sign_off(BODIES, every, checksums=NOW))
    assert not complete(sign_off(BODIES, every[:2], checksums=NOW))
    assert not complete(sign_off((), (), checksums=NOW))


def test_a_change_reopens_only_what_rested_on_it() -> None:
    every = [_signed(body, minutes=place) for place, body in enumerate(BODIES)]
    found = sign_off(BODIES, every, checksums={**NOW, "finance/lines.csv": "f2"})
    assert [each.state for each in found] == [State.REOPENED, State.SIGNED, State.REOPENED]
    assert found[0].changed == ("finance/lines.csv",)


def test_a_section_that_appears_or_goes_reopens_too() -> None:
    every = [_signed(body, minutes=place) for place, body in enumerate(BODIES)]
    assert _states(*every, now={**NOW, "finance/efficiency.csv": "e1"})[0] is State.REOPENED
    assert (
        _states(*every, now={key: value for key, value in NOW.items() if key != "finance/lines.csv"})[0]
        is State.REOPENED
    )


def test_a_change_that_is_taken_back_restores_the_signature() -> None:
    every = [_signed(body, minutes=place) for place, body in enumerate(BODIES)]
    assert _states(*every, now=dict(NOW)) == [State.SIGNED] * 3


def test_the_latest_word_of_a_body_counts() -> None:
    returned, then = _signed(FINANCE, minutes=1, verdict=Verdict.RETURNED), _signed(FINANCE, minutes=5)
    assert _states(returned) == [State.RETURNED, State.WAITING, State.WAITING]
    assert _states(then, returned) == [State.SIGNED, State.OPEN, State.WAITING]


def test_a_body_may_not_sign_before_its_turn() -> None:
    states = sign_off(BODIES, (), checksums=NOW)
    assert may_sign(states, "Finance committee") == ""
    assert may_sign(states, "Board") == (
        "Finance committee signs before Board, and has not signed the plan as it stands."
    )
    assert may_sign(states, "Parish council") == "Parish council does not sign this plan."


@pytest.mark.parametrize("verdict", [Verdict.CONDITIONS, Verdict.RETURNED])
def test_conditions_and_returns_need_words(verdict: Verdict) -> None:
    with pytest.raises(ValueError, match="say the conditions"):
        Signature(body="Board", verdict=verdict, at=START, sections={}, words=" ")


def test_names_of_bodies_must_fit() -> None:
    with pytest.raises(ValueError, match="two bodies have one name"):
        sign_off((BOARD, BOARD), (), checksums=NOW)
    with pytest.raises(ValueError, match="Board does not sign this plan"):
        sign_off((FINANCE,), [_signed(BOARD, minutes=1)], checksums=NOW)


def test_a_body_signs_after_the_bodies_that_it_names_and_one_that_waits_for_nobody_at_any_time() -> None:
    council, group = Body("Council", after=()), Body("Group", after=())
    joint = Body("Joint board", after=("Council", "Group"))
    states = sign_off((council, group, joint), [], checksums=NOW)
    assert [each.state for each in states] == [State.OPEN, State.OPEN, State.WAITING]
    assert turns(states) == ("Council", "Group")
    given = [_signed(group, minutes=1)]
    assert may_sign(sign_off((council, group, joint), given, checksums=NOW), "Joint board").startswith("Council signs")


def test_internal_steps_of_a_body_come_before_it_and_hold_up_no_other() -> None:
    council = Body("Council", ("finance/*",), after=()).with_internal_steps(("Officers", "Cabinet"))
    bodies = (*council, Body("Group", after=()), Body("Joint board"))
    states = sign_off(bodies, [], checksums=NOW)
    assert turns(states) == ("Council: Officers", "Group")
    given = [_signed(council[0], minutes=1), _signed(council[1], minutes=2)]
    states = sign_off(bodies, given, checksums=NOW)
    assert turns(states) == ("Council", "Group")
    assert states[-1].waits_for == ("Council", "Group")
    changed = sign_off(bodies, given, checksums=NOW | {"finance/lines.csv": "f2"})
    assert changed[0].state is State.REOPENED, "an internal step rests on what its body rests on"
    assert changed[3].state is State.OPEN


def test_conditions_that_are_all_met_leave_a_plain_signature() -> None:
    signed = _signed(FINANCE, minutes=1, verdict=Verdict.CONDITIONS)
    assert _states(replace(signed, open_conditions=1))[0] is State.CONDITIONS
    assert _states(replace(signed, open_conditions=0))[0] is State.SIGNED
