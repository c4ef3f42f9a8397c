"""Queues for beds, rooms and staff: how often nothing is free, how long people wait, and how many are enough.

Demand is an **offered load** in erlangs: arrivals per day times mean stay in days, which is the number of beds that
would be occupied on average if there were always one free. Two ways to meet a full ward bracket what hospitals do:
patients are **turned away** (Erlang-B: sent elsewhere), or they **queue** (Erlang-C: wait for a bed). Arrivals are
Poisson in both. Erlang-B holds for any distribution of stay; Erlang-C for an exponential one.

Source: Erlang, Solution of some problems in the theory of probabilities of significance in automatic telephone
exchanges, 1917; Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, fourth edition, 2008, chapter 2.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from placeplan.capacity.arrays import (
    BoolArray,
    FloatArray,
    WholeArray,
    amounts,
    positive,
    probabilities,
    refuse_where,
    stretched,
    whole_numbers,
)

MOST_SERVERS = 1_000_000
SMALLEST_DIVISOR = 1e-200


def erlang_b(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> FloatArray:
    """Probability that an arrival finds every server busy and is turned away (M/G/c/c).

    Args:
        servers: beds, whole numbers from 0; any shape that fits that of the load.
        offered_load: erlangs, 0 or more.

    Returns:
        Probabilities in the common shape. With no servers everybody is turned away.

    Raises:
        CapacityInputError: a number of servers is not whole or negative, or a load is negative or not finite.

    The recursion ``B(c) = a B(c-1) / (c + a B(c-1))`` from ``B(0) = 1`` adds positive numbers only, so that it neither
    overflows nor cancels for any number of servers.
    """
    count, load = _servers_and_load(servers, offered_load, least=0)
    blocked = np.ones(load.shape)
    result = np.where(count == 0, 1.0, 0.0)
    for each in range(1, int(count.max(initial=0)) + 1):
        blocked = _next_blocking(blocked, load=load, servers=each)
        np.copyto(result, blocked, where=count == each)
    return result


def erlang_c(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> FloatArray:
    """Probability that an arrival finds every server busy and has to wait (M/M/c).

    Args:
        servers: beds, whole numbers from 1.
        offered_load: erlangs, below the number of servers.

    Returns:
        Probabilities in the common shape.

    Raises:
        CapacityInputError: as ``erlang_b``, or the load is as high as the number of servers: then the queue grows
            without end, and no probability is true.
    """
    count, load = _stable(servers, offered_load)
    return _waiting(erlang_b(count, load), servers=count, load=load)


def mean_wait(servers: npt.ArrayLike, offered_load: npt.ArrayLike, *, mean_stay: npt.ArrayLike) -> FloatArray:
    """Mean wait of everybody who arrives (M/M/c), those who do not wait included, in the unit of ``mean_stay``.

    Raises:
        CapacityInputError: as ``erlang_c``, or a mean stay is not above 0.
    """
    count, load = _stable(servers, offered_load)
    stay = positive("mean_stay", mean_stay)
    return np.asarray(erlang_c(count, load) * stay / (count - load))


def wait_longer_than(
    servers: npt.ArrayLike, offered_load: npt.ArrayLike, *, wait: npt.ArrayLike, mean_stay: npt.ArrayLike
) -> FloatArray:
    """Probability that an arrival waits longer than ``wait`` (M/M/c, first come first served).

    Raises:
        CapacityInputError: as ``mean_wait``, or a wait is negative.
    """
    count, load = _stable(servers, offered_load)
    apart = amounts("wait", wait) / positive("mean_stay", mean_stay)
    return np.asarray(erlang_c(count, load) * np.exp(-(count - load) * apart))


def utilisation_with_blocking(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> FloatArray:
    """Share of servers that are busy on average where arrivals that find none free are turned away.

    Raises:
        CapacityInputError: as ``erlang_b``, or there are no servers.
    """
    count, load = _servers_and_load(servers, offered_load, least=1)
    return np.asarray(load * (1 - erlang_b(count, load)) / count)


def utilisation_with_queue(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> FloatArray:
    """Share of servers that are busy on average where arrivals wait: the load over the number of servers.

    Raises:
        CapacityInputError: as ``erlang_c``.
    """
    count, load = _stable(servers, offered_load)
    return np.asarray(load / count)


def beds_for_blocking(offered_load: npt.ArrayLike, *, probability: npt.ArrayLike) -> WholeArray:
    """Fewest beds with which an arrival is turned away with at most this probability (Erlang-B).

    Args:
        offered_load: erlangs, 0 or more.
        probability: between 0 and 1, such as 0.02 for one arrival in fifty.

    Returns:
        Whole numbers in the common shape; 0 where there is no load.

    Raises:
        CapacityInputError: a load is negative or not finite, or a probability is not between 0 and 1.
    """
    load, target = _load_and_target(offered_load, probability)
    return _fewest(load, target, queued=False)


def beds_for_waiting(offered_load: npt.ArrayLike, *, probability: npt.ArrayLike) -> WholeArray:
    """Fewest beds with which an arrival has to wait with at most this probability (Erlang-C).

    Raises:
        CapacityInputError: as ``beds_for_blocking``.
    """
    load, target = _load_and_target(offered_load, probability)
    return _fewest(load, target, queued=True)


def occupancy_quantile(offered_load: npt.ArrayLike, *, probability: npt.ArrayLike) -> WholeArray:
    """Fewest beds that are enough for everybody at once with at least this probability, if nobody is ever refused.

    The number of people in an unlimited ward with Poisson arrivals is Poisson with the load as its mean, whatever the
    distribution of stay (M/G/infinity).

    Raises:
        CapacityInputError: as ``beds_for_blocking``.

    Source: Gross and others, 2008, section 2.5.
    """
    load, target = _load_and_target(offered_load, probability)
    point = special.ndtri(target)
    beds = np.maximum(np.floor(load + point * np.sqrt(load) + (point**2 - 1) / 6), 0.0) * (load > 0)
    # The expansion of Cornish and Fisher comes within a bed or two; the probabilities themselves settle the rest.
    while (short := special.pdtr(beds, load) < target).any():
        beds = beds + short
    while (over := (beds > 0) & (special.pdtr(np.maximum(beds - 1, 0), load) >= target)).any():
        beds = beds - over
    return np.asarray(beds.astype(np.int64))


def occupancy_quantile_normal(offered_load: npt.ArrayLike, *, probability: npt.ArrayLike) -> FloatArray:
    """The same by the normal approximation ``a + z sqrt(a)``: a cross-check, within a bed or two where beds are many.

    Raises:
        CapacityInputError: as ``beds_for_blocking``.
    """
    load, target = _load_and_target(offered_load, probability)
    return np.asarray(np.maximum(load + special.ndtri(target) * np.sqrt(load), 0.0))


def _fewest(load: FloatArray, target: FloatArray, *, queued: bool) -> WholeArray:
    """The smallest number of servers whose probability is at most the target, for all loads at once."""
    # No ward can be smaller than this: what is let in has to fit, and a queue has to be stable.
    below = np.floor(load) if queued else np.maximum(np.ceil(load * (1 - target)) - 1, 0.0)
    servers, blocked = _starting(below, load)
    open_still = load > 0
    while open_still.any():
        servers = servers + open_still
        refuse_where(servers > MOST_SERVERS, f"offered_load: more than {MOST_SERVERS:,} beds would be needed")
        blocked = np.where(open_still, _next_blocking(blocked, load=load, servers=servers), blocked)
        open_still = open_still & ~_enough(blocked, target, servers=servers, load=load, queued=queued)
    return np.asarray(servers.astype(np.int64))


def _starting(servers: FloatArray, load: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Servers from which the recursion can go on, and Erlang-B there: Poisson probability over cumulative probability.

    Where the cumulative probability is too small to divide by, the recursion starts from no servers.
    """
    cumulative = special.pdtr(servers, load)
    fit = cumulative > SMALLEST_DIVISOR
    count = np.where(fit & (load > 0), servers, 0.0)
    logarithm = special.xlogy(count, load) - load - special.gammaln(count + 1)
    return count, np.where(count > 0, np.exp(logarithm) / np.where(fit, cumulative, 1.0), 1.0)


def _enough(
    blocked: FloatArray, target: FloatArray, *, servers: FloatArray, load: FloatArray, queued: bool
) -> BoolArray:
    if not queued:
        return np.asarray(blocked <= target)
    stable = load < servers
    waiting = _waiting(blocked, servers=servers, load=np.where(stable, load, 0.0))
    return np.asarray(stable & (waiting <= target))


def _next_blocking(blocked: FloatArray, *, load: FloatArray, servers: FloatArray | int) -> FloatArray:
    """Erlang-B with one server more."""
    passed_on = load * blocked
    return np.asarray(passed_on / np.maximum(servers + passed_on, SMALLEST_DIVISOR))


def _waiting(blocked: FloatArray, *, servers: FloatArray | WholeArray, load: FloatArray) -> FloatArray:
    """Erlang-C from Erlang-B of the same ward."""
    return np.asarray(servers * blocked / np.maximum(servers - load * (1 - blocked), SMALLEST_DIVISOR))


def _servers_and_load(
    servers: npt.ArrayLike, offered_load: npt.ArrayLike, *, least: int
) -> tuple[WholeArray, FloatArray]:
    count = whole_numbers("servers", servers, least=least)
    refuse_where(count > MOST_SERVERS, f"servers: more than {MOST_SERVERS:,}")
    count, load = stretched(servers=count, offered_load=amounts("offered_load", offered_load))
    return count, load


def _stable(servers: npt.ArrayLike, offered_load: npt.ArrayLike) -> tuple[WholeArray, FloatArray]:
    count, load = _servers_and_load(servers, offered_load, least=1)
    words = "the queue is unstable: the load is as high as the number of servers, and it grows without end; add servers"
    refuse_where(load >= count, f"offered_load: {words}")
    return count, load


def _load_and_target(offered_load: npt.ArrayLike, probability: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    load = amounts("offered_load", offered_load)
    refuse_where(load > MOST_SERVERS, f"offered_load: more than {MOST_SERVERS:,} erlangs")
    load, target = stretched(offered_load=load, probability=probabilities("probability", probability))
    return load, target
