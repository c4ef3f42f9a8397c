"""Peers that may be installed beside the benchmark; they are never a dependency, so each may be missing."""

import importlib
import types
from collections.abc import Callable
from functools import partial

import numpy as np


def _installed(name: str) -> types.ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def phstats_proportion(counts: np.ndarray, populations: np.ndarray) -> Callable[[], object] | None:
    """PHStatsMethods on a frame that is ready, without the columns that say what was done."""
    peer, pandas = _installed("PHStatsMethods"), _installed("pandas")
    if peer is None or pandas is None:
        return None
    frame = pandas.DataFrame({"count": counts, "population": populations})
    return partial(peer.ph_proportion, frame, "count", "population", metadata=False)


def phstats_rate(counts: np.ndarray, populations: np.ndarray) -> Callable[[], object] | None:
    """PHStatsMethods on a frame that is ready."""
    peer, pandas = _installed("PHStatsMethods"), _installed("pandas")
    if peer is None or pandas is None:
        return None
    frame = pandas.DataFrame({"count": counts, "population": populations})
    return partial(peer.ph_rate, frame, "count", "population", metadata=False)


def phstats_dsr(counts: np.ndarray, populations: np.ndarray, *, weights: np.ndarray) -> Callable[[], object] | None:
    """PHStatsMethods on one frame of all areas and bands."""
    peer, pandas = _installed("PHStatsMethods"), _installed("pandas")
    if peer is None or pandas is None:
        return None
    frame = pandas.DataFrame(
        {
            "area": np.repeat(np.arange(len(counts)), counts.shape[1]),
            "count": counts.ravel(),
            "population": populations.ravel(),
            "standard": np.tile(weights, len(counts)),
        }
    )
    return partial(
        peer.ph_dsr,
        frame,
        "count",
        "population",
        ref_denom_col="standard",
        group_cols=["area"],
        euro_standard_pops=False,
        metadata=False,
    )


def abspc_charts(series: np.ndarray, *, target: float) -> Callable[[], object] | None:
    """abspc, one frame a series: its limits, special causes and both verdicts (nhspy-plotthedots is on no index)."""
    peer, pandas = _installed("abspc"), _installed("pandas")
    if peer is None or pandas is None:
        return None
    frames = [pandas.DataFrame({"value": row}) for row in series]

    def charts() -> None:
        for frame in frames:
            labelled = peer.detect_special_causes(peer.calculate_control_limits(frame, "XmR"))
            peer.determine_variation_type(labelled)
            peer.determine_assurance_type(labelled, target)

    return charts
