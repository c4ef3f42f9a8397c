"""Staff in later years, band by band in plain Python."""

from collections.abc import Mapping, Sequence


def staff_after(
    staff: Sequence[float],
    *,
    years: int,
    band_years: Sequence[float],
    retiring: Sequence[float],
    leaving: Sequence[float],
    returning: float,
    joining: Mapping[str, Sequence[float] | float],
) -> list[float]:
    """People of each band after so many years."""
    bands = range(len(staff))
    people, away = list(staff), [0.0] * len(staff)
    for _ in range(years):
        stay, gone = [], []
        for band in bands:
            working = people[band] * (1 - retiring[band])
            gone.append(working * leaving[band])
            stay.append(working - gone[band])
        people, back, away = _older(stay, band_years), away, _older(gone, band_years)
        for band in bands:
            for each in joining.values():
                people[band] += each if isinstance(each, float | int) else each[band]
            people[band] += back[band] * returning
    return people


def _older(people: Sequence[float], band_years: Sequence[float]) -> list[float]:
    older = list(people)
    for band in range(len(people) - 1):
        moved = people[band] / band_years[band]
        older[band] -= moved
        older[band + 1] += moved
    return older
