"""Population the way a spreadsheet does it: rows in dictionaries, one sum at a time."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

Rows = dict[tuple[str, str, int, int], float]
"""People by area, sex, age and year."""


def rows_of(path: Path) -> Rows:
    """A public file of single years, cell by cell."""
    found: Rows = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for heading, cell in row.items():
                if heading.isdigit():
                    found[row["area_code"], row["sex"], int(row["age"]), int(heading)] = float(cell)
    return found


def shares_of(lookup: Path, people: Path, *, group: str) -> dict[str, float]:
    """Share of each district in a group by the people of its small areas."""
    totals: dict[str, float] = {}
    with people.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            totals[row["lsoa11_code"]] = sum(
                float(cell) for heading, cell in row.items() if heading.rstrip("+").isdigit()
            )
    inside: dict[str, float] = {}
    whole: dict[str, float] = {}
    with lookup.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            district = row["ltla21_code"]
            whole[district] = whole.get(district, 0) + totals[row["lsoa11_code"]]
            if row["ccg_ods"] == group:
                inside[district] = inside.get(district, 0) + totals[row["lsoa11_code"]]
    return {district: inside[district] / whole[district] for district in inside}


def people(
    rows: Rows,
    shares: Mapping[str, float],
    *,
    year: int,
    first: int = 0,
    last: int = 200,
    sexes: Iterable[str] = ("f", "m"),
) -> float:
    """People of some ages and sexes in a place in a year."""
    wanted = tuple(sexes)
    total = 0.0
    for (area, sex, age, when), number in rows.items():
        if area in shares and sex in wanted and first <= age <= last and when == year:
            total += shares[area] * number
    return total


def activity(rows: Rows, rates: Mapping[tuple[str, int], float], *, area: str, year: int, oldest: int) -> float:
    """Events of an area in a year: each person times the rate of their sex and age, at most the oldest age."""
    total = 0.0
    for (code, sex, age, when), number in rows.items():
        rate = rates.get((sex, min(age, oldest)))
        if code == area and when == year and rate is not None:
            total += number * rate
    return total


def step(
    women: list[float],
    *,
    survival: list[float],
    fertility: list[float],
    sex_ratio: float,
    migrants: list[float],
    width: int,
) -> tuple[list[float], float]:
    """Women one step later and all births, written out band by band."""
    count = len(women)
    here = [women[age] + migrants[age] / 2 for age in range(count)]
    later = [0.0] * count
    for age in range(1, count):
        came = here[age - 1] if age < count - 1 else here[age - 1] + here[age]
        later[age] = came * survival[age] + migrants[age] / 2
    births = sum(width * fertility[age] * (here[age] + later[age]) / 2 for age in range(1, count))
    later[0] = births / (1 + sex_ratio) * survival[0] + migrants[0] / 2
    return later, births
