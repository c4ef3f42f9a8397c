"""Where a plan sets aside less than a business rule asks for."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_step, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep


def short_of_rule(
    check: Check, case: Case, *, required: Measure, planned: str, step: BridgeStep, hint: str
) -> Iterator[Finding]:
    """Each service and year that falls short by more than rounding; lighter where nothing is planned: it may be hidden.

    Args:
        check: whose findings they are.
        case: what is checked.
        required: measure of what the rule asks for.
        planned: measure or step of what the plan sets aside.
        step: step of the bridge to look at.
        hint: how to show what is hidden inside another line.
    """
    for at in service_years(case.plan):
        asked, held = known_figure(case, at.id(required)), known_figure(case, at.id(planned))
        if asked is None or (held is None and at.id(planned) in case.figures):
            continue
        if value_of(asked) - value_of(held) > asked.tolerance + (held.tolerance if held else 0):
            yield check.finding(
                subject=at.id(planned),
                location=place_of_step(case, at, step=step),
                facts={
                    "at": at.words,
                    "planned": worded(value_of(held), asked.unit),
                    "required": worded(asked.value, asked.unit),
                    "rule": asked.formula,
                },
                severity=Severity.ERROR if value_of(held) else Severity.WARNING,
                suggestion="" if value_of(held) else hint,
                figures=tuple(figure.id for figure in (asked, held) if figure),
            )
