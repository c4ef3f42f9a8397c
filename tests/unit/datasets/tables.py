"""A small data set of every kind of column, and files made of it."""

from pathlib import Path

from placeplan.datasets.types import Column, Dataset, Kind, Publication


def dataset(*columns: Column, grain: tuple[str, ...] = (), suppressed: tuple[str, ...] = ()) -> Dataset:
    return Dataset(
        id="small",
        title="A small file",
        about="For tests.",
        group="tests",
        publisher="Nobody",
        publication=Publication(title="None"),
        licence="ogl-3",
        files=("tests/small_*.csv",),
        grain=grain,
        unlocks="Nothing.",
        suppressed=suppressed,
        columns=columns,
    )


def column(name: str, kind: Kind = Kind.TEXT, *, whole: bool = False, dates: str | None = None) -> Column:
    return Column(name=name, kind=kind, words="A column.", whole=whole, dates=dates)


def written(folder: Path, text: str, *, name: str = "small.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path
