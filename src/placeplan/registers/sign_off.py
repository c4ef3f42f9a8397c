"""Signing a plan in the order of its bodies, and what a later change re-opens.

A body signs the sections that it depends on, as they stand at that moment: its signature carries the checksum of each.
A section that changes afterwards re-opens the signatures that rested on it, and no other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase


class Verdict(StrEnum):
    """What a body says of the plan."""

    APPROVED = "approved"
    CONDITIONS = "approved-with-conditions"
    RETURNED = "returned"


class State(StrEnum):
    """Where a body stands."""

    WAITING = "waiting"
    OPEN = "open"
    SIGNED = "signed"
    CONDITIONS = "signed-with-conditions"
    RETURNED = "returned"
    REOPENED = "re-opened"


SIGNED = frozenset({State.SIGNED, State.CONDITIONS})
_STATES = {Verdict.APPROVED: State.SIGNED, Verdict.CONDITIONS: State.CONDITIONS, Verdict.RETURNED: State.RETURNED}


@dataclass(frozen=True, slots=True)
class Body:
    """A body that signs.

    Attributes:
        name: what it is called, unique among the bodies of a plan.
        depends_on: the sections that it answers for, as patterns of file names (``finance/*``); none: every section.
    """

    name: str
    depends_on: tuple[str, ...] = ()

    def rests_on(self, section: str) -> bool:
        """Whether its signature rests on a section."""
        return not self.depends_on or any(fnmatchcase(section, pattern) for pattern in self.depends_on)

    def sections(self, checksums: Mapping[str, str]) -> dict[str, str]:
        """The sections that it signs, with the checksum of each."""
        return {section: checksum for section, checksum in checksums.items() if self.rests_on(section)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a body said, when, and of which texts.

    Attributes:
        body: its name.
        verdict: approved, approved with conditions, or returned.
        at: when.
        sections: the checksum of each section that it signed.
        words: the conditions or the reason; needed unless it is a plain approval.
    """

    body: str
    verdict: Verdict
    at: datetime
    sections: Mapping[str, str]
    words: str = ""

    def __post_init__(self) -> None:
        if self.verdict is not Verdict.APPROVED and not self.words.strip():
            raise ValueError("say the conditions, or why it is returned")


@dataclass(frozen=True, slots=True)
class BodyState:
    """Where a body stands, with its latest signature and the sections that changed since."""

    body: Body
    state: State
    signature: Signature | None = None
    changed: tuple[str, ...] = ()


def sign_off(
    bodies: Sequence[Body], signatures: Iterable[Signature], *, checksums: Mapping[str, str]
) -> tuple[BodyState, ...]:
    """Where each body stands, in the order in which they sign.

    Args:
        bodies: who signs, first to last. A body is open once every body before it has signed what stands now. A body
            that has signed keeps its signature when only one before it is re-opened.
        signatures: every signature so far; of each body the latest counts.
        checksums: the sections as they stand now.

    Raises:
        ValueError: two bodies have one name, or a signature is of a body that is not there.
    """
    names = [body.name for body in bodies]
    if len(set(names)) != len(names):
        raise ValueError("two bodies have one name")
    latest: dict[str, Signature] = {}
    for signature in sorted(signatures, key=lambda each: each.at):
        if signature.body not in names:
            raise ValueError(f"{signature.body} does not sign this plan")
        latest[signature.body] = signature
    states: list[BodyState] = []
    for body in bodies:
        ready = all(before.state in SIGNED for before in states)
        states.append(_state(body, latest.get(body.name), checksums=checksums, ready=ready))
    return tuple(states)


def _state(body: Body, signature: Signature | None, *, checksums: Mapping[str, str], ready: bool) -> BodyState:
    if signature is None:
        return BodyState(body, State.OPEN if ready else State.WAITING)
    now = body.sections(checksums)
    sections = sorted({*now, *signature.sections})
    changed = tuple(name for name in sections if now.get(name) != signature.sections.get(name))
    if changed:
        return BodyState(body, State.REOPENED, signature, changed)
    return BodyState(body, _STATES[signature.verdict], signature)


def may_sign(states: Sequence[BodyState], body: str) -> str:
    """Why a body may not sign now, in words; empty when it may.

    A body may sign when every body before it has signed what stands now; it may sign again what was returned or
    re-opened.
    """
    places = [place for place, state in enumerate(states) if state.body.name == body]
    if not places:
        return f"{body} does not sign this plan."
    if states[places[0]].state in SIGNED:
        return f"{body} has signed the plan as it stands."
    before = next((each.body.name for each in states[: places[0]] if each.state not in SIGNED), None)
    return f"{before} signs before {body}, and has not signed the plan as it stands." if before else ""


def complete(states: Sequence[BodyState]) -> bool:
    """Whether every body has signed the plan as it stands. A plan that nobody signs is not."""
    return bool(states) and all(state.state in SIGNED for state in states)
