"""A waterfall, a tornado and a fan from made-up numbers, with any name."""

from placeplan.demand.activity import Attribution
from placeplan.demand.tornado import Swing, Tornado
from placeplan.reports.pictures.fan import Fan, FanBand, fan_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.tornado import tornado_picture
from placeplan.reports.pictures.waterfall import waterfall_picture

PLAIN = "Weald"
GROWTH = Attribution.of(1000.0, {"size": 60.0, "health": -15.0, "coding": 0.0}, total=1048.0)
SWINGS = Tornado(
    1048.0,
    (0.1, 0.9),
    (Swing("growth", (0.0, 0.02), (990.0, 1100.0), 0.8), Swing("health", (0.2, 0.8), (1060.0, 1030.0))),
)
FAN = Fan(
    ("2023", "2024", "2025"),
    (1000.0, 1020.0, 1048.0),
    (
        FanBand(0.9, (1000.0, 1000.0, 990.0), (1000.0, 1050.0, 1100.0)),
        FanBand(0.5, (1000, 1010, 1030), (1000, 1030, 1060)),
    ),
    {"2020": 940.0, "2023": 1000.0},
)


def waterfall(name: str = PLAIN) -> StatisticalPicture:
    """Three changes, one of them nothing."""
    names = {"size": name, "health": f"health {name}"}
    ends = (f"2023 {name}", "2033")
    return waterfall_picture(
        "waterfall", GROWTH, names=names, ends=ends, title=name, subtitle=name, unit="admissions", note=name
    )


def tornado(name: str = PLAIN) -> StatisticalPicture:
    """Two factors, one without a share of the variance."""
    return tornado_picture(
        "tornado", SWINGS, names={"growth": name}, title=name, subtitle=name, unit="admissions", note=name
    )


def fan(name: str = PLAIN) -> StatisticalPicture:
    """Two bands, two years counted."""
    return fan_picture("fan", FAN, title=name, subtitle=name, unit="admissions", note=name)
