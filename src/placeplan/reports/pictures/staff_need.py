"""Staff needed against staff in post, role by role."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import scale_of
from placeplan.reports.pictures.fitting import cut, width_of
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape

ROW, NEEDED_BAR, POST_BAR = 34, 22, 9
LONGEST_NAME = 240
ROOM_FOR_WORDS = 190
NEEDED, VACANT, IN_POST = "#a9cde8", "#6f7b83", "#08306b"
_SCHEMA = {"role": pl.String, "needed": pl.Float64, "in_post": pl.Float64, "vacancies": pl.Float64}


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """A role in whole-time equivalents: needed, in post, and posts that have money and nobody in them."""

    role: str
    needed: float
    in_post: float
    vacancies: float = 0.0


def staff_picture(
    identifier: str,
    roles: Sequence[RoleNeed],
    *,
    title: str,
    subtitle: str,
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """A wide bar for what is needed and a narrow one inside it for staff in post, vacancies behind them, per role."""
    data = pl.DataFrame([asdict(role) for role in roles], schema=_SCHEMA)
    if not roles:
        why = "There is no role to draw."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    key = [KeyMark("Needed", Shape.SWATCH, NEEDED), KeyMark("In post", Shape.SWATCH, IN_POST)]
    if any(role.vacancies for role in roles):
        key.append(KeyMark("Vacant posts", Shape.SWATCH, VACANT))
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(roles),
        says=_says(roles),
        note=note,
        data=data,
        marks=tuple(marks),
        key=tuple(key),
    )


def _says(roles: Sequence[RoleNeed]) -> str:
    needed, in_post = sum(role.needed for role in roles), sum(role.in_post for role in roles)
    total = f"Of {needed:,.1f} whole-time equivalents needed {in_post:,.1f} are in post."
    short = max(roles, key=lambda role: role.needed - role.in_post)
    if short.in_post >= short.needed:
        return f"{total} No role is short."
    return f"{total} The largest gap is {short.role}: {_words(short)}."


def _words(role: RoleNeed) -> str:
    apart = role.in_post - role.needed
    side = "short" if apart < 0 else "spare"
    return f"{role.needed:,.1f} needed, {role.in_post:,.1f} in post, {abs(apart):,.1f} {side}"


def _spec(roles: Sequence[RoleNeed]) -> Mapping[str, Any]:
    ends = [max(role.needed, role.in_post + role.vacancies) for role in roles]
    scale = scale_of(ends, unit="WTE", from_zero=True)
    names = {str(place): cut(role.role, size=style.LABEL_SIZE, width=LONGEST_NAME) for place, role in enumerate(roles)}
    wide = max(width_of(name, size=style.LABEL_SIZE) for name in names.values())
    plot = style.PLOT_WIDTH - wide - 20
    high = max(scale.high, max(ends) * plot / (plot - ROOM_FOR_WORDS))
    down = {
        "field": "place",
        "type": "ordinal",
        "sort": None,
        "axis": {
            "title": None, "labelExpr": style.labels_from(names), "labelLimit": 2 * LONGEST_NAME, "labelPadding": 8,
            "ticks": False, "domain": False,
        },
    }  # fmt: skip
    across = {
        "type": "quantitative",
        "scale": {**scale.domain, "domain": [0, high]},
        "axis": {**scale.axis("Whole-time equivalents"), "orient": "bottom"},
    }
    rows = [
        {
            "place": place,
            "needed": role.needed,
            "post": role.in_post,
            "posts": role.in_post + role.vacancies,
            "end": end,
            "words": _words(role),
        }
        for place, (role, end) in enumerate(zip(roles, ends))
    ]
    layers = [
        _bar("needed", across, down=down, colour=NEEDED, height=NEEDED_BAR),
        _bar("posts", across, down=down, colour=VACANT, height=POST_BAR),
        _bar("post", across, down=down, colour=IN_POST, height=POST_BAR),
        {
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
            "encoding": {"x": {"field": "end", **across}, "y": down, "text": {"field": "words"}},
        },
    ]
    return style.specification(*layers, height=len(roles) * ROW + 60, data={"values": rows})


def _bar(
    field: str, across: Mapping[str, Any], *, down: Mapping[str, Any], colour: str, height: int
) -> Mapping[str, Any]:
    return {
        "mark": {"type": "bar", "color": colour, "height": height},
        "encoding": {"x": {"field": field, **across}, "x2": {"datum": 0}, "y": down},
    }
