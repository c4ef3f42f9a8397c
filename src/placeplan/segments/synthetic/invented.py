"""A place that does not exist: areas, practices and clusters with invented names, for use without a data folder."""

import numpy as np

from placeplan.segments.synthetic.arrays import Floats, Ints, numbers
from placeplan.segments.synthetic.models import Lives
from placeplan.segments.synthetic.places import TENTHS, Areas, Practices, SyntheticPlace, attendance

AGES = 91
PEOPLE_OF_AN_AREA = 1_600
AREAS_OF_A_CLUSTER = 30
PRACTICES_OF_A_CLUSTER = 6
# Kilometres across which the areas of a cluster lie, and between the middles of two clusters.
ACROSS, APART = 2.5, 9.0
_FIRST = ("Ash", "Elm", "Oak", "Beech", "Rowan", "Hazel", "Alder", "Willow", "Maple", "Thorn", "Fern", "Heron")
_LAST = ("bridge", "combe", "field", "ford", "ham", "hurst", "ley", "mere", "stead", "ton", "well", "wick")
NUMBER_OF_GEOGRAPHY = 1_000_003


def invented_place(place: tuple[str, str], *, people: int, seed: int, lives: Lives) -> SyntheticPlace:
    """A place with about so many people, the same for the same seed.

    Args:
        place: identifier and title of the place that it stands in for.
        people: how many live in it.
        seed: of the whole run.
        lives: the model that has ages and sexes.
    """
    draw = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(NUMBER_OF_GEOGRAPHY,)))
    clusters = max(2, round(people / PEOPLE_OF_AN_AREA / AREAS_OF_A_CLUSTER))
    names = tuple(_name(number) for number in range(clusters))
    areas, middles = _areas(draw, names, people=people, lives=lives)
    practices = Practices(
        codes=tuple(f"SYN-P{number:05d}" for number in range(clusters * PRACTICES_OF_A_CLUSTER)),
        clusters=tuple(name for name in names for _ in range(PRACTICES_OF_A_CLUSTER)),
        lists=draw.lognormal(np.log(9_000), 0.45, clusters * PRACTICES_OF_A_CLUSTER),
    )
    candidates, kilometres = _near(draw, middles, clusters=clusters)
    return SyntheticPlace(
        id=place[0],
        title=f"{place[1]} (invented areas)",
        real=False,
        source="areas, practices and names are invented",
        areas=areas,
        practices=practices,
        attendance=attendance(areas, practices, candidates=candidates, kilometres=kilometres),
    )


def share_female(lives: Lives) -> Floats:
    """The share of women by age, the same in every tenth of deprivation."""
    shares = np.interp(np.arange(AGES), lives.ages, numbers(lives.share_female)) / 100
    return np.tile(shares, (TENTHS, 1))


def _name(number: int) -> str:
    turn, place = divmod(number, len(_FIRST) * len(_LAST))
    name = _FIRST[place % len(_FIRST)] + _LAST[(place * 7 + place // len(_FIRST)) % len(_LAST)]
    return f"{name} {turn + 1} (synthetic)" if turn else f"{name} (synthetic)"


def _areas(draw: np.random.Generator, names: tuple[str, ...], *, people: int, lives: Lives) -> tuple[Areas, Floats]:
    """Areas in clusters, each cluster rather rich or rather poor, and where they lie in their cluster."""
    count = len(names) * AREAS_OF_A_CLUSTER
    wealth = np.repeat(draw.normal(0, 0.7, len(names)), AREAS_OF_A_CLUSTER) + draw.normal(0, 0.8, count)
    rank = np.argsort(np.argsort(wealth))
    weight = np.interp(np.arange(AGES), lives.ages, numbers(lives.population))
    weight[-1] *= float(lives.beyond_ninety)
    tilt = np.exp(np.clip(draw.normal(0, 0.25, count), -0.7, 0.7)[:, None] * (np.arange(AGES) - 40) / 40)
    sizes = draw.lognormal(0, 0.15, count)
    shape = weight[None, :] * tilt
    shape *= (sizes / shape.sum(axis=1))[:, None]
    areas = Areas(
        codes=tuple(f"SYN-A{number:06d}" for number in range(count)),
        within=tuple(name for name in names for _ in range(AREAS_OF_A_CLUSTER)),
        deciles=(rank * TENTHS // count + 1).astype(np.int64),
        people=shape * (people / shape.sum()),
        share_female=share_female(lives),
    )
    return areas, draw.uniform(-ACROSS, ACROSS, (count, 2))


def _near(draw: np.random.Generator, middles: Floats, *, clusters: int) -> tuple[Ints, Floats]:
    """The practices of the own cluster and of the next one, which lies to the east."""
    sites = draw.uniform(-ACROSS, ACROSS, (clusters, PRACTICES_OF_A_CLUSTER, 2))
    own = np.repeat(np.arange(clusters), AREAS_OF_A_CLUSTER)
    other = (own + 1) % clusters
    shift = np.array([APART, 0.0])
    far = np.concatenate([sites[own], sites[other] + shift], axis=1) - middles[:, None, :]
    numbered = np.arange(PRACTICES_OF_A_CLUSTER)
    candidates = [one[:, None] * PRACTICES_OF_A_CLUSTER + numbered[None, :] for one in (own, other)]
    return np.concatenate(candidates, axis=1), np.hypot(far[..., 0], far[..., 1])
