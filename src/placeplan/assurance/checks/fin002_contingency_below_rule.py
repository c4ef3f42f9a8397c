"""FIN002: The contingency is below the rule of the round."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_step, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep

HINT = "If a contingency is inside another line, enter it as a line of its own with the step contingency."


def find(case: Case) -> Iterator[Finding]:
    """Each service and year that falls short by more than rounding; lighter when the plan has no such line, for it may
    be hidden.
    """
    for at in service_years(case.plan):
        required = known_figure(case, at.id(Measure.CONTINGENCY_REQUIRED))
        planned = known_figure(case, at.id(BridgeStep.CONTINGENCY))
        if required is None or (planned is None and at.id(BridgeStep.CONTINGENCY) in case.figures):
            continue
        short = value_of(required) - value_of(planned)
        if short > required.tolerance + (planned.tolerance if planned else 0):
            yield CHECK.finding(
                subject=at.id(BridgeStep.CONTINGENCY),
                location=place_of_step(case, at, step=BridgeStep.CONTINGENCY),
                facts={
                    "at": at.words,
                    "planned": worded(value_of(planned), required.unit),
                    "required": worded(required.value, required.unit),
                    "rule": required.formula,
                },
                severity=Severity.ERROR if value_of(planned) else Severity.WARNING,
                suggestion="" if value_of(planned) else HINT,
                figures=tuple(figure.id for figure in (required, planned) if figure),
            )


CHECK = Check(
    code="FIN002",
    title="The contingency is below the rule of the round",
    message="{at}: a contingency of {planned} is planned where the rule asks for {required} ({rule})",
    severity=Severity.ERROR,
    why=(
        "A contingency is money that is not promised to anybody. Without it the first bad month has to be paid for "
        "with somebody's service."
    ),
    mend="Raise the contingency to what the rule asks for; `placeplan explain` shows how that is worked out.",
    references=(
        "Everyone Counts 2014/15, business rules (Table 1 of the Leicestershire and Lincolnshire plan 2014-16)",
    ),
    find=find,
)
