"""A pyramid from made-up numbers, with any name of a place."""

from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.pyramid import PyramidYear, pyramid_picture


def pyramid(name: str = "Weald") -> StatisticalPicture:
    """Four bands, two years, one of them shrinking."""
    return pyramid_picture(
        f"pyramid {name}",
        bands=("0-19", "20-39", "40-59", "60+"),
        now=PyramidYear("2017", men=(900, 1100, 1000, 600), women=(850, 1050, 1020, 800)),
        then=PyramidYear(f"2035 {name}", men=(800, 1000, 1080, 900), women=(760, 960, 1050, 1150)),
        title=f"People of {name}",
        note=name,
        marks=("Synthetic",),
    )
