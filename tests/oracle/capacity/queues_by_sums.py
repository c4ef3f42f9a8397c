"""Erlang's formulas as they are printed: sums of powers over factorials, in exact fractions."""

from fractions import Fraction
from math import factorial


def blocking(servers: int, load: Fraction) -> Fraction:
    """Erlang-B: the last term of the sum over all of it."""
    terms = [load**number / factorial(number) for number in range(servers + 1)]
    return terms[-1] / sum(terms)


def waiting(servers: int, load: Fraction) -> Fraction:
    """Erlang-C: the term of those who wait over that and the sum of all others."""
    below = sum(load**number / factorial(number) for number in range(servers))
    those_who_wait = load**servers / factorial(servers) * servers / (servers - load)
    return those_who_wait / (below + those_who_wait)


def fewest(load: Fraction, probability: Fraction, *, queued: bool) -> int:
    """The first number of servers that is enough, one after another."""
    if load == 0:
        return 0
    servers = 0
    while True:
        servers += 1
        if queued and load >= servers:
            continue
        if (waiting if queued else blocking)(servers, load) <= probability:
            return servers
