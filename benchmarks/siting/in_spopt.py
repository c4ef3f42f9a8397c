"""Solve one p-median with spopt and its default solver: ``python in_spopt.py FILE``. Prints a line of JSON.

It runs in a Python of its own, in which spopt is installed, so that Placeplan need not depend on it.
"""

import json
import sys
import time

import numpy as np
import pulp
import spopt
from spopt.locate import PMedian


def main(file: str) -> None:
    """From cost and demand to the answer."""
    given = np.load(file)
    started = time.perf_counter()
    solver = pulp.PULP_CBC_CMD(msg=False)
    model = PMedian.from_cost_matrix(given["cost"], given["demand"], p_facilities=int(given["p"]))
    model.solve(solver)
    seconds = time.perf_counter() - started
    objective = float(model.problem.objective.value())
    answer = {"seconds": seconds, "objective": objective, "version": spopt.__version__, "solver": solver.name}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
