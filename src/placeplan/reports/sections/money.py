"""Money: the summary against targets, then each service from outturn to position."""

from placeplan.reports.document import Section
from placeplan.reports.sections.bridge import bridge_section
from placeplan.reports.types import PlanResults


def money(results: PlanResults) -> Section:
    """All about money."""
    sections = tuple(bridge_section(results, service) for service in results.header.services)
    return Section("money", "Money", (), sections)
