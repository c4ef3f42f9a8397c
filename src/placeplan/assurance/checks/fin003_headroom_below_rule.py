"""FIN003: Less is spent non-recurrently than the rule of the round asks for."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_step, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep

HINT = "If spend inside another line will not go on, mark it non-recurrent or enter it with the step headroom."


def find(case: Case) -> Iterator[Finding]:
    """Each service and year that falls short by more than rounding; lighter when the plan has no such line, for it may
    be hidden.
    """
    for at in service_years(case.plan):
        required = known_figure(case, at.id(Measure.HEADROOM_REQUIRED))
        planned = known_figure(case, at.id(Measure.NON_RECURRENT_SPEND))
        if required is None or (planned is None and at.id(Measure.NON_RECURRENT_SPEND) in case.figures):
            continue
        short = value_of(required) - value_of(planned)
        if short > required.tolerance + (planned.tolerance if planned else 0):
            yield CHECK.finding(
                subject=at.id(Measure.NON_RECURRENT_SPEND),
                location=place_of_step(case, at, step=BridgeStep.HEADROOM),
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
    code="FIN003",
    title="Less is spent non-recurrently than the rule of the round asks for",
    message="{at}: {planned} of non-recurrent spend is planned where the rule asks for {required} ({rule})",
    severity=Severity.ERROR,
    why=(
        "Headroom is money that must be spent in a way that does not go on into the next year, such as on change. It "
        "is not money that "
        "may not be spent."
    ),
    mend="Plan the spend non-recurrently and mark its lines so.",
    references=(
        "Everyone Counts 2014/15, business rules (Table 1 of the Leicestershire and Lincolnshire plan 2014-16)",
        "NHS England (Kent and Medway) operational plan 2014-16, para 168",
    ),
    find=find,
)
