"""EFF001: a large share of the savings is not identified."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.phrasing import percent
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import EfficiencyScheme


def find(case: Case) -> Iterator[Finding]:
    """Each service and year with too large a share, at the largest scheme that is not identified."""
    high, grave = case.definitions.level("unidentified-share"), case.definitions.level("unidentified-share-grave")
    open_schemes: dict[str, EfficiencyScheme] = {}
    for scheme in case.plan.schemes:
        if scheme.identified is False:
            key = efficiency_id(scheme.service, scheme.year, measure=SchemeMeasure.UNIDENTIFIED_SHARE)
            before = open_schemes.get(key)
            if before is None or scheme.gross.value > before.gross.value:
                open_schemes[key] = scheme
    for figure_id, scheme in open_schemes.items():
        share = known_figure(case, figure_id)
        if share is not None and value_of(share) > high.value:
            missing = known_figure(case, efficiency_id(scheme.service, scheme.year, measure=SchemeMeasure.UNIDENTIFIED))
            total = known_figure(case, efficiency_id(scheme.service, scheme.year, measure=SchemeMeasure.NET))
            yield CHECK.finding(
                subject=figure_id,
                location=scheme.place.at("gross"),
                facts={
                    "service": case.plan.header.service(scheme.service).name,
                    "year": scheme.year,
                    "share": percent(value_of(share)),
                    "missing": worded(value_of(missing), str(case.plan.header.money)),
                    "total": worded(value_of(total), str(case.plan.header.money)),
                    "level": percent(high.value),
                },
                severity=Severity.ERROR if value_of(share) > grave.value else CHECK.severity,
                figures=(figure_id,),
                leans_on=unconfirmed([high]),
            )


CHECK = Check(
    code="EFF001",
    title="A large share of the savings is not identified",
    message=(
        "{service}, {year}: {share} of the savings ({missing} of {total}) is not identified; more than {level} is too"
        " much"
    ),
    severity=Severity.WARNING,
    why=(
        "A saving that nobody knows how to make is a deficit by another name, and it is usually found in the last "
        "quarter."
    ),
    mend="Find schemes for it before the plan is signed, or show it as a risk with its own contingency.",
    references=("Draft QIPP plan of Dartford, Gravesham and Swanley, Kent Health and Wellbeing Board, 16 March 2016",),
    find=find,
)
