"""An invented place to site hubs in, where nobody has given a real one. Nobody in it exists."""

from dataclasses import dataclass

import numpy as np

from placeplan.capacity.siting.types import FloatArray, IndexArray

AREAS, SITES, EXISTING, TOWNS = 240, 40, 4, 5
MIDDLE = (51.2, 0.4)
SPREAD_TOWN, SPREAD_PLACE = (0.018, 0.028), (0.16, 0.25)
PEOPLE = (1_200.0, 2_200.0)
RURAL = 0.35
MINUTES_START, MINUTES_PER_KM = 5.0, 1.3


@dataclass(frozen=True, eq=False)
class InventedPlace:
    """Areas with people, place and rank of deprivation (1 most deprived); sites, the first of them existing estate."""

    area_points: tuple[FloatArray, FloatArray]
    people: FloatArray
    ranks: IndexArray
    site_points: tuple[FloatArray, FloatArray]
    existing: int
    start: float = MINUTES_START
    per_km: float = MINUTES_PER_KM


def invented_place(seed: int) -> InventedPlace:
    """Towns with villages around them; deprivation is higher in towns. The same seed gives the same place."""
    generator = np.random.default_rng(seed)
    towns = np.array(MIDDLE) + generator.uniform(-0.7, 0.7, (TOWNS, 2)) * SPREAD_PLACE
    rural = generator.random(AREAS) < RURAL
    urban = towns[generator.integers(0, TOWNS, AREAS)] + generator.normal(0, 1, (AREAS, 2)) * SPREAD_TOWN
    spread = np.array(MIDDLE) + generator.uniform(-1, 1, (AREAS, 2)) * SPREAD_PLACE
    points = np.where(rural[:, np.newaxis], spread, urban)
    scores = generator.normal(0, 1, AREAS) - rural
    ranks = np.empty(AREAS, dtype=np.int64)
    ranks[np.argsort(-scores)] = np.arange(1, AREAS + 1)
    sites = points[generator.choice(AREAS, SITES, replace=False)]
    people = generator.uniform(*PEOPLE, AREAS).round()
    return InventedPlace((points[:, 0], points[:, 1]), people, ranks, (sites[:, 0], sites[:, 1]), EXISTING)
