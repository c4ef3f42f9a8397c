"""EFF007: the schemes do not add up to the efficiency line of the bridge."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_step, service_years, value_of
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep


def find(case: Case) -> Iterator[Finding]:
    """Each service and year where both are there and differ by more than rounding."""
    for at in service_years(case.plan):
        net = known_figure(case, efficiency_id(at.service.id, at.year, measure=SchemeMeasure.NET))
        step = known_figure(case, at.id(BridgeStep.EFFICIENCY_SCHEME))
        if net is None or step is None:
            continue
        gap = value_of(net) + value_of(step)
        if abs(gap) > net.tolerance + step.tolerance:
            yield CHECK.finding(
                subject=step.id,
                location=place_of_step(case, at, step=BridgeStep.EFFICIENCY_SCHEME),
                facts={
                    "at": at.words,
                    "schemes": worded(net.value, net.unit),
                    "bridge": worded(-value_of(step), step.unit),
                    "gap": worded(gap, net.unit),
                },
                suggestion=f"A link keeps them together: -@{net.id}.",
                figures=(step.id, net.id),
            )


CHECK = Check(
    code="EFF007",
    title="The schemes do not add up to the saving in the bridge",
    message="{at}: the schemes save {schemes} net, the bridge counts on {bridge}; the difference is {gap}",
    severity=Severity.WARNING,
    why="The bridge balances with one saving while the schemes deliver another.",
    mend="Link the line of the bridge to the schemes, or list the schemes that are missing.",
    references=("Placeplan's design: one chain, no re-keying",),
    find=find,
)
