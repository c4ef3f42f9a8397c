"""The p-median as textbooks write it, handed to HiGHS as it is: a variable for each point and each site."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, kron

FloatArray = npt.NDArray[np.float64]


def p_median_in_milp(cost: FloatArray, demand: FloatArray, *, p: int) -> float:
    """The least weighted travel. Source: ReVelle and Swain, Geographical Analysis 1970;2:30."""
    points, sites = cost.shape
    travel = (cost * demand[:, np.newaxis]).ravel()
    none_for_sites = csr_array((points, sites))
    served = hstack([kron(eye_array(points), np.ones((1, sites))), none_for_sites])
    chosen = hstack([eye_array(points * sites), -kron(np.ones((points, 1)), eye_array(sites))])
    number = hstack([csr_array((1, points * sites)), csr_array(np.ones((1, sites)))])
    found = milp(
        np.concatenate([travel, np.zeros(sites)]),
        integrality=np.concatenate([np.zeros(points * sites), np.ones(sites)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(served.tocsr(), 1, 1),
            LinearConstraint(chosen.tocsr(), -np.inf, 0),
            LinearConstraint(number.tocsr(), p, p),
        ],
        options={"mip_rel_gap": 0.0},
    )
    assert found.success, found.message
    return float(found.fun)
