"""Which service and year a page of money shows: those that were asked for, else the first that has a position."""

from collections.abc import Mapping
from dataclasses import dataclass

from placeplan.finance.measures import Measure, figure_id
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import Service
from placeplan.reports.types import PlanResults


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service and a year, and those that there are to choose from."""

    service: Service
    year: FinancialYear
    services: tuple[Service, ...]
    years: tuple[FinancialYear, ...]


def chosen(results: PlanResults, asked: Mapping[str, str]) -> Chosen | None:
    """What was asked for (``service``, ``year``); a name that is not there gives the first that is.

    Nothing where no service of the plan has both spend and an allocation, so that nobody has a position.
    """
    years = results.header.years
    services = tuple(service for service in results.header.services if _has_position(results, service))
    if not services:
        return None
    by_id = {service.id: service for service in services}
    service = by_id.get(asked.get("service", ""), services[0])
    year = next((each for each in years if each == asked.get("year")), years[0])
    return Chosen(service, year, services, years)


def _has_position(results: PlanResults, service: Service) -> bool:
    ids = (figure_id(service.id, year, measure=Measure.CUMULATIVE) for year in results.header.years)
    return any(each in results.figures for each in ids)
