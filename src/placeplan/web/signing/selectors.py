"""Reads where each body stands."""

from dataclasses import dataclass

from placeplan.app.plan_texts import read_texts
from placeplan.plan.header import Partner, PlanHeader
from placeplan.registers.rights import Standing
from placeplan.registers.sign_off import Body, BodyState, Signature, Verdict, complete, sign_off
from placeplan.web.access.selectors import overseers_of
from placeplan.web.planning.models import Plan, Revision
from placeplan.web.planning.selectors import checksums_of_revision, latest_revision, texts_of_revision
from placeplan.web.signing.models import Seat, SignatureRow, Submission


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


def body_of(partner: Partner) -> Body:
    """A partner of the plan as a body that signs."""
    return Body(partner.name, partner.depends_on)


def sign_off_of(plan: Plan) -> SignOff:
    """Where the signing of a plan stands."""
    revision = latest_revision(plan)
    bodies = tuple(body_of(partner) for partner in _header(revision).partners)
    names = {body.name for body in bodies}
    rows = list(SignatureRow.objects.filter(plan=plan).select_related("person"))
    signatures = [_signature(row) for row in rows if row.body in names]
    states = sign_off(bodies, signatures, checksums=checksums_of_revision(revision))
    gone = tuple(dict.fromkeys(row.body for row in rows if row.body not in names))
    return SignOff(revision, Submission.objects.filter(revision=revision).first(), states, gone)


def _header(revision: Revision) -> PlanHeader:
    return read_texts(texts_of_revision(revision)).header


def _signature(row: SignatureRow) -> Signature:
    return Signature(body=row.body, verdict=Verdict(row.verdict), at=row.at, sections=row.sections, words=row.words)


def standing_of_body(plan: Plan, body: str) -> Standing:
    """Whose board members sign for a body: those of its seat, or of the plan's organisation."""
    seat = Seat.objects.filter(plan=plan, body=body).select_related("organisation").first()
    organisation = seat.organisation if seat else plan.organisation
    return Standing(organisation.slug, overseers=overseers_of(organisation))


def signatures_of(plan: Plan) -> tuple[SignatureRow, ...]:
    """Every signature of a plan, the newest first."""
    return tuple(SignatureRow.objects.filter(plan=plan).select_related("person", "revision").order_by("-at"))


def submissions_of(plan: Plan) -> tuple[Submission, ...]:
    """Every submission of a plan, the newest first."""
    found = Submission.objects.filter(revision__plan=plan).select_related("revision", "person")
    return tuple(found.order_by("-at"))
