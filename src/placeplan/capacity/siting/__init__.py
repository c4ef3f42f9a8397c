"""Where to put what: sites chosen so that people travel little, with the proof of how good the choice is.

Every function takes a table of costs (minutes or metres, demand points by candidate sites), gives a frozen result, and
says honestly how it ended: a time limit is never called optimal.
"""

from placeplan.capacity.siting.covering import maximal_covering, p_centre, set_covering
from placeplan.capacity.siting.fairness import GroupTravel, WorstOffTravel, mean_travel
from placeplan.capacity.siting.fixed_charge import fixed_charge
from placeplan.capacity.siting.frontier import FrontierPoint, SiteReason, frontier, why_chosen
from placeplan.capacity.siting.p_median import p_median
from placeplan.capacity.siting.travel import TravelFit, fitted_travel, straight_km
from placeplan.capacity.siting.types import Siting, SitingError, Status

__all__ = [
    "FrontierPoint",
    "GroupTravel",
    "SiteReason",
    "Siting",
    "SitingError",
    "Status",
    "TravelFit",
    "WorstOffTravel",
    "fitted_travel",
    "fixed_charge",
    "frontier",
    "maximal_covering",
    "mean_travel",
    "p_centre",
    "p_median",
    "set_covering",
    "straight_km",
    "why_chosen",
]
