"""The issues of an area as rows: each measure with its value, and how it stands to England and to its peers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.indicators.variation.issue_summary import AreaIssues, Issue
from placeplan.indicators.variation.variation_levels import Standing
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import how_many, is_per_cent, printed
from placeplan.reports.pictures.fitting import wrapped
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import Verdict

MOST_ROWS = 40
ROW, HEAD = 40, 26
LINE_OF_WORDS = 16
OWN, ENGLAND, PEERS = 360, 500, 620
AFTER_MARK = 12
NAME_ROOM, TITLE_ROOM = 350, 330
_RULE = {"type": "rule", "color": style.RULE}
VERDICTS = {
    Standing.WORSE: Verdict.CONCERN,
    Standing.SIMILAR: Verdict.COMMON,
    Standing.BETTER: Verdict.IMPROVEMENT,
    Standing.UNKNOWN: Verdict.UNKNOWN,
}
KEY_WORDS = {
    Standing.WORSE: "Worse",
    Standing.SIMILAR: "Like it",
    Standing.BETTER: "Better",
    Standing.UNKNOWN: "Not compared",
}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What has been drawn so far: words, small words, marks, and the lines between rows."""

    words: list[dict[str, Any]]
    small: list[dict[str, Any]]
    points: list[dict[str, Any]]
    lines: list[dict[str, Any]]


def issue_table_picture(
    identifier: str, issues: AreaIssues, *, title: str, marks: Sequence[str] = (), note: str = ""
) -> StatisticalPicture:
    """The measures of an area, gravest first, with the numbers behind each; of very many the gravest are drawn."""
    data = issue_rows(issues)
    shown = issues.issues[:MOST_ROWS]
    if not shown:
        return message_picture(
            identifier, title=title, subtitle="", why="There is no measure to compare.", data=data, note=note
        )
    left_out = len(issues.issues) - len(shown)
    rest = f"{left_out:,} less grave {'stands' if left_out == 1 else 'stand'} in the table." if left_out else ""
    found = [standing for standing in Standing if any(standing in (one.to_england, one.to_peers) for one in shown)]
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=f"{how_many(len(issues.issues), 'measure')}, gravest first; intervals in brackets.",
        spec=_spec(shown),
        says=_says(issues),
        note=" ".join(filter(None, (rest, *issues.caveats, note))),
        data=data,
        marks=tuple(marks),
        key=tuple(style.key_mark(VERDICTS[standing], KEY_WORDS[standing]) for standing in found),
    )


def issue_rows(issues: AreaIssues) -> pl.DataFrame:
    """The issues as a table, gravest first, one row a measure."""
    rows = [
        {
            "measure": one.measure.id,
            "title": one.measure.title,
            "period": one.period,
            "phrase": one.phrase,
            "gravity": one.gravity,
            "value": one.value,
            "lower": one.lower,
            "upper": one.upper,
            "england": one.england,
            "to_england": one.to_england.value,
            "peers": one.peers,
            "peers_used": one.peers_used,
            "to_peers": one.to_peers.value,
            "unit": one.measure.unit,
            "note": one.note,
        }
        for one in issues.issues
    ]
    numbers = dict.fromkeys(("value", "lower", "upper", "england", "peers"), pl.Float64)
    return pl.DataFrame(rows, schema_overrides=numbers, infer_schema_length=None)


def _says(issues: AreaIssues) -> str:
    grave = issues.grave
    if not grave:
        return f"{issues.area_name} is worse than England or its peers on none of {len(issues.issues)} measures."
    first = "; ".join(f"{one.measure.title}: {one.phrase}" for one in grave[:3])
    more = f"; {len(grave) - 3:,} more" if len(grave) > 3 else ""
    return (
        f"{issues.area_name} is worse than England or its peers on {len(grave)} of {len(issues.issues)} measures. "
        f"Gravest: {first}{more}."
    )


def _spec(shown: Sequence[Issue]) -> Mapping[str, Any]:
    drawn = _Drawn(list(_heads()), [], [], [])
    top = HEAD
    for one in shown:
        drawn.lines.append({"x": 0, "x2": style.PLOT_WIDTH, "y": top})
        top += _draw_row(one, drawn, top=top)
    layers = (
        {"data": {"values": drawn.lines}, "mark": _RULE, "encoding": _at("x", "y", "x2")},
        {"data": {"values": drawn.words}, "mark": _text(style.LABEL_SIZE, style.INK), "encoding": _words()},
        {"data": {"values": drawn.small}, "mark": _text(style.NOTE_SIZE, style.SOFT_INK), "encoding": _words()},
        {"data": {"values": drawn.points}, "mark": style.POINTS, "encoding": {**_at("x", "y"), **style.AS_GIVEN}},
    )
    return style.specification(*layers, height=top)


def _draw_row(one: Issue, drawn: _Drawn, *, top: int) -> int:
    """Draw a row below ``top`` and say how high it is; a long title takes several lines."""
    unit, middle = one.measure.unit, top + LINE_OF_WORDS - 2
    titles = wrapped(one.measure.title, size=style.LABEL_SIZE, width=TITLE_ROOM)
    for number, words in enumerate(titles):
        drawn.words.append({"x": 0, "y": middle + number * LINE_OF_WORDS, "words": words})
    told = "; ".join((one.phrase, one.period, *(() if is_per_cent(unit) else (unit,))))
    below = middle + len(titles) * LINE_OF_WORDS
    drawn.small.append({"x": 0, "y": below, "words": told})
    drawn.words.append({"x": OWN, "y": middle, "words": _short(one.value, unit)})
    if one.lower is not None and one.upper is not None:
        interval = f"({_short(one.lower, unit)} to {_short(one.upper, unit)})"
        drawn.small.append({"x": OWN, "y": middle + LINE_OF_WORDS, "words": interval})
    for at, held, standing in ((ENGLAND, one.england, one.to_england), (PEERS, one.peers, one.to_peers)):
        drawn.points.append({"x": at, "y": middle, **style.looks(VERDICTS[standing])})
        drawn.words.append({"x": at + AFTER_MARK, "y": middle, "words": _short(held, unit)})
    return ROW + (len(titles) - 1) * LINE_OF_WORDS


def _heads() -> Sequence[dict[str, Any]]:
    heads = ((0, "Measure"), (OWN, "Value"), (ENGLAND + AFTER_MARK, "England"), (PEERS + AFTER_MARK, "Mean of peers"))
    return [{"x": at, "y": HEAD / 2, "words": words} for at, words in heads]


def _short(number: float | None, unit: str) -> str:
    """Per cents with their sign; other units are too long to stand beside each number."""
    return printed(number, unit if is_per_cent(unit) else "")


def _at(*channels: str) -> dict[str, Any]:
    """Places in points."""
    return {name: {"field": name, "type": "quantitative", "scale": None, "axis": None} for name in channels}


def _words() -> dict[str, Any]:
    return {**_at("x", "y"), "text": {"field": "words"}}


def _text(size: int, colour: str) -> dict[str, Any]:
    return {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "fontSize": size,
        "color": colour,
        "limit": NAME_ROOM,
    }
