"""Privacy stages: who may see and do what, as data, and questions that are answered with a reason.

What no permission allows is refused; so is what nobody defines. There is no way to switch this off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import Field, model_validator

from placeplan.documents.models import DocumentModel, Truth, Words
from placeplan.kernel.errors import PlaceplanError
from placeplan.rounds.governance import Governed
from placeplan.rounds.money_rules import Slug

SHORTEST_REASON = 10


class NotPermittedError(PlaceplanError):
    """Something was asked for that no permission allows; the message says why."""


class Named(DocumentModel):
    """A purpose or a role."""

    id: Slug
    title: Words


class Stage(Named):
    """A stage, and what it is."""

    means: Words


class Permission(DocumentModel):
    """An action at a stage, and who may do it for which purposes.

    ``own_practice``: only for the practice that the person works for. ``reason``: only with a reason in words.
    """

    stage: Slug
    action: Slug
    roles: Annotated[tuple[Slug, ...], Field(min_length=1)]
    purposes: Annotated[tuple[Slug, ...], Field(min_length=1)]
    own_practice: Truth = False
    reason: Truth = False


class PrivacyPolicy(Governed):
    """Stages, roles, purposes and permissions. ``disclosure_rule``: what every released table has been through."""

    purposes: tuple[Named, ...]
    roles: tuple[Named, ...]
    stages: tuple[Stage, ...]
    disclosure_rule: Slug
    permissions: tuple[Permission, ...]

    @model_validator(mode="after")
    def _permissions_name_what_there_is(self) -> Self:
        """Refuse a permission for a stage, a role or a purpose that is not defined, and two for one action."""
        known = {"stage": self.known("stages"), "role": self.known("roles"), "purpose": self.known("purposes")}
        for one in self.permissions:
            named = [("stage", one.stage), *(("role", each) for each in one.roles)]
            for kind, name in [*named, *(("purpose", each) for each in one.purposes)]:
                if name not in known[kind]:
                    message = f"the permission to {one.action} names the {kind} '{name}', which is not defined"
                    raise ValueError(message)
        asked = [(one.stage, one.action) for one in self.permissions]
        if len(set(asked)) < len(asked):
            message = "two permissions are for the same action at the same stage"
            raise ValueError(message)
        return self

    def known(self, what: str) -> tuple[str, ...]:
        """The identifiers of the stages, roles or purposes."""
        found: tuple[Named, ...] = getattr(self, what)
        return tuple(one.id for one in found)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for. ``practice`` is what it is about, ``works_for`` the practice of the person."""

    stage: str
    action: str
    requester: str
    role: str
    purpose: str
    practice: str = ""
    works_for: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a request is allowed, and why or why not."""

    allowed: bool
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """The decision as a person reads it."""
        return f"{'Allowed' if self.allowed else 'Refused'}: {'; '.join(self.reasons)}."


def decision(policy: PrivacyPolicy, request: Request) -> Decision:
    """Whether somebody may do what they ask for. Every reason against it is told."""
    against = tuple(_unknown(policy, request))
    if against:
        return Decision(allowed=False, reasons=against)
    found = [one for one in policy.permissions if (one.stage, one.action) == (request.stage, request.action)]
    if not found:
        return Decision(allowed=False, reasons=(f"nothing allows anybody to {request.action} at {request.stage}",))
    against = tuple(_against(found[0], request))
    if against:
        return Decision(allowed=False, reasons=against)
    return Decision(allowed=True, reasons=(f"a {request.role} may {request.action} for {request.purpose}",))


def refuse_unless_allowed(policy: PrivacyPolicy, request: Request) -> None:
    """Stop what no permission allows.

    Raises:
        NotPermittedError: with every reason.
    """
    found = decision(policy, request)
    if not found.allowed:
        raise NotPermittedError(str(found))


def _unknown(policy: PrivacyPolicy, request: Request) -> Iterator[str]:
    """What the request names and nobody defines."""
    for kind, name in (("stages", request.stage), ("roles", request.role), ("purposes", request.purpose)):
        known = policy.known(kind)
        if name not in known:
            yield f"'{name}' is none of the {kind} ({', '.join(known)})"
    if not request.requester.strip():
        yield "nobody is named who asks"


def _against(permission: Permission, request: Request) -> Iterator[str]:
    """What speaks against a request that a permission is about."""
    if request.role not in permission.roles:
        yield f"a {request.role} may not {request.action}; {', '.join(permission.roles)} may"
    if request.purpose not in permission.purposes:
        yield f"nobody may {request.action} for {request.purpose}"
    if permission.own_practice and not request.practice.strip():
        yield "no practice is named that this is about"
    elif permission.own_practice and request.practice != request.works_for:
        yield f"only who works for the practice {request.practice} may {request.action} there"
    if permission.reason and len(request.reason.strip()) < SHORTEST_REASON:
        yield f"a reason in words is needed, of {SHORTEST_REASON} characters or more"
