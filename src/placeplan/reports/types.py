"""What a report is made from."""

from dataclasses import dataclass

from placeplan.assurance.findings import Case
from placeplan.assurance.judging import Judgement
from placeplan.kernel.figures import Figures
from placeplan.plan.header import PlanHeader
from placeplan.plan.model import Plan
from placeplan.plan.revisions import PublishedRevision
from placeplan.rounds.planning_round import PlanningRound


@dataclass(frozen=True, slots=True)
class PlanResults:
    """A plan with everything that was computed from it, and what the checks say of it.

    ``revisions`` are those that led to it, the first one first, where it is kept as revisions.
    """

    case: Case
    judgement: Judgement
    revisions: tuple[PublishedRevision, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.case.plan

    @property
    def header(self) -> PlanHeader:
        """What ``plan.yaml`` says."""
        return self.case.plan.header

    @property
    def figures(self) -> Figures:
        """Every figure that was computed."""
        return self.case.figures

    @property
    def round(self) -> PlanningRound:
        """The planning round that the plan answers to."""
        return self.case.round
