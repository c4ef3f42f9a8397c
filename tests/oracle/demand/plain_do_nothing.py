"""Do nothing the slow and obvious way: nested loops over plain lists, as a spreadsheet would have it."""

from collections.abc import Sequence

Table = list[list[list[list[float]]]]


def path_of(baseline: Sequence, tables: Sequence[Table], *, years: int) -> Table:
    """Activity[point][segment][area][year]: the base year times every factor."""
    return [
        [
            [
                [_product(cell, [table[p][s][a][y] for table in tables]) for y in range(years)]
                for a, cell in enumerate(areas)
            ]
            for s, areas in enumerate(segments)
        ]
        for p, segments in enumerate(baseline)
    ]


def _product(cell: float, factors: Sequence[float]) -> float:
    for factor in factors:
        cell *= factor
    return cell


def growth_of_population(people: Sequence, rates: Sequence) -> tuple[list, list, list]:
    """Activity[point][area][year] by people[area][sex][age][year] and rates[point][area][sex][age]; size; structure."""
    areas, years = range(len(people)), range(len(people[0][0][0]))
    activity, structure = [], []
    size = [[_persons(people[a], y) / _persons(people[a], 0) for y in years] for a in areas]
    for each in rates:
        called = [[_called_for(people[a], each[a], y) for y in years] for a in areas]
        activity.append(called)
        structure.append([[called[a][y] / called[a][0] / size[a][y] for y in years] for a in areas])
    return activity, size, structure


def _persons(people: Sequence, year: int) -> float:
    return sum(age[year] for sex in people for age in sex)


def _called_for(people: Sequence, rates: Sequence, year: int) -> float:
    total = 0.0
    for sex, ages in enumerate(people):
        for age, by_year in enumerate(ages):
            total += by_year[year] * rates[sex][age]
    return total
