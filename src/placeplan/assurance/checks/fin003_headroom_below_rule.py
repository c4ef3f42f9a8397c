"""FIN003: Less is spent non-recurrently than the rule of the round asks for."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.rule_shortfalls import short_of_rule
from placeplan.finance.measures import Measure
from placeplan.plan.tables import BridgeStep

HINT = "If spend inside another line will not go on, mark it non-recurrent or enter it with the step headroom."


def find(case: Case) -> Iterator[Finding]:
    """Each service and year that falls short by more than rounding."""
    return short_of_rule(
        CHECK,
        case,
        required=Measure.HEADROOM_REQUIRED,
        planned=Measure.NON_RECURRENT_SPEND,
        step=BridgeStep.HEADROOM,
        hint=HINT,
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
