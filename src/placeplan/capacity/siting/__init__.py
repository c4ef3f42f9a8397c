"""Where to put what: sites chosen so that people travel little, with the proof of how good the choice is.

Every function takes a table of costs (minutes or metres, demand points by candidate sites), gives a frozen result, and
says honestly how it ended: a time limit is never called optimal.
"""

from placeplan.capacity.siting.p_median import p_median
from placeplan.capacity.siting.types import Siting, SitingError, Status

__all__ = ["Siting", "SitingError", "Status", "p_median"]
