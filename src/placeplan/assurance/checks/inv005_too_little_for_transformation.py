"""INV005: less of the headroom goes to transformation than the rule of the round asks for."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, service_years, value_of
from placeplan.finance.investments import InvestmentMeasure, investments_id
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each service with investments, and year, that falls short by more than rounding."""
    for at in service_years(case.plan):
        rows = [row for row in case.plan.investments if row.service == at.service.id]
        planned, required = (
            investments_id(at.service.id, at.year, measure=each)
            for each in (InvestmentMeasure.TRANSFORMATION, InvestmentMeasure.TRANSFORMATION_REQUIRED)
        )
        asked, held = known_figure(case, required), known_figure(case, planned)
        if not rows or asked is None or (held is None and planned in case.figures):
            continue
        if value_of(asked) - value_of(held) > asked.tolerance + (held.tolerance if held else 0):
            yield CHECK.finding(
                subject=planned,
                location=rows[0].place.at("transformation"),
                facts={
                    "at": at.words,
                    "planned": worded(value_of(held), asked.unit),
                    "required": worded(asked.value, asked.unit),
                    "rule": asked.formula,
                },
                figures=tuple(figure.id for figure in (asked, held) if figure),
            )


CHECK = Check(
    code="INV005",
    title="Less of the headroom goes to transformation than the rule of the round asks for",
    message="{at}: {planned} of headroom is spent on transformation where the rule asks for {required} ({rule})",
    severity=Severity.ERROR,
    why="Headroom is there to pay for change. What it pays for otherwise leaves services as they are.",
    mend="Mark the investments from headroom that change services, or give more of it to such.",
    references=(
        "Everyone Counts 2014/15, business rules (Table 1 of the Leicestershire and Lincolnshire plan 2014-16)",
    ),
    find=find,
)
