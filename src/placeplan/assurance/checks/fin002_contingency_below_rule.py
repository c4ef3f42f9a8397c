"""FIN002: The contingency is below the rule of the round."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.rule_shortfalls import short_of_rule
from placeplan.finance.measures import Measure
from placeplan.plan.tables import BridgeStep

HINT = "If a contingency is inside another line, enter it as a line of its own with the step contingency."


def find(case: Case) -> Iterator[Finding]:
    """Each service and year that falls short by more than rounding."""
    return short_of_rule(
        CHECK,
        case,
        required=Measure.CONTINGENCY_REQUIRED,
        planned=BridgeStep.CONTINGENCY,
        step=BridgeStep.CONTINGENCY,
        hint=HINT,
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
