"""The same ward by others: in simpy, and as a plain list of events in Python; and a bed table cell by cell."""

import random
from collections import deque
from collections.abc import Generator, Sequence
from heapq import heappop, heappush


def ward_in_simpy(*, beds: int, rate: float, mean_stay: float, patients: int, seed: int) -> float:
    """Mean wait of so many patients who queue, each a process; exponential gaps and stays."""
    import simpy

    chance = random.Random(seed)
    environment = simpy.Environment()
    ward = simpy.Resource(environment, capacity=beds)
    waits: list[float] = []

    def patient() -> Generator[simpy.Event, object, None]:
        came = environment.now
        with ward.request() as bed:
            yield bed
            waits.append(environment.now - came)
            yield environment.timeout(chance.expovariate(1 / mean_stay))

    def door() -> Generator[simpy.Event, object, None]:
        for _ in range(patients):
            yield environment.timeout(chance.expovariate(rate))
            environment.process(patient())

    environment.process(door())
    environment.run()
    return sum(waits) / len(waits)


def ward_of_events(*, beds: int, rate: float, mean_stay: float, patients: int, seed: int) -> float:
    """Mean wait of so many patients who queue, as a list of arrivals and departures in order of time."""
    chance = random.Random(seed)
    events: list[tuple[float, int]] = [(chance.expovariate(rate), 1)]
    waiting: deque[float] = deque()
    free, come, total = beds, 0, 0.0
    while events:
        now, arrival = heappop(events)
        if arrival:
            come += 1
            waiting.append(now)
            if come < patients:
                heappush(events, (now + chance.expovariate(rate), 1))
        else:
            free += 1
        if waiting and free:
            total += now - waiting.popleft()
            free -= 1
            heappush(events, (now + chance.expovariate(1 / mean_stay), 0))
    return total / patients


def beds_cell_by_cell(
    bed_days: Sequence[Sequence[float]], *, days: Sequence[int], occupancy: float, probability: float
) -> list[tuple[float, int]]:
    """Beds at the occupancy and by queueing for every cell, one after another."""
    cells = []
    for row in bed_days:
        for value, length in zip(row, days):
            load = value / length
            blocked, beds = 1.0, 0
            while load > 0 and blocked > probability:
                beds += 1
                blocked = load * blocked / (beds + load * blocked)
            cells.append((load / occupancy, beds))
    return cells
