"""A forecast by hand: one person-count at a time, in fractions, in the order that the page gives."""

from collections.abc import Sequence
from fractions import Fraction

Row = Sequence[Fraction]


def slow_forecast(
    initial: Row,
    transitions: Sequence[Row],
    *,
    births: Row,
    net_migration: Row,
    deaths: Row,
    years: int,
) -> list[list[Fraction]]:
    """The population of each year; the same flows every year. Ends where more people leave than are there."""
    every = range(len(initial))
    answer = [list(initial)]
    for _ in range(years):
        people = [answer[-1][state] - deaths[state] for state in every]
        after = [Fraction(0) for _ in every]
        for from_state in every:
            for to_state in every:
                after[to_state] += people[from_state] * transitions[from_state][to_state]
        after = [after[state] + births[state] + net_migration[state] for state in every]
        if min(people) < 0 or min(after) < 0:
            return answer
        answer.append(after)
    return answer
