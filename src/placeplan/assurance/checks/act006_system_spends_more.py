"""ACT006: the system invests more than it stops spending."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_care import place_of_claims, total_id
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.figures import ZERO
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """The plan, when what is saved at marginal cost over its years is less than what is invested."""
    years = case.plan.header.years
    saved, invested, claimed = (
        [known_figure(case, total_id(year, name)) for year in years]
        for name in ("saving-at-marginal-cost", "investment", "saving")
    )
    known = [figure for figure in (*saved, *invested, *claimed) if figure is not None]
    if len(known) < len(years) * 3:
        return
    released, spent, tariff = (sum(map(value_of, each), ZERO) for each in (saved, invested, claimed))
    if released < spent:
        unit = known[0].unit
        yield CHECK.finding(
            subject=total_id(years[-1], "saving-at-marginal-cost"),
            location=place_of_claims(case.plan),
            facts={
                "first": years[0],
                "last": years[-1],
                "released": worded(released, unit),
                "spent": worded(spent, unit),
                "tariff": worded(tariff, unit),
            },
            figures=tuple(figure.id for figure in known),
        )


CHECK = Check(
    code="ACT006",
    title="The system invests more than it stops spending",
    message=(
        "{first} to {last}: {spent} is invested and {released} of spending ends, though {tariff} is saved at tariff; "
        "the rest is stranded cost"
    ),
    severity=Severity.WARNING,
    why=(
        "What a payer stops paying is not what the system stops spending. Wards, staff and buildings cost money "
        "until they are closed, and somebody in the system bears that."
    ),
    mend="Plan which capacity closes and when, invest less, or say who bears the stranded cost.",
    references=("Unit prices of Placeplan: how a cost goes away; a plan states its own in care/prices.csv",),
    find=find,
)
