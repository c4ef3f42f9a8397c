"""ACT001: evidence seldom supports the saving that the plan claims."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import percent
from placeplan.assurance.reading_care import place_of_claims, total_id
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each year whose claimed saving is reached in fewer runs than the plan asks for."""
    settings = case.plan.header.care
    if settings is None:
        return
    for year in case.plan.header.years:
        saving, found = (known_figure(case, total_id(year, name)) for name in ("saving", "claim-probability"))
        if saving is None or found is None or value_of(found) >= settings.claim_probability:
            continue
        middle = known_figure(case, total_id(year, "saving-middle"))
        yield CHECK.finding(
            subject=saving.id,
            location=place_of_claims(case.plan),
            facts={
                "year": year,
                "claimed": worded(saving.value, saving.unit),
                "probability": percent(value_of(found)),
                "asked": f"{settings.claim_probability}%",
                "middle": worded(value_of(middle), saving.unit),
            },
            figures=(saving.id, found.id),
        )


CHECK = Check(
    code="ACT001",
    title="The claimed saving is more than evidence supports at the probability that the plan asks for",
    message=(
        "{year}: {claimed} is claimed and is reached in {probability} of the runs that evidence allows, where the plan "
        "asks for {asked}; half of the runs save no more than {middle}"
    ),
    severity=Severity.WARNING,
    why=(
        "A saving is spent before it is made. The plan gives each effect a range that evidence allows; drawn together "
        "with growth, they say how often the whole claim is reached."
    ),
    mend="Claim less, reach more people, or show evidence for stronger effects in care/effects.csv.",
    references=(
        "Placeplan's own rule; the plan sets the probability in plan.yaml, care.claim_probability",
        "West Kent local care plan, 2017, sections 14.1 and 14.2: assumptions still to be tested",
    ),
    find=find,
)
