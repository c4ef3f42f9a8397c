"""Draws of every uncertain factor, each from a stream of its own.

A stream is named by the seed and the identifier of its factor, and by nothing else. So scenarios that share a factor
share its draws (common random numbers), a new factor changes no other's, and neither the order of factors nor the size
of blocks matters. Of plain draws, a longer run begins with the shorter one.

Sources: Owen, Monte Carlo theory, methods and examples, 2013, section 8.6 (common random numbers); McKay, Beckman and
Conover, Technometrics 1979;21:239 (Latin hypercube).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from placeplan.demand.activity import FloatArray
from placeplan.demand.distributions import Distribution
from placeplan.demand.errors import DemandError, refuse

USUAL_RUNS = 256
STEPS = 2**52
LESS_THAN_ONE = 1 - 2.0**-53


def stream(seed: int, identifier: str) -> np.random.Generator:
    """The generator of one factor.

    Raises:
        DemandError: the seed is below 0 or no whole number, or the identifier is blank.
    """
    if isinstance(seed, bool) or seed != int(seed) or seed < 0:
        raise DemandError([f"seed: {seed!r}; expected a whole number of 0 or more"])
    if not identifier.strip():
        raise DemandError(["a factor without an identifier has no stream; give it one"])
    words = np.frombuffer(sha256(identifier.encode()).digest(), dtype="<u4")
    return np.random.default_rng(np.random.SeedSequence([int(seed), *map(int, words)]))


def uniforms(seed: int, identifier: str, *, runs: int, latin: bool = False) -> FloatArray:
    """Shares above 0 and below 1 of one factor, one for each run.

    Args:
        seed: of the plan.
        identifier: of the factor.
        runs: how many.
        latin: spread over ``runs`` strips of one width, one draw in each, in an order of the factor's own (Latin
            hypercube). The mean is then surer, but a longer run does not begin with a shorter one.

    Raises:
        DemandError: see ``stream``; or the number of runs is below 1.
    """
    if runs < 1:
        raise DemandError([f"runs: {runs}; expected 1 or more"])
    generator = stream(seed, identifier)
    drawn = (generator.integers(0, STEPS, runs) + 0.5) / STEPS
    if not latin:
        return drawn
    return np.minimum((generator.permutation(runs) + drawn) / runs, LESS_THAN_ONE)


@dataclass(frozen=True, eq=False)
class Draws:
    """Values of every factor in every run.

    Attributes:
        seed: what they can be made again from, with the identifiers and distributions.
        runs: how many.
        latin: whether each factor was spread evenly.
        values: by identifier, one value for each run; read-only.
    """

    seed: int
    runs: int
    latin: bool
    values: Mapping[str, FloatArray] = field(repr=False)

    def __getitem__(self, identifier: str) -> FloatArray:
        if identifier not in self.values:
            raise DemandError([f"the factor '{identifier}' was not drawn; drawn were: {', '.join(self.values)}"])
        return self.values[identifier]

    def only(self, identifiers: Iterable[str]) -> "Draws":
        """The same draws of some factors.

        Raises:
            DemandError: one was not drawn.
        """
        return Draws(self.seed, self.runs, self.latin, {name: self[name] for name in identifiers})

    def blocks(self, size: int) -> Iterator[Mapping[str, FloatArray]]:
        """The runs in order, at most ``size`` at a time.

        Raises:
            DemandError: the size is below 1.
        """
        refuse([f"block: {size}; expected 1 run or more"] if size < 1 else [])
        for start in range(0, self.runs, size):
            yield {name: values[start : start + size] for name, values in self.values.items()}


def draw(factors: Mapping[str, Distribution], *, seed: int, runs: int = USUAL_RUNS, latin: bool = False) -> Draws:
    """Draw every factor for every run.

    Raises:
        DemandError: see ``uniforms``.
    """
    values = {}
    for identifier, distribution in factors.items():
        found = distribution.quantile(uniforms(seed, identifier, runs=runs, latin=latin))
        found.flags.writeable = False
        values[identifier] = found
    return Draws(seed, runs, latin, values)
