"""Every belief about a factor, in one place to import from."""

from placeplan.demand.bell_distributions import LogNormal, Normal
from placeplan.demand.bounded_distributions import Beta, Fixed, Pert, Triangular, Uniform
from placeplan.demand.distribution import Distribution

__all__ = ["Beta", "Distribution", "Fixed", "LogNormal", "Normal", "Pert", "Triangular", "Uniform"]
