"""Road networks for siting: the first of the standard instances, and others made as they were."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

FloatArray = npt.NDArray[np.float64]
# Instance pmed1 of the OR-Library (Beasley, European Journal of Operational Research 1985;21:270): nodes, edges, p,
# then an edge a line; an edge that stands there twice has the length that is given last.
PMED1 = Path(__file__).parent / "pmed1.txt"
PMED1_P, PMED1_OPTIMUM = 5, 5819.0
LENGTHS = 100
EDGES_OVER_NODES_SQUARED = 50


def distances(edges: npt.ArrayLike, *, nodes: int) -> FloatArray:
    """Shortest ways between all nodes, over edges that are written as from, to (counted from 0) and length."""
    last = {(min(a, b), max(a, b)): length for a, b, length in np.asarray(edges).tolist() if a != b}
    ends = np.array(list(last))
    table = coo_array((np.array(list(last.values()), dtype=float), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    return np.asarray(shortest_path(table.tocsr(), directed=False))


def pmed1() -> FloatArray:
    """Distances of the instance."""
    numbers = [list(map(int, line.split())) for line in PMED1.read_text(encoding="utf-8").splitlines()]
    edges = np.array(numbers[1:])
    edges[:, :2] -= 1
    return distances(edges, nodes=numbers[0][0])


def made_network(nodes: int, *, seed: int) -> FloatArray:
    """Distances of a network made as the standard ones are: a ring and random edges, of random whole lengths."""
    generator = np.random.default_rng(seed)
    count = nodes * nodes // EDGES_OVER_NODES_SQUARED
    ring = np.column_stack([np.arange(nodes), (np.arange(nodes) + 1) % nodes])
    others = generator.integers(0, nodes, (max(0, count - nodes), 2))
    ends = np.concatenate([ring, others])
    return distances(np.column_stack([ends, generator.integers(1, LENGTHS + 1, len(ends))]), nodes=nodes)
