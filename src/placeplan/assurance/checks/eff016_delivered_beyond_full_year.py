"""EFF016: a scheme saved more than it can save in a full year."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.finance.delivery import DeliveryMeasure, deliveries_of, delivery_scheme_id
from placeplan.finance.efficiency import full_year_saving
from placeplan.kernel.figures import ZERO
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each scheme whose reported months alone come to more than its saving in a full year, at its last row."""
    unit = str(case.plan.header.money)
    for each in deliveries_of(case.plan):
        saved = sum((each.saved(number) for number in each.reported), ZERO)
        full = full_year_saving(each.scheme)
        if each.reported and full > 0 and saved > full:
            last = each.rows[each.reported[-1]]
            yield CHECK.finding(
                subject=f"{each.scheme.scheme} {each.scheme.service} {each.scheme.year}",
                location=last.place.at("gross"),
                facts={
                    "title": each.scheme.title,
                    "saved": worded(saved, unit),
                    "last": last.month,
                    "full": worded(full, unit),
                },
                figures=(delivery_scheme_id(each.scheme, DeliveryMeasure.DELIVERED),),
            )


CHECK = Check(
    code="EFF016",
    title="A scheme saved more than it can in a full year",
    message="{title}: {saved} is reported up to {last}, and a full year of it saves {full}",
    severity=Severity.WARNING,
    why="A number is wrong (cumulative values instead of months, or another unit), or the plan was far too low.",
    mend="Report what was saved in each month by itself, in the unit of the plan; or correct the full-year saving.",
    references=("NHS England, CCG financial planning template 2014/15: full-year effects",),
    find=find,
)
