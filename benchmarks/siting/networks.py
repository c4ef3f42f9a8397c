"""Road networks made as the standard instances of the p-median are: a ring and random edges of random whole lengths."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

from benchmarks.siting.peers import FloatArray

LONGEST = 100
NODES_SQUARED_FOR_AN_EDGE = 50


def made_network(nodes: int, *, seed: int) -> FloatArray:
    """Shortest ways between all nodes.

    Source: Beasley, European Journal of Operational Research 1985;21:270, on networks of n squared over 50 edges.
    """
    draw = np.random.default_rng(seed)
    ring = np.column_stack([np.arange(nodes), (np.arange(nodes) + 1) % nodes])
    others = draw.integers(0, nodes, (max(0, nodes * nodes // NODES_SQUARED_FOR_AN_EDGE - nodes), 2))
    ends = np.concatenate([ring, others])
    lengths = draw.integers(1, LONGEST + 1, len(ends)).tolist()
    last = {(min(a, b), max(a, b)): length for (a, b), length in zip(ends.tolist(), lengths, strict=True) if a != b}
    pairs = np.array(list(last))
    table = coo_array((np.array(list(last.values()), dtype=float), (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))
    return np.asarray(shortest_path(table.tocsr(), directed=False), dtype=np.float64)
