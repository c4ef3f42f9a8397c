"""Reads where each body stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from placeplan.app.plan_texts import read_texts
from placeplan.plan.header import Partner, PlanHeader
from placeplan.registers.rights import Standing
from placeplan.registers.sign_off import Body, BodyState, Signature, Verdict, complete, sign_off
from placeplan.web.access.models import Organisation
from placeplan.web.access.selectors import overseers_of
from placeplan.web.planning.models import Plan, Revision
from placeplan.web.planning.selectors import checksums_of_revision, latest_revision, texts_of_revision
from placeplan.web.signing.models import ConditionRow, Seat, SignatureRow, Submission


@dataclass(frozen=True, slots=True)
class SignOff:
    """Where the signing of a plan stands.

    Attributes:
        revision: the revision that stands.
        submission: its submission, if it was put forward.
        states: each body in its order.
        gone: bodies that signed and that the plan no longer names.
    """

    revision: Revision
    submission: Submission | None
    states: tuple[BodyState, ...]
    gone: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every body has signed the plan as it stands."""
        return complete(self.states)


def bodies_of(partner: Partner) -> tuple[Body, ...]:
    """A partner of the plan as bodies that sign: its internal steps, then itself."""
    after = () if partner.any_time else partner.after or None
    return Body(partner.name, partner.depends_on, after).with_internal_steps(partner.internal)


def seats_in(found: SignOff) -> tuple[str, ...]:
    """The bodies that have members of their own: not the internal steps of one."""
    return tuple(dict.fromkeys(state.body.seat for state in found.states))


def sign_off_of(plan: Plan) -> SignOff:
    """Where the signing of a plan stands."""
    revision = latest_revision(plan)
    bodies = tuple(body for partner in _header(revision).partners for body in bodies_of(partner))
    names = {body.name for body in bodies}
    rows = list(_counted(SignatureRow.objects.filter(plan=plan)))
    signatures = [_signature(row) for row in rows if row.body in names]
    states = sign_off(bodies, signatures, checksums=checksums_of_revision(revision))
    gone = tuple(dict.fromkeys(row.body for row in rows if row.body not in names))
    return SignOff(revision, Submission.objects.filter(revision=revision).first(), states, gone)


def _header(revision: Revision) -> PlanHeader:
    return read_texts(texts_of_revision(revision)).header


def _counted(rows: QuerySet[SignatureRow]) -> QuerySet[SignatureRow]:
    return rows.annotate(still_open=Count("conditions", filter=Q(conditions__met=None)))


def _signature(row: Any) -> Signature:
    return Signature(
        body=row.body,
        verdict=Verdict(row.verdict),
        at=row.at,
        sections=row.sections,
        words=row.words,
        open_conditions=row.still_open,
    )


def standing_of_body(plan: Plan, body: str) -> Standing:
    """Whose members speak for a body, or for an internal step of one: those of its seat, or of the plan's organisation.

    The seat of an internal step is that of its body; it is named ``body: step``.
    """
    seats = {seat.body: seat.organisation for seat in Seat.objects.filter(plan=plan).select_related("organisation")}
    named = [name for name in seats if body == name or body.startswith(f"{name}: ")]
    organisation = seats[max(named, key=len)] if named else plan.organisation
    return Standing(organisation.slug, overseers=overseers_of(organisation))


def seats_of(plan: Plan) -> dict[str, Organisation]:
    """The organisation whose members sign for each body that was given a seat."""
    return {seat.body: seat.organisation for seat in Seat.objects.filter(plan=plan).select_related("organisation")}


def signatures_of(plan: Plan) -> tuple[SignatureRow, ...]:
    """Every signature of a plan, the newest first."""
    found = SignatureRow.objects.filter(plan=plan).select_related("person", "revision", "evidence")
    return tuple(found.prefetch_related("conditions").order_by("-at"))


def conditions_of(plan: Plan) -> tuple[ConditionRow, ...]:
    """The conditions of the latest signature of each body: those that are open first, then those that are met."""
    latest = {row.body: row.pk for row in SignatureRow.objects.filter(plan=plan).order_by("at")}
    found = ConditionRow.objects.filter(signature__in=latest.values())
    found = found.select_related("signature__plan__organisation", "met_by", "evidence")
    return tuple(sorted(found, key=lambda each: (each.met is not None, each.signature_id, each.number)))


def condition_of(plan: Plan, number: int) -> ConditionRow | None:
    """A condition of a signature of a plan."""
    found = ConditionRow.objects.filter(signature__plan=plan, pk=number)
    return found.select_related("signature__plan__organisation").first()


def submissions_of(plan: Plan) -> tuple[Submission, ...]:
    """Every submission of a plan, the newest first."""
    found = Submission.objects.filter(revision__plan=plan).select_related("revision", "person")
    return tuple(found.order_by("-at"))


def submission_of(plan: Plan, number: int) -> Submission | None:
    """The submission of a revision of a plan."""
    found = Submission.objects.filter(revision__plan=plan, revision__number=number)
    return found.select_related("revision", "person").first()


def signatures_on(revision: Revision) -> tuple[SignatureRow, ...]:
    """The signatures that were given on a revision, in their order."""
    found = SignatureRow.objects.filter(revision=revision).select_related("person", "evidence")
    return tuple(found.prefetch_related("conditions__met_by").order_by("at"))
