"""A ward in simpy: each patient a process that asks for a bed."""

import math
from collections.abc import Iterator, Sequence

import simpy


def admissions(beds: int, came: Sequence[float], *, stays: Sequence[float], queue: bool) -> list[float]:
    """When each patient gets a bed; NaN for those who are turned away."""
    environment = simpy.Environment()
    ward = simpy.Resource(environment, capacity=beds)
    began = [math.nan] * len(came)

    def patient(number: int) -> Iterator[simpy.Event]:
        yield environment.timeout(came[number])
        if not queue and ward.count == beds:
            return
        with ward.request() as bed:
            yield bed
            began[number] = environment.now
            yield environment.timeout(stays[number])

    for number in range(len(came)):
        environment.process(patient(number))
    environment.run()
    return began
