"""Money: the summary against targets, each service from outturn to position, and what else is counted in pounds."""

from placeplan.reports.document import Section
from placeplan.reports.sections.benefits import benefits_section
from placeplan.reports.sections.bridge import bridge_section
from placeplan.reports.sections.claims import claims_section
from placeplan.reports.sections.delivery import delivery_section
from placeplan.reports.sections.distance import distance_section
from placeplan.reports.sections.efficiency import efficiency_section
from placeplan.reports.sections.investments import investments_section
from placeplan.reports.sections.outlook import outlook_section
from placeplan.reports.sections.providers import providers_section
from placeplan.reports.sections.spend_areas import spend_areas_section
from placeplan.reports.sections.targets import targets_section
from placeplan.reports.types import PlanResults


def money(results: PlanResults) -> Section:
    """All about money."""
    sections = (
        targets_section(results),
        *(bridge_section(results, service) for service in results.header.services),
        providers_section(results),
        distance_section(results),
        efficiency_section(results),
        delivery_section(results),
        spend_areas_section(results),
        claims_section(results),
        investments_section(results),
        benefits_section(results),
        outlook_section(results),
    )
    return Section("money", "Money", (), sections)
